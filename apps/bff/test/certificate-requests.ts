import 'reflect-metadata' // @peculiar/x509 needs it and does not bring it
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** A key that was made as a browser makes it, and the request for its certificate; both PEM. */
export interface KeyAndRequest {
  readonly privateKey: string
  readonly certificateSigningRequest: string
}

export async function keyAndRequest(commonName: string): Promise<KeyAndRequest> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: ALGORITHM,
  })
  return {
    privateKey: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    certificateSigningRequest: request.toString('pem'),
  }
}

/** A CA of one's own, and what it signs. */
export interface TestAuthority {
  readonly certificatePem: string
  readonly privateKey: string
  /** A certificate with this common name. */
  readonly sign: (commonName: string) => Promise<string>
}

const DAY_MS = 86_400_000

export async function testAuthority(commonName: string): Promise<TestAuthority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const valid = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 365 * DAY_MS) }
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...valid,
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  })
  return {
    certificatePem: ca.toString('pem'),
    privateKey: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
    sign: async (name) => {
      const { publicKey } = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
      const signed = await x509.X509CertificateGenerator.create({
        ...valid,
        subject: `CN=${name}`,
        issuer: ca.subject,
        publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
      })
      return signed.toString('pem')
    },
  }
}
