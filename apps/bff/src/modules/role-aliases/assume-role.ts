/** What a device's policy has to allow on the alias (AWS IoT developer guide, "Authorizing direct calls to AWS services"). */
export const ASSUME_ROLE = 'iot:AssumeRoleWithCertificate'
