import type { ClientHello } from './client-hello.ts'
import type { CipherSuites, SecurityPolicy } from './security-policies.ts'

/**
 * The certificate that a client is shown: the ECDSA one to whoever takes it, else the RSA one; that with the root that
 * other clients trust, or, to a client that checks no ECDSA signature anywhere, without.
 */
export type CertificateChoice = 'ecdsa' | 'rsa-cross-signed' | 'rsa'

const TLS13 = 0x03_04
const SECP256R1 = 23
const ECDSA_SECP256R1_SHA256 = 0x04_03
/** With SHA-256, -384 and -512, of PKCS #1 and, for a key of either kind, PSS. */
const RSA_ALGORITHMS = [0x04_01, 0x05_01, 0x06_01, 0x08_04, 0x08_05, 0x08_06]

/**
 * Which certificate goes with what a client can do; `ecdsa` also for one that will not get through anyhow, so that
 * nothing is made for it.
 */
export function certificateChoice(hello: ClientHello, policy: SecurityPolicy): CertificateChoice {
  if (takesEcdsa(hello, policy) || !takesRsa(hello, policy)) return 'ecdsa'
  return hello.certificateSignatureAlgorithms?.has(ECDSA_SECP256R1_SHA256) ? 'rsa-cross-signed' : 'rsa'
}

function takesEcdsa(hello: ClientHello, policy: SecurityPolicy): boolean {
  const { signatureAlgorithms, groups } = hello
  // Without the extension, TLS 1.2 clients take any algorithm that goes with the suite (RFC 5246 §7.4.1.4.1).
  if (signatureAlgorithms?.has(ECDSA_SECP256R1_SHA256) === false) return false
  if (isTls13(hello, policy)) return signatureAlgorithms !== undefined
  return offersAny(hello, policy.ecdsa) && groups?.has(SECP256R1) !== false
}

function takesRsa(hello: ClientHello, policy: SecurityPolicy): boolean {
  const { signatureAlgorithms } = hello
  const isChecked = RSA_ALGORITHMS.some((algorithm) => signatureAlgorithms?.has(algorithm))
  if (isTls13(hello, policy)) return isChecked
  return offersAny(hello, policy.rsa)
}

const isTls13 = ({ versions }: ClientHello, { maxVersion }: SecurityPolicy): boolean =>
  maxVersion === 'TLSv1.3' && versions.has(TLS13)

const offersAny = ({ cipherSuites }: ClientHello, suites: CipherSuites): boolean =>
  Object.values(suites).some((suite) => cipherSuites.has(suite))
