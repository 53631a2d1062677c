import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { AwsApi } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import type { Peer } from '../access/principal.ts'
import type { Gateway } from '../messaging/messaging.ts'
import type { Services } from '../services.ts'
import type { BrowserGuard } from './browser-guard.ts'
import { createHttpFront, type HttpFront, type HttpRoute } from './http-front.ts'
import { createMqttWebSocket } from './mqtt-websocket.ts'
import type { OpenPort } from './open-port.ts'
import { identifyPeer } from './peer-certificate.ts'
import { createTlsAcceptor, type TlsAcceptor, type TlsCredentials } from './tls-server.ts'
import { plainAddress, transportInfo } from './transport-info.ts'

/** The three ports of the server. */
export interface OpenPorts {
  readonly http: OpenPort
  readonly mqtts: OpenPort
  readonly https: OpenPort
}

export interface DoorsOptions {
  readonly ports: OpenPorts
  readonly credentials: TlsCredentials
  readonly services: Services
  readonly gateway: Gateway
  readonly api: AwsApi
  readonly guard: BrowserGuard
  /** What is answered before the AWS APIs. */
  readonly routes: readonly HttpRoute[]
  /** Filled here, read by the APIs. */
  readonly peers: PeerRegister
  readonly log: Logger
}

export interface Doors {
  /** Uses another server certificate from now on. */
  renew(credentials: TlsCredentials): void
  close(): Promise<void>
}

/** Who is behind the client certificate of an HTTPS connection. */
export class PeerRegister {
  readonly #peers = new WeakMap<Socket, Peer>()
  readonly #isValid: (peer: Peer) => boolean

  /** @param isValid whether a peer that was good when it connected still is: connections are kept alive */
  constructor(isValid: (peer: Peer) => boolean) {
    this.#isValid = isValid
  }

  set(socket: TLSSocket, peer: Peer): void {
    this.#peers.set(socket, peer)
  }

  of({ socket }: IncomingMessage): Peer | undefined {
    const peer = this.#peers.get(socket)
    return peer && this.#isValid(peer) ? peer : undefined
  }
}

/** ALPN names of the device gateway (AWS guide, "Device communication protocols"). */
const ALPN_MQTT = 'x-amzn-mqtt-ca'
const ALPN_PROTOCOLS = [ALPN_MQTT, 'x-amzn-http-ca', 'http/1.1', 'http/1.0']

/** Puts everything behind the ports: HTTP and WebSocket; MQTT over TLS; and both over TLS, told apart by ALPN. */
export function openDoors(options: DoorsOptions): Doors {
  const { ports, credentials, log } = options
  const front = httpFront(options)
  const mqtt = createTlsAcceptor({ credentials, log, onSecure: (socket) => acceptMqtt(options, socket) })
  const https = createTlsAcceptor({
    credentials,
    alpnProtocols: ALPN_PROTOCOLS,
    log,
    onSecure: (socket) => {
      if (socket.alpnProtocol === ALPN_MQTT) acceptMqtt(options, socket)
      else acceptHttps(options, front, socket)
    },
  })
  ports.http.serve((socket) => front.accept(socket))
  ports.mqtts.serve((socket) => mqtt.accept(socket))
  ports.https.serve((socket) => https.accept(socket))
  return {
    renew: (next) => {
      for (const acceptor of [mqtt, https] satisfies TlsAcceptor[]) acceptor.renew(next)
    },
    close: async () => {
      front.close()
      await Promise.all([ports.http.close(), ports.mqtts.close(), ports.https.close()])
    },
  }
}

function acceptMqtt({ services, gateway, log }: DoorsOptions, socket: TLSSocket): void {
  const peer = identifyPeer(socket, { identifier: services.security.identifier, publish: gateway.publish, log })
  if (peer === 'none' || peer === 'refused') {
    if (peer === 'none') log.warn({ sourceIp: plainAddress(socket.remoteAddress) }, 'refused: no client certificate')
    socket.destroy()
    return
  }
  gateway.broker.accept(socket, transportInfo('tls', socket, peer))
}

function acceptHttps({ services, gateway, peers, log }: DoorsOptions, front: HttpFront, socket: TLSSocket): void {
  const peer = identifyPeer(socket, { identifier: services.security.identifier, publish: gateway.publish, log })
  if (peer === 'refused') {
    socket.destroy()
    return
  }
  if (peer !== 'none') peers.set(socket, peer)
  front.accept(socket)
}

function httpFront({ api, guard, routes, services, gateway, log }: DoorsOptions): HttpFront {
  const webSocket = createMqttWebSocket({
    authenticate: (request) => {
      const refusal = guard(request)
      if (refusal) throw refusal
      return services.callers.authenticateMqtt(signedParts(request))
    },
    onStream: (stream, { socket }, caller) => {
      if (caller.kind === 'anonymous') throw new Error('MQTT over WebSocket needs a signature')
      const peer: Peer = { principal: caller, sourceIp: plainAddress(socket.remoteAddress) }
      const connection = gateway.broker.accept(stream, transportInfo('websocket', socket, peer))
      // "If the client closes the WebSocket, the will is not published" (facts of the guide's lifecycle page).
      return () => connection.disconnect({ reason: 'CLIENT_INITIATED_DISCONNECT', preventWill: true })
    },
    onRefused: ({ socket }, error) => {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ sourceIp: plainAddress(socket.remoteAddress), reason }, 'refused: MQTT over WebSocket')
    },
  })
  return createHttpFront({
    guard,
    routes,
    fallback: api,
    onUpgrade: (request, socket, head) => void webSocket.upgrade(request, socket, head),
    onRefused: ({ socket, headers: { origin, host } }, { message: reason }) => {
      log.warn(
        { sourceIp: plainAddress(socket.remoteAddress), origin, host, reason },
        'refused: a request of a browser',
      )
    },
    onFault: (error) => log.error({ err: error }, 'a request failed'),
  })
}

/** What of an upgrade request a signature covers. */
export function signedParts(request: IncomingMessage) {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return { method: request.method ?? 'GET', url: request.url ?? '/', headers }
}
