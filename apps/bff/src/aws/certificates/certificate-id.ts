/** Of `arn:…:cert/ID`; undefined for a principal that is no certificate, such as an identity of Cognito. */
export const certificateIdOf = (principal: string): string | undefined => /:cert\/([0-9a-f]{64})$/.exec(principal)?.[1]
