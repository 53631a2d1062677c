import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Files in PEM form for mutual TLS, valid for a day. */
export interface CertificateFiles {
  ca: string
  serverCert: string
  serverKey: string
  clientCert: string
  clientKey: string
}

/** Makes a CA and two ECDSA P-256 certificates with the `openssl` command; undefined where there is none. */
export function makeCertificates(directory: string): CertificateFiles | undefined {
  const path = (name: string) => join(directory, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const issue = (name: string, extensions: string) => {
    const request = path(`${name}.csr`)
    writeFileSync(path(`${name}.ext`), extensions)
    openssl('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', path(`${name}.key`), '-out', request)
    const ca = ['-CA', path('ca.crt'), '-CAkey', path('ca.key'), '-CAcreateserial']
    const rest = ['-days', '1', '-extfile', path(`${name}.ext`), '-out', path(`${name}.crt`)]
    openssl('x509', '-req', '-in', request, ...ca, ...rest)
  }
  try {
    const ca = ['-subj', '/CN=bench CA', '-days', '1', '-keyout', path('ca.key'), '-out', path('ca.crt')]
    openssl('req', '-x509', ...newKey, ...ca)
    issue('server', 'subjectAltName=DNS:localhost,IP:127.0.0.1')
    issue('client', 'extendedKeyUsage=clientAuth')
  } catch {
    return undefined
  }
  return {
    ca: path('ca.crt'),
    serverCert: path('server.crt'),
    serverKey: path('server.key'),
    clientCert: path('client.crt'),
    clientKey: path('client.key'),
  }
}
