import type { ContextValue } from './policy-context.ts'

/** The names in a distinguished name that policies can ask for. */
export const DISTINGUISHED_NAME_ATTRIBUTES = [
  'DistinguishedNameQualifier',
  'Country',
  'Organization',
  'OrganizationalUnit',
  'State',
  'CommonName',
  'SerialNumber',
  'Title',
  'Surname',
  'GivenName',
  'Initials',
  'Pseudonym',
  'GenerationQualifier',
] as const
export type DistinguishedNameAttribute = (typeof DISTINGUISHED_NAME_ATTRIBUTES)[number]

/** The kinds of alternative name that policies can ask for. */
export const ALTERNATIVE_NAME_KINDS = [
  'RFC822Name',
  'DNSName',
  'DirectoryName',
  'UniformResourceIdentifier',
  'IPAddress',
] as const
export type AlternativeNameKind = (typeof ALTERNATIVE_NAME_KINDS)[number]

/** What a policy can know of an X.509 certificate. Each name may be there several times, in the certificate's order. */
export interface CertificateFacts {
  /** Hexadecimal, as AWS IoT names certificates. */
  readonly certificateId?: string
  readonly serialNumber?: string
  readonly subject?: Partial<Readonly<Record<DistinguishedNameAttribute, readonly string[]>>>
  readonly issuer?: Partial<Readonly<Record<DistinguishedNameAttribute, readonly string[]>>>
  readonly subjectAlternativeNames?: Partial<Readonly<Record<AlternativeNameKind, readonly string[]>>>
  readonly issuerAlternativeNames?: Partial<Readonly<Record<AlternativeNameKind, readonly string[]>>>
}

/** Values beyond the fifth are not kept. */
const MAX_VALUES = 5

/**
 * The context entries of a certificate: `iot:Certificate.Subject.CommonName` is the first value, with `.1` the second,
 * and with `.List` all of them. `iot:Certificate.AvailableKeys` lists the names of the others.
 * @see AWS IoT developer guide, "X.509 certificate AWS IoT Core policy variables"
 */
export function certificateContext(certificate: CertificateFacts): Map<string, ContextValue> {
  const names = new Map<string, ContextValue>()
  if (certificate.serialNumber !== undefined) names.set('iot:Certificate.SerialNumber', certificate.serialNumber)
  addNames(names, 'iot:Certificate.Subject', certificate.subject)
  addNames(names, 'iot:Certificate.Issuer', certificate.issuer)
  addNames(names, 'iot:Certificate.Subject.AlternativeName', certificate.subjectAlternativeNames)
  addNames(names, 'iot:Certificate.Issuer.AlternativeName', certificate.issuerAlternativeNames)
  const entries = new Map<string, ContextValue>(names).set('iot:Certificate.AvailableKeys', [...names.keys()])
  if (certificate.certificateId !== undefined) entries.set('iot:CertificateId', certificate.certificateId)
  return entries
}

function addNames(
  entries: Map<string, ContextValue>,
  prefix: string,
  names: Partial<Readonly<Record<string, readonly string[]>>> | undefined,
): void {
  for (const [name, all] of Object.entries(names ?? {})) {
    const values = (all ?? []).slice(0, MAX_VALUES).map(escapeSpecial)
    for (const [index, value] of values.entries())
      entries.set(`${prefix}.${name}${index === 0 ? '' : `.${index}`}`, value)
    if (values.length > 0) entries.set(`${prefix}.${name}.List`, values)
  }
}

/** Policies spell these characters with a backslash before them. */
function escapeSpecial(value: string): string {
  return value.replaceAll(/[,"\\+=<>;]/g, (character) => `\\${character}`)
}
