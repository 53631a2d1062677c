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
