import 'reflect-metadata' // @peculiar/x509 needs it and does not bring it
import * as x509 from '@peculiar/x509'

/** A certificate signing request (PEM): one serves for any number of certificates. */
export async function signingRequest(): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: 'CN=device',
    keys,
    signingAlgorithm: algorithm,
  })
  return request.toString('pem')
}
