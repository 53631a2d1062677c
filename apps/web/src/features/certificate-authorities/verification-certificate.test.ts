// @vitest-environment node
import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { hexOf, toPem } from '../../shared/certificate/pem.ts'
import { X509Certificate as DecodedCertificate, Name, X509CertificateGenerator } from '../../shared/certificate/x509.ts'
import { makeVerificationCertificate } from './verification-certificate.ts'

const EC = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-256' }
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2_048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
}
const NOW_MS = Date.parse('2026-03-04T05:06:07Z')

/** As OpenSSL writes names: whose text is UTF8String, though PrintableString would do. */
const NAME = new Name([{ CN: [{ utf8String: 'Example CA' }] }, { O: [{ utf8String: 'Example' }] }])

async function authority(algorithm: typeof EC | typeof RSA) {
  // Of these kinds it is a pair.
  const keys = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: NAME,
    notBefore: new Date(NOW_MS - 1_000),
    notAfter: new Date(NOW_MS + 1_000_000),
    keys,
    signingAlgorithm: algorithm,
  })
  return {
    caCertificatePem: certificate.toString('pem'),
    caPrivateKeyPem: toPem('PRIVATE KEY', await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
  }
}

test.each([
  ['EC', EC],
  ['RSA', RSA],
])('of an %s key: with the registration code, issued and signed by the CA', async (_, algorithm) => {
  const ca = await authority(algorithm)
  const pem = await makeVerificationCertificate({ ...ca, registrationCode: 'f3a9', nowMs: NOW_MS })
  const [made, issuer] = [new X509Certificate(pem), new X509Certificate(ca.caCertificatePem)]
  expect(made.subject).toBe('CN=f3a9')
  expect(made.checkIssued(issuer)).toBe(true)
  expect(made.verify(issuer.publicKey)).toBe(true)
})

test('the issuer is written as the CA has written its own name, byte by byte', async () => {
  const ca = await authority(EC)
  const pem = await makeVerificationCertificate({ ...ca, registrationCode: 'f3a9', nowMs: NOW_MS })
  const [made, issuer] = [new DecodedCertificate(pem), new DecodedCertificate(ca.caCertificatePem)]
  expect(hexOf(made.issuerName.toArrayBuffer())).toBe(hexOf(issuer.subjectName.toArrayBuffer()))
})

test.each<[string, Partial<Awaited<ReturnType<typeof authority>>>, RegExp]>([
  ['no certificate', { caCertificatePem: 'x' }, /The CA certificate is none/],
  ['no key', { caPrivateKeyPem: 'x' }, /no private key in PEM/],
  [
    'a key of another form',
    { caPrivateKeyPem: ['BEGIN', 'END'].map((edge) => `-----${edge} RSA PRIVATE KEY-----`).join('\nAAAA\n') },
    /RSA PRIVATE KEY cannot be read here: make PKCS #8 of it/,
  ],
])('%s is said to be that', async (_, wrong, words) => {
  const ca = await authority(EC)
  await expect(
    makeVerificationCertificate({ ...ca, ...wrong, registrationCode: 'f3a9', nowMs: NOW_MS }),
  ).rejects.toThrow(words)
})

test("another CA's key is noticed before AWS is asked", async () => {
  const [ca, other] = [await authority(EC), await authority(EC)]
  const request = { ...ca, caPrivateKeyPem: other.caPrivateKeyPem, registrationCode: 'f3a9', nowMs: NOW_MS }
  await expect(makeVerificationCertificate(request)).rejects.toThrow(
    'The private key is not that of the CA certificate.',
  )
})
