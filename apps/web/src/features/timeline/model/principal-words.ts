import { isCertificateId } from '../../../shared/certificate/certificate-id.ts'

/** A certificate's id is 64 hexadecimal digits, of which people compare the first. */
const SHOWN_DIGITS = 12

/** `certificate 5f2c91ab03d4…`; of a Cognito identity or a role session the whole: `AROA…:CognitoIdentityCredentials`. */
export function principalInWords(principalId: string | undefined): string {
  if (principalId === undefined) return 'a principal that the log does not name'
  if (isCertificateId(principalId)) return `certificate ${principalId.slice(0, SHOWN_DIGITS)}…`
  return `principal ${principalId}`
}
