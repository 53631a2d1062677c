import 'reflect-metadata' // @peculiar/x509 needs it and does not bring it
import * as x509 from '@peculiar/x509'

/** A key that was made here, and the request for a certificate of it. */
export interface SigningRequest {
  /** PKCS #8 as PEM. */
  readonly privateKey: string
  /** PKCS #10 as PEM. */
  readonly request: string
}

/** An EC P-256 key made here and a certificate signing request for it. */
export async function createSigningRequest(commonName: string): Promise<SigningRequest> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: algorithm,
  })
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), request: request.toString('pem') }
}
