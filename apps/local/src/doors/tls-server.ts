import { constants } from 'node:crypto'
import type { Socket } from 'node:net'
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls'
import type { Logger } from 'pino'
import type { TlsCredentials, TlsIdentities } from '../foundation/domains.ts'
import { type CertificateChoice, certificateChoice } from './certificate-choice.ts'
import type { ClientHello } from './client-hello.ts'
import { peekClientHello } from './peek-client-hello.ts'
import type { SecurityPolicy } from './security-policies.ts'

/** What the server shows, and how it speaks, where a client names a host. */
export interface TlsFace {
  readonly identities: TlsIdentities
  readonly securityPolicy: SecurityPolicy
}

/** Takes raw sockets, hands on encrypted ones. */
export interface TlsAcceptor {
  accept(socket: Socket): void
}

export interface TlsAcceptorOptions {
  /** By the name that the client sends (SNI). Without a promise where it is there already, which is the rule. */
  readonly face: (serverName: string | undefined) => TlsFace | Promise<TlsFace>
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
  const { face, log } = options
  const servers = new WeakMap<TlsCredentials, Map<SecurityPolicy, Server>>()
  const secure = (socket: Socket, credentials: TlsCredentials, policy: SecurityPolicy) => {
    const byPolicy = servers.get(credentials) ?? new Map<SecurityPolicy, Server>()
    const server = byPolicy.get(policy) ?? createTlsServer(options, credentials, policy)
    servers.set(credentials, byPolicy.set(policy, server))
    server.emit('connection', socket)
  }
  const secureWithRsa = async (
    socket: Socket,
    choice: Exclude<CertificateChoice, 'ecdsa'>,
    { identities, securityPolicy }: TlsFace,
  ) => {
    const { server, crossSigned } = await identities.rsa()
    if (!socket.destroyed) secure(socket, choice === 'rsa' ? server : crossSigned, securityPolicy)
  }
  const drop = (socket: Socket) => (error: unknown) => {
    log.error({ err: error }, 'there is no certificate for a client that needs one')
    socket.destroy()
  }
  const show = (socket: Socket, hello: ClientHello | undefined, shown: TlsFace): void => {
    const { identities, securityPolicy } = shown
    const choice = hello === undefined ? 'ecdsa' : certificateChoice(hello, securityPolicy)
    if (choice === 'ecdsa') secure(socket, identities.server, securityPolicy)
    else secureWithRsa(socket, choice, shown).catch(drop(socket))
  }
  return {
    accept: (socket) =>
      peekClientHello(socket, HANDSHAKE_TIMEOUT_MS, (hello) => {
        const shown = face(hello?.serverName)
        if (!(shown instanceof Promise)) return show(socket, hello, shown)
        shown
          .then((then) => {
            if (!socket.destroyed) show(socket, hello, then)
          })
          .catch(drop(socket))
      }),
  }
}

function createTlsServer(
  { alpnProtocols, log, onSecure }: TlsAcceptorOptions,
  { certificatePem, privateKeyPem }: TlsCredentials,
  { minVersion, maxVersion, tls13, ecdsa, rsa }: SecurityPolicy,
): Server {
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
