import type { Arns } from '../../aws/arns.ts'

/** 64 hexadecimal digits, as log entries and addresses name a certificate. */
export const isCertificateId = (principalId: string): boolean => /^[0-9a-f]{64}$/i.test(principalId)

/** What AWS IoT attaches policies and things to: a certificate's ARN, or the id of a Cognito identity as it is. */
export const principalTarget = (arns: Pick<Arns, 'certificate'>, principalId: string): string =>
  isCertificateId(principalId) ? arns.certificate(principalId.toLowerCase()) : principalId
