import { hexOf } from '../../../shared/certificate/pem.ts'
import { X509Certificate } from '../../../shared/certificate/x509.ts'

/** A certificate that a client comes with besides its credentials, as the function is told of it. */
export interface ClientCertificate {
  readonly pem: string
  /** Of the certificate: the SHA-256 of its DER, 64 digits. */
  readonly principalId: string
}

/** @throws {Error} whatever is wrong with it, in the library's words */
export async function readClientCertificate(pem: string): Promise<ClientCertificate> {
  return { pem: `${pem}\n`, principalId: hexOf(await new X509Certificate(pem).getThumbprint('SHA-256')) }
}
