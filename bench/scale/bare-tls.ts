/** A TLS server of Node as it comes, which asks for a client certificate: what a connection costs without a broker. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:tls'
import type { CertificateFiles } from '../broker/certificates.ts'

const files: CertificateFiles = JSON.parse(process.argv[2] ?? '{}')
const options = {
  cert: readFileSync(files.serverCert),
  key: readFileSync(files.serverKey),
  requestCert: true,
  rejectUnauthorized: false,
}
const server = createServer(options, (socket) => socket.on('error', () => {}).resume())
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 })
})
