import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { CertificateFiles } from './certificates.ts'

/** Serves `accept` on a TCP port and, with certificates, on a mutual TLS port; tells the parent process which. */
export function listen(accept: (socket: Socket, kind: 'tcp' | 'tls') => void): void {
  const files: CertificateFiles | undefined = JSON.parse(process.argv[2] ?? 'null') ?? undefined
  const tcp = createServer((socket) => accept(socket.setNoDelay(true), 'tcp'))
  const servers: Server[] = [tcp]
  if (files) {
    const options = {
      ca: readFileSync(files.ca),
      cert: readFileSync(files.serverCert),
      key: readFileSync(files.serverKey),
      requestCert: true,
      rejectUnauthorized: true,
      noDelay: true,
    }
    servers.push(createTlsServer(options, (socket) => accept(socket, 'tls')))
  }
  let listening = 0
  for (const server of servers) {
    server.listen(0, '127.0.0.1', () => {
      listening++
      if (listening < servers.length) return
      const [tcpPort, tlsPort] = servers.map((each) => (each.address() as AddressInfo).port)
      process.send?.({ tcpPort, tlsPort })
    })
  }
}
