import { constants } from 'node:crypto'
import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls'
import type { Logger } from 'pino'

/** A server certificate and its key, PEM. */
export interface TlsCredentials {
  readonly certificatePem: string
  readonly privateKeyPem: string
}

/** Takes raw sockets, hands on encrypted ones. */
export interface TlsAcceptor {
  accept(socket: Socket): void
  /** Uses another server certificate for the connections from now on. */
  renew(credentials: TlsCredentials): void
}

export interface TlsAcceptorOptions {
  readonly credentials: TlsCredentials
  /** Application protocols, the preferred first; undefined to leave ALPN alone. */
  readonly alpnProtocols?: readonly string[]
  readonly log: Logger
  readonly onSecure: (socket: TLSSocket) => void
}

/** A client that has not finished the handshake by then is a half-open connection. */
const HANDSHAKE_TIMEOUT_MS = 15_000

/**
 * TLS as the device gateway speaks it: 1.2 and 1.3, any server name, a client certificate asked for but not checked
 * against any authority, since it is its fingerprint that decides. (Its private key is proven by the handshake.)
 * @see AWS IoT Core developer guide, "Transport security in AWS IoT Core"
 */
export function createTlsAcceptor({ credentials, alpnProtocols, log, onSecure }: TlsAcceptorOptions): TlsAcceptor {
  const options: TlsOptions = {
    ...contextOf(credentials),
    minVersion: 'TLSv1.2',
    requestCert: true,
    rejectUnauthorized: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    // "AWS IoT Core does not support session tickets": every connection proves its key anew.
    secureOptions: constants.SSL_OP_NO_TICKET,
    // Asked only when the client offers protocols; undefined ends the handshake with no_application_protocol.
    ...(alpnProtocols && {
      ALPNCallback: ({ protocols }) => alpnProtocols.find((protocol) => protocols.includes(protocol)),
    }),
  }
  const server: Server = createServer(options, (socket) => {
    // A peer that breaks the connection is nobody's fault; 'close' follows and says enough.
    socket.on('error', () => {})
    onSecure(socket)
  })
  server.on('tlsClientError', (error, socket) => {
    log.debug({ reason: error.message, remoteAddress: socket.remoteAddress }, 'TLS handshake failed')
    socket.destroy()
  })
  return {
    accept: (socket) => void server.emit('connection', socket),
    renew: (next) => server.setSecureContext(contextOf(next)),
  }
}

const contextOf = ({ certificatePem, privateKeyPem }: TlsCredentials) => ({ cert: certificatePem, key: privateKeyPem })
