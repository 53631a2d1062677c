import 'reflect-metadata' // what @peculiar/x509 is built on asks for it
import type { X509Certificate } from 'node:crypto'
import {
  type GeneralName,
  IssuerAlternativeNameExtension,
  X509Certificate as ParsedCertificate,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509'
import type { AlternativeNameKind, CertificateFacts, DistinguishedNameAttribute } from '@thingdeck/policies'

/** The short names that OpenSSL gives to the attributes that AWS IoT knows. */
const ATTRIBUTES: readonly (readonly [short: string, name: DistinguishedNameAttribute])[] = [
  ['dnQualifier', 'DistinguishedNameQualifier'],
  ['C', 'Country'],
  ['O', 'Organization'],
  ['OU', 'OrganizationalUnit'],
  ['ST', 'State'],
  ['CN', 'CommonName'],
  ['serialNumber', 'SerialNumber'],
  ['title', 'Title'],
  ['SN', 'Surname'],
  ['GN', 'GivenName'],
  ['initials', 'Initials'],
  ['pseudonym', 'Pseudonym'],
  ['generationQualifier', 'GenerationQualifier'],
]

const ALTERNATIVE_NAMES: Partial<Record<GeneralName['type'], AlternativeNameKind>> = {
  email: 'RFC822Name',
  dns: 'DNSName',
  dn: 'DirectoryName',
  url: 'UniformResourceIdentifier',
  ip: 'IPAddress',
}

const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17'
const ISSUER_ALTERNATIVE_NAME = '2.5.29.18'
/** The same as they are encoded: most certificates have neither and need not be parsed. */
const ENCODED = [Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x11]), Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x12])]

type NamesByKind = Partial<Record<AlternativeNameKind, string[]>>

/** What policies can know of a client's certificate. */
export function certificateFacts(certificateId: string, certificate: X509Certificate): CertificateFacts {
  const { subject, issuer } = certificate.toLegacyObject()
  const parsed = ENCODED.some((oid) => certificate.raw.includes(oid)) ? parse(certificate) : undefined
  return {
    certificateId,
    serialNumber: certificate.serialNumber,
    subject: namesOf(subject),
    issuer: namesOf(issuer),
    subjectAlternativeNames: alternativeNames(parsed?.getExtension(SUBJECT_ALTERNATIVE_NAME)),
    issuerAlternativeNames: alternativeNames(parsed?.getExtension(ISSUER_ALTERNATIVE_NAME)),
  }
}

function namesOf(name: object): Partial<Record<DistinguishedNameAttribute, string[]>> {
  const values = new Map<string, unknown>(Object.entries(name))
  const names: Partial<Record<DistinguishedNameAttribute, string[]>> = {}
  for (const [short, attribute] of ATTRIBUTES) {
    const value = values.get(short)
    if (value !== undefined) names[attribute] = [value].flat().map(String)
  }
  return names
}

/** A certificate with names that the parser does not know simply has no alternative names for policies. */
function parse(certificate: X509Certificate): ParsedCertificate | undefined {
  try {
    return new ParsedCertificate(new Uint8Array(certificate.raw))
  } catch {
    return undefined
  }
}

function alternativeNames(extension: unknown): NamesByKind {
  const isKnown =
    extension instanceof SubjectAlternativeNameExtension || extension instanceof IssuerAlternativeNameExtension
  const names: NamesByKind = {}
  for (const { type, value } of isKnown ? extension.names.items : []) {
    const kind = ALTERNATIVE_NAMES[type]
    if (kind === undefined) continue
    names[kind] ??= []
    names[kind].push(value)
  }
  return names
}
