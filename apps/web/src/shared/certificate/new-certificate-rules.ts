import { ThingName } from '@thingdeck/contract'
import { limitsOf } from '../form/text-limits.ts'

/** A text of one or more PEM blocks of this kind (RFC 7468). */
function pemRule(ways: readonly string[], kind: RegExp, what: string, isRequired = true) {
  return (text: string, { way }: { readonly way: string }): string | undefined => {
    if (!ways.includes(way)) return undefined
    if (text.trim() === '') return isRequired ? 'This cannot be empty.' : undefined
    if (/PRIVATE KEY-----/.test(text)) return 'This is a private key. It stays where it is: nobody here needs it.'
    const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1]
    if (label === undefined) return `This is no PEM: it has no line -----BEGIN …-----. What is wanted is ${what}.`
    return kind.test(label) ? undefined : `This is PEM of a ${label.toLowerCase()}. What is wanted is ${what}.`
  }
}

/** A name in a certificate is at most so long (RFC 5280, ub-common-name). */
const MOST_OF_A_NAME = 64

export const LIMITS = {
  thingName: { ...limitsOf(ThingName, 'letters, digits and : _ -'), isRequired: false, minLength: 0 },
} as const

export const RULES = {
  commonName: (name: string, { way }: { readonly way: string }) => {
    if (way !== 'browser') return undefined
    if (name.trim() === '') return 'This cannot be empty.'
    if ([...name].length > MOST_OF_A_NAME) return `At most ${MOST_OF_A_NAME} characters.`
    return /^[A-Za-z0-9 ._:@/()'+,-]+$/.test(name)
      ? undefined
      : "Only letters, digits, spaces and . _ : @ / ( ) ' + , -"
  },
  requestPem: pemRule(['csr'], /^(NEW )?CERTIFICATE REQUEST$/, 'a certificate signing request (PKCS #10)'),
  certificatePem: pemRule(['ca', 'without-ca'], /^(X509 |TRUSTED )?CERTIFICATE$/, 'a certificate'),
  caCertificatePem: pemRule(['ca'], /^(X509 |TRUSTED )?CERTIFICATE$/, 'the certificate of the CA', false),
} as const
