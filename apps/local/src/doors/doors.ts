import type { IncomingMessage } from 'node:http'
import type { Stranger } from '../foundation/admissions.ts'
import type { TlsIdentities } from '../foundation/domains.ts'
import type { Peer, Principal } from '../foundation/peer.ts'
import { plainAddress } from '../foundation/plain-address.ts'
import { sourceOf } from '../foundation/source-of.ts'
import type { BrowserGuard } from './browser-guard.ts'
import { domainRefusal } from './domain-gate.ts'
import { createHttpFront, type HttpFront, type HttpHandler, type HttpRoute } from './http-front.ts'
import { createMqttWebSocket } from './mqtt-websocket.ts'
import type { OpenPort } from './open-port.ts'
import { type ReceptionOptions, receive } from './receive.ts'
import { ALPN_PROTOCOLS } from './reception.ts'
import { SECURITY_POLICIES, type SecurityPolicy } from './security-policies.ts'
import { type SignedParts, signedParts } from './signed-parts.ts'
import type { HttpStrangers } from './strangers.ts'
import { createTlsAcceptor, type TlsAcceptorOptions, type TlsFace } from './tls-server.ts'
import { transportInfo } from './transport-info.ts'

/** The three ports of the server. */
export interface OpenPorts {
  readonly http: OpenPort
  readonly mqtts: OpenPort
  readonly https: OpenPort
}

export interface DoorsOptions extends ReceptionOptions {
  readonly ports: OpenPorts
  /** The server's certificates, for whoever names no domain that is configured. */
  readonly identities: TlsIdentities
  /** Where a domain has none of its own. */
  readonly securityPolicy: SecurityPolicy
  readonly strangers: HttpStrangers
  /**
   * Who wants to speak MQTT over WebSocket.
   * @throws {AwsError} AWS's own error for a wrong key, signature, clock or token
   */
  readonly authenticateMqtt: (request: SignedParts) => Principal
  readonly guard: BrowserGuard
  /** What is answered before the AWS APIs. */
  readonly routes: readonly HttpRoute[]
  /** The AWS APIs. */
  readonly api: HttpHandler
}

export interface Doors {
  /** No new connections and requests from now on; requests that are being answered and MQTT connections go on. */
  shut(): void
  /** Ends what is left, and frees the ports. */
  close(): Promise<void>
}

/** Puts everything behind the ports: HTTP and WebSocket; MQTT over TLS; and both over TLS, told apart by ALPN. */
export function openDoors(options: DoorsOptions): Doors {
  const { ports, log } = options
  const tls = { face: facesOf(options), log }
  const front = httpFront(options)
  const mqtt = createTlsAcceptor({ ...tls, onSecure: (socket) => receive(options, front, 'mqtts', socket) })
  const https = createTlsAcceptor({
    ...tls,
    alpnProtocols: ALPN_PROTOCOLS,
    onSecure: (socket) => receive(options, front, 'https', socket),
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

/** The server as it shows itself to those who name a host. */
function facesOf({ identities, securityPolicy, domains }: DoorsOptions): TlsAcceptorOptions['face'] {
  const own: TlsFace = { identities, securityPolicy }
  return (serverName) => {
    const domain = serverName === undefined ? undefined : domains.find(serverName)
    if (!domain) return own
    const policy = domain.securityPolicy === undefined ? securityPolicy : SECURITY_POLICIES[domain.securityPolicy]
    return domain.identities().then((theirs) => ({ identities: theirs, securityPolicy: policy }))
  }
}

function httpFront(options: DoorsOptions): HttpFront {
  const { api, guard, routes, authenticateMqtt, acceptMqtt, strangers, failures, log } = options
  const gate = (request: IncomingMessage, isUpgrade: boolean) =>
    guard(request) ?? domainRefusal(strangers.domainOf(request), request, isUpgrade)
  const webSocket = createMqttWebSocket({
    authenticate: (request) => {
      const refusal = gate(request, true)
      if (refusal) throw refusal
      return strangers.find(request) ?? authenticateMqtt(signedParts(request))
    },
    onStream: (stream, { socket }, caller) => {
      const peer: Peer | Stranger = isStranger(caller) ? caller : { principal: caller, ...sourceOf(socket) }
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
    guard: (request) => gate(request, false),
    routes,
    fallback: api,
    onUpgrade: (request, socket, head) => webSocket.upgrade(request, socket, head),
    onRefused: (request: IncomingMessage, { message: reason }) => {
      const { origin, host } = request.headers
      const sourceIp = plainAddress(request.socket.remoteAddress)
      log.warn({ sourceIp, origin, host, reason }, 'refused: a request')
    },
    onFault: (error) => log.error({ err: error }, 'a request failed'),
  })
}

const isStranger = (caller: Principal | Stranger): caller is Stranger => caller.kind === 'stranger'
