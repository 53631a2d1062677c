import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { Clock } from '../clock.ts'
import { StartupError } from '../startup-error.ts'
import { type KeyKind, newKeyPair } from './key-kind.ts'
import type { KeyStore } from './key-store.ts'
import { belongs, type Signer } from './signer.ts'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from './x509.ts'

const DAY_MS = 86_400_000
/** Browsers and mobile systems accept no server certificate that is valid for longer than this. */
const LIFETIME_DAYS = 397
const RENEW_BEFORE_DAYS = 30
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'

/** What a TLS listener presents: PEM texts. */
export interface ServerCredentials {
  readonly certificatePem: string
  readonly privateKeyPem: string
  readonly notAfter: Date
}

export interface ServerCertificateOptions {
  readonly store: KeyStore
  /** Under which it is kept: `NAME.pem`, `NAME-key.pem`. */
  readonly name: string
  readonly kind: KeyKind
  readonly signer: Signer
  readonly hosts: readonly string[]
  readonly clock: Clock
}

/**
 * The server's certificate as it is kept; a new one when there is none, when it names not all of `hosts`, when it ends
 * within 30 days, or when it was signed by another authority.
 */
export async function openServerCertificate(options: ServerCertificateOptions): Promise<ServerCredentials> {
  const kept = keptCredentials(options)
  if (kept) return kept
  const { store, name, kind, signer, hosts, clock } = options
  const { privateKeyPem, publicKey } = await newKeyPair(kind)
  const now = clock()
  const certificate = await signer.sign({
    subject: [
      ['CN', hosts[0] ?? 'localhost'],
      ['O', 'Thingdeck'],
    ],
    publicKey,
    notBefore: new Date(now - DAY_MS), // devices' clocks are late now and then
    notAfter: new Date(now + (LIFETIME_DAYS - 1) * DAY_MS),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(kind.serverUsage, true),
      new ExtendedKeyUsageExtension([SERVER_AUTH]),
      new SubjectAlternativeNameExtension(
        hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }) as const),
      ),
    ],
  })
  store.write(`${name}-key.pem`, privateKeyPem)
  store.write(`${name}.pem`, certificate.toString())
  return { certificatePem: certificate.toString(), privateKeyPem, notAfter: certificate.validToDate }
}

function keptCredentials(options: ServerCertificateOptions): ServerCredentials | undefined {
  const { store, name, signer, hosts, clock } = options
  const certificatePem = store.read(`${name}.pem`)
  const privateKeyPem = store.read(`${name}-key.pem`)
  if (certificatePem === undefined || privateKeyPem === undefined) return undefined
  const certificate = parse(certificatePem)
  if (!certificate || !belongs(certificate, privateKeyPem)) return undefined
  if (!certificate.verify(new X509Certificate(signer.certificatePem).publicKey)) return undefined
  if (certificate.validToDate.getTime() - clock() < RENEW_BEFORE_DAYS * DAY_MS) return undefined
  const covers = (host: string) =>
    isIP(host) === 0
      ? (certificate.checkHost(host, { wildcards: false }) ?? certificate.subjectAltName?.includes(`DNS:${host}`))
      : certificate.checkIP(host)
  if (!hosts.every(covers)) return undefined
  return { certificatePem, privateKeyPem, notAfter: certificate.validToDate }
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    return undefined // a damaged server certificate is simply replaced
  }
}

/**
 * Host names as a certificate can hold them: lower case, international names in their ASCII form, each once.
 * @throws {StartupError} naming the host that is neither a name nor an address
 */
export function certificateHosts(hosts: readonly string[]): string[] {
  const names = hosts.map((host) => {
    const bare = host.replace(/^\[(.*)\]$/, '$1')
    if (isIP(bare) !== 0) return bare.toLowerCase()
    const wildcard = bare.startsWith('*.')
    const ascii = domainToASCII(wildcard ? bare.slice(2) : bare)
    if (ascii === '') throw new StartupError(`"${host}" is neither a host name nor an IP address`)
    return wildcard ? `*.${ascii}` : ascii
  })
  return [...new Set(names)]
}
