import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { AcceptedConnection, TransportInfo } from '@thingdeck/broker'
import type { Logger } from 'pino'
import type { IdentifyCertificate, OnRegistration } from '../foundation/certificates.ts'
import type { Peer, Principal } from '../foundation/peer.ts'
import { plainAddress } from '../foundation/plain-address.ts'
import { sourceOf } from '../foundation/source-of.ts'
import type { AuthenticationFailures } from './authentication-failures.ts'
import type { BrowserGuard } from './browser-guard.ts'
import { createHttpFront, type HttpFront, type HttpHandler, type HttpRoute } from './http-front.ts'
import { createMqttWebSocket } from './mqtt-websocket.ts'
import { onConnectPacket } from './on-connect-packet.ts'
import type { OpenPort } from './open-port.ts'
import { identifyPeer } from './peer-certificate.ts'
import type { PeerRegister } from './peer-register.ts'
import type { SecurityPolicy } from './security-policies.ts'
import { type SignedParts, signedParts } from './signed-parts.ts'
import { createTlsAcceptor, type TlsIdentities } from './tls-server.ts'
import { transportInfo } from './transport-info.ts'

/** The three ports of the server. */
export interface OpenPorts {
  readonly http: OpenPort
  readonly mqtts: OpenPort
  readonly https: OpenPort
}

export interface DoorsOptions {
  readonly ports: OpenPorts
  /** The server's certificates. */
  readonly identities: TlsIdentities
  readonly securityPolicy: SecurityPolicy
  /** Who stands behind a client certificate. */
  readonly identify: IdentifyCertificate
  /**
   * Who wants to speak MQTT over WebSocket.
   * @throws {AwsError} AWS's own error for a wrong key, signature, clock or token
   */
  readonly authenticateMqtt: (request: SignedParts) => Principal
  /** Speaks MQTT over a stream from here on. */
  readonly acceptMqtt: (stream: Duplex, transport: TransportInfo) => AcceptedConnection
  readonly onRegistration: OnRegistration
  readonly guard: BrowserGuard
  /** What is answered before the AWS APIs. */
  readonly routes: readonly HttpRoute[]
  /** The AWS APIs. */
  readonly api: HttpHandler
  /** Filled here, read by routes and APIs. */
  readonly peers: PeerRegister
  readonly failures: AuthenticationFailures
  readonly log: Logger
}

export interface Doors {
  /** No new connections and requests from now on; requests that are being answered and MQTT connections go on. */
  shut(): void
  /** Ends what is left, and frees the ports. */
  close(): Promise<void>
}

/** ALPN names of the device gateway (AWS guide, "Device communication protocols"). */
const ALPN_MQTT = 'x-amzn-mqtt-ca'
const ALPN_PROTOCOLS = [ALPN_MQTT, 'x-amzn-http-ca', 'http/1.1', 'http/1.0']

/** As long as the broker gives a client to send its CONNECT. */
const CONNECT_TIMEOUT_MS = 30_000

/** Puts everything behind the ports: HTTP and WebSocket; MQTT over TLS; and both over TLS, told apart by ALPN. */
export function openDoors(options: DoorsOptions): Doors {
  const { ports, identities, securityPolicy, log } = options
  const tls = { identities, securityPolicy, log }
  const front = httpFront(options)
  const mqtt = createTlsAcceptor({ ...tls, onSecure: (socket) => acceptMqtts(options, socket) })
  const https = createTlsAcceptor({
    ...tls,
    alpnProtocols: ALPN_PROTOCOLS,
    onSecure: (socket) => {
      if (socket.alpnProtocol === ALPN_MQTT) acceptMqtts(options, socket)
      else acceptHttps(options, front, socket)
    },
  })
  ports.http.serve((socket) => front.acceptCleartext(socket))
  ports.mqtts.serve((socket) => mqtt.accept(socket))
  ports.https.serve((socket) => https.accept(socket))
  return {
    shut: () => {
      for (const port of [ports.http, ports.mqtts, ports.https]) port.shut()
      front.shut()
    },
    close: async () => {
      front.close()
      await Promise.all([ports.http.close(), ports.mqtts.close(), ports.https.close()])
    },
  }
}

function acceptMqtts(options: DoorsOptions, socket: TLSSocket): void {
  const { peer } = identifyPeer(socket, options, { protocol: 'MQTT', connects: false })
  if (peer === 'candidate') {
    onConnectPacket(socket, CONNECT_TIMEOUT_MS, async () => {
      await identifyPeer(socket, options, { protocol: 'MQTT', connects: true }).registered
    })
    return
  }
  if (peer === 'none' || peer === 'refused') {
    const sourceIp = plainAddress(socket.remoteAddress)
    if (peer === 'none') {
      options.log.warn({ sourceIp }, 'refused: no client certificate')
      options.failures.certificate(socket, 'MQTT', 'NONE')
    }
    socket.destroy()
    return
  }
  options.acceptMqtt(socket, transportInfo('tls', socket, peer))
}

function acceptHttps(options: DoorsOptions, front: HttpFront, socket: TLSSocket): void {
  const { peer, registered } = identifyPeer(socket, options, { protocol: 'HTTP', connects: true })
  if (peer === 'refused' || peer === 'candidate') {
    if (registered) void registered.finally(() => socket.destroy())
    else socket.destroy()
    return
  }
  if (peer !== 'none') options.peers.set(socket, peer)
  front.accept(socket)
}

function httpFront({ api, guard, routes, authenticateMqtt, acceptMqtt, failures, log }: DoorsOptions): HttpFront {
  const webSocket = createMqttWebSocket({
    authenticate: (request) => {
      const refusal = guard(request)
      if (refusal) throw refusal
      return authenticateMqtt(signedParts(request))
    },
    onStream: (stream, { socket }, caller) => {
      const peer: Peer = { principal: caller, ...sourceOf(socket) }
      const connection = acceptMqtt(stream, transportInfo('websocket', socket, peer))
      // "If the client closes the WebSocket, the will is not published" (facts of the guide's lifecycle page).
      return () => connection.disconnect({ reason: 'CLIENT_INITIATED_DISCONNECT', preventWill: true })
    },
    onRefused: (request, error) => {
      const { socket } = request
      failures.signature(request, 'MQTT', error)
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ sourceIp: plainAddress(socket.remoteAddress), reason }, 'refused: MQTT over WebSocket')
    },
  })
  return createHttpFront({
    guard,
    routes,
    fallback: api,
    onUpgrade: (request, socket, head) => void webSocket.upgrade(request, socket, head),
    onRefused: (request: IncomingMessage, { message: reason }) => {
      const { origin, host } = request.headers
      const sourceIp = plainAddress(request.socket.remoteAddress)
      log.warn({ sourceIp, origin, host, reason }, 'refused: a request of a browser')
    },
    onFault: (error) => log.error({ err: error }, 'a request failed'),
  })
}
