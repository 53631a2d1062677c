import { constants } from 'node:crypto'
import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls'
import type { Logger } from 'pino'
import { type CertificateChoice, certificateChoice } from './certificate-choice.ts'
import { peekClientHello } from './peek-client-hello.ts'
import type { SecurityPolicy } from './security-policies.ts'

/** A server certificate, with what of its chain is sent along, and its key: PEM. */
export interface TlsCredentials {
  readonly certificatePem: string
  readonly privateKeyPem: string
}

/** What a server has to show. Each may be another one from one connection to the next. */
export interface TlsIdentities {
  /** ECDSA. */
  readonly server: TlsCredentials
  /** For clients that take no ECDSA certificate; made when the first of them comes. */
  rsa(): Promise<{ readonly server: TlsCredentials; readonly crossSigned: TlsCredentials }>
}

/** Takes raw sockets, hands on encrypted ones. */
export interface TlsAcceptor {
  accept(socket: Socket): void
}

export interface TlsAcceptorOptions {
  readonly identities: TlsIdentities
  readonly securityPolicy: SecurityPolicy
  /** Application protocols, the preferred first; undefined to leave ALPN alone. */
  readonly alpnProtocols?: readonly string[]
  readonly log: Logger
  readonly onSecure: (socket: TLSSocket) => void
}

/** A client that has not said its hello, or finished the handshake, by then is a half-open connection. */
const HANDSHAKE_TIMEOUT_MS = 15_000

/**
 * TLS as the device gateway speaks it: by a security policy, any server name, a client certificate asked for but not
 * checked against any authority, since it is its fingerprint that decides. (Its private key is proven by the handshake.)
 * The certificate is chosen before OpenSSL sees the client, since OpenSSL chooses among those that are there already.
 * @see AWS IoT Core developer guide, "Transport security in AWS IoT Core"
 */
export function createTlsAcceptor(options: TlsAcceptorOptions): TlsAcceptor {
  const { identities, securityPolicy, log } = options
  const servers = new WeakMap<TlsCredentials, Server>()
  const secure = (socket: Socket, credentials: TlsCredentials) => {
    const server = servers.get(credentials) ?? createTlsServer(options, credentials)
    servers.set(credentials, server)
    server.emit('connection', socket)
  }
  const secureWithRsa = async (socket: Socket, choice: Exclude<CertificateChoice, 'ecdsa'>) => {
    const { server, crossSigned } = await identities.rsa()
    if (!socket.destroyed) secure(socket, choice === 'rsa' ? server : crossSigned)
  }
  return {
    accept: (socket) =>
      peekClientHello(socket, HANDSHAKE_TIMEOUT_MS, (hello) => {
        const choice = hello === undefined ? 'ecdsa' : certificateChoice(hello, securityPolicy)
        if (choice === 'ecdsa') return secure(socket, identities.server)
        secureWithRsa(socket, choice).catch((error: unknown) => {
          log.error({ err: error }, 'there is no RSA certificate for a client that needs one')
          socket.destroy()
        })
      }),
  }
}

function createTlsServer(
  { securityPolicy, alpnProtocols, log, onSecure }: TlsAcceptorOptions,
  { certificatePem, privateKeyPem }: TlsCredentials,
): Server {
  const { minVersion, maxVersion, tls13, ecdsa, rsa } = securityPolicy
  const options: TlsOptions = {
    cert: certificatePem,
    key: privateKeyPem,
    minVersion,
    maxVersion,
    ciphers: Object.keys({ ...tls13, ...ecdsa, ...rsa }).join(':'),
    dhparam: 'auto',
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
  const server = createServer(options, (socket) => {
    // A peer that breaks the connection is nobody's fault; 'close' follows and says enough.
    socket.on('error', () => {})
    onSecure(socket)
  })
  server.on('tlsClientError', (error, socket) => {
    log.debug({ reason: error.message, remoteAddress: socket.remoteAddress }, 'TLS handshake failed')
    socket.destroy()
  })
  return server
}
