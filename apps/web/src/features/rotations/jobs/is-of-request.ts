import { toBase64 } from '../../../shared/bytes-text.ts'
import { Pkcs10CertificateRequest, X509Certificate } from '../../../shared/certificate/x509.ts'

/** Whether a certificate is of the key that a request is of, both as PEM. What cannot be read is not. */
export function isOfRequest(certificatePem: string, requestPem: string): boolean {
  try {
    const [one, other] = [new X509Certificate(certificatePem), new Pkcs10CertificateRequest(requestPem)]
    return keyText(one.publicKey.rawData) === keyText(other.publicKey.rawData)
  } catch {
    return false
  }
}

const keyText = (key: ArrayBuffer): string => toBase64(new Uint8Array(key))
