import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { AuthenticationType } from '@aws-sdk/client-iot'
import type { AcceptedConnection, TransportInfo } from '@thingdeck/broker'
import type { Logger } from 'pino'
import type { Admissions, Stranger } from '../foundation/admissions.ts'
import type { IdentifyCertificate } from '../foundation/certificates.ts'
import type { Domain, Domains, TlsIdentities } from '../foundation/domains.ts'
import type { Peer, Principal } from '../foundation/peer.ts'
import { plainAddress } from '../foundation/plain-address.ts'
import { sourceOf } from '../foundation/source-of.ts'
import type { AuthenticationFailures } from './authentication-failures.ts'
import type { BrowserGuard } from './browser-guard.ts'
import { domainRefusal } from './domain-gate.ts'
import { createHttpFront, type HttpFront, type HttpHandler, type HttpRoute } from './http-front.ts'
import { createMqttWebSocket } from './mqtt-websocket.ts'
import { onConnectPacket, peekMqtt } from './on-connect-packet.ts'
import type { OpenPort } from './open-port.ts'
import { identifyPeer } from './peer-certificate.ts'
import type { PeerRegister } from './peer-register.ts'
import { ALPN_PROTOCOLS, receptionOf } from './reception.ts'
import { SECURITY_POLICIES, type SecurityPolicy } from './security-policies.ts'
import { type SignedParts, signedParts } from './signed-parts.ts'
import { type HttpStrangers, serverNameOf, strangerAt } from './strangers.ts'
import { createTlsAcceptor, type TlsAcceptorOptions, type TlsFace } from './tls-server.ts'
import { transportInfo } from './transport-info.ts'

/** The three ports of the server. */
export interface OpenPorts {
  readonly http: OpenPort
  readonly mqtts: OpenPort
  readonly https: OpenPort
}

export interface DoorsOptions {
  readonly ports: OpenPorts
  /** The server's certificates, for whoever names no domain that is configured. */
  readonly identities: TlsIdentities
  /** Where a domain has none of its own. */
  readonly securityPolicy: SecurityPolicy
  readonly domains: Domains
  readonly admissions: Admissions
  readonly strangers: HttpStrangers
  /** Who stands behind a client certificate. */
  readonly identify: IdentifyCertificate
  /**
   * Who wants to speak MQTT over WebSocket.
   * @throws {AwsError} AWS's own error for a wrong key, signature, clock or token
   */
  readonly authenticateMqtt: (request: SignedParts) => Principal
  /** Speaks MQTT over a stream from here on. */
  readonly acceptMqtt: (stream: Duplex, transport: TransportInfo) => AcceptedConnection
  /** Publishes the event of a certificate that was registered as it connected. */
  readonly publish: (topic: string, payload: Uint8Array) => void
  readonly guard: BrowserGuard
  /** What is answered before the AWS APIs. */
  readonly routes: readonly HttpRoute[]
  /** The AWS APIs. */
  readonly api: HttpHandler
  /** Filled here, read by routes and APIs. */
  readonly peers: PeerRegister
  /** Of connections where a certificate alone is not enough. Filled here, read by those who let strangers in. */
  readonly devices: PeerRegister
  readonly failures: AuthenticationFailures
  readonly log: Logger
}

export interface Doors {
  /** No new connections and requests from now on; requests that are being answered and MQTT connections go on. */
  shut(): void
  /** Ends what is left, and frees the ports. */
  close(): Promise<void>
}

/** As long as the broker gives a client to send its CONNECT. */
const CONNECT_TIMEOUT_MS = 30_000

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

function receive(options: DoorsOptions, front: HttpFront, port: 'mqtts' | 'https', socket: TLSSocket): void {
  const serverName = serverNameOf(socket)
  const domain = serverName === undefined ? undefined : options.domains.find(serverName)
  const reception = receptionOf(port, socket.alpnProtocol || undefined, domain)
  if ('reason' in reception) {
    const sourceIp = plainAddress(socket.remoteAddress)
    options.log.warn({ sourceIp, serverName, reason: reception.reason }, `refused: ${reception.details}`)
    options.failures.domain(socket, port === 'mqtts' ? 'MQTT' : 'HTTP', reception)
    socket.destroy()
    return
  }
  const { speaks, authentication } = reception
  const accept = (isMqtt: boolean) => {
    if (isMqtt) acceptMqtts(options, socket, authentication, domain)
    else acceptHttps(options, front, socket, authentication, domain)
  }
  if (speaks === 'EITHER') peekMqtt(socket, CONNECT_TIMEOUT_MS, accept)
  else accept(speaks === 'MQTT')
}

function acceptMqtts(
  options: DoorsOptions,
  socket: TLSSocket,
  authentication: AuthenticationType,
  domain: Domain | undefined,
): void {
  const accept = (identity: Peer | Stranger) => void options.acceptMqtt(socket, transportInfo('tls', socket, identity))
  if (authentication === 'CUSTOM_AUTH') {
    accept(strangerAt(socket, { authentication, domain }))
    return
  }
  const peer = identifyPeer(socket, options, { protocol: 'MQTT', connects: false })
  if (peer === 'candidate') {
    onConnectPacket(socket, CONNECT_TIMEOUT_MS, () =>
      identifyPeer(socket, options, { protocol: 'MQTT', connects: true }),
    )
    return
  }
  if (peer === 'none' || peer === 'refused') {
    if (peer === 'none') refuseWithoutCertificate(options, socket, 'MQTT')
    else socket.destroy()
    return
  }
  accept(isEnough(authentication, domain) ? peer : deviceAsStranger(socket, authentication, domain, peer))
}

/** Whether a good certificate is all that it takes. */
const isEnough = (authentication: AuthenticationType, domain: Domain | undefined): boolean =>
  authentication !== 'CUSTOM_AUTH_X509' && domain?.clientCertificateCallbackArn === undefined

function deviceAsStranger(
  socket: TLSSocket,
  authentication: AuthenticationType,
  domain: Domain | undefined,
  device: Peer,
): Stranger {
  const kind = authentication === 'CUSTOM_AUTH_X509' ? 'CUSTOM_AUTH_X509' : 'AWS_X509'
  return strangerAt(socket, { authentication: kind, domain, device })
}

function refuseWithoutCertificate({ log, failures }: DoorsOptions, socket: TLSSocket, protocol: 'MQTT' | 'HTTP'): void {
  log.warn({ sourceIp: plainAddress(socket.remoteAddress) }, 'refused: no client certificate')
  failures.certificate(socket, protocol, 'NONE')
  socket.destroy()
}

function acceptHttps(
  options: DoorsOptions,
  front: HttpFront,
  socket: TLSSocket,
  authentication: AuthenticationType,
  domain: Domain | undefined,
): void {
  // Where a certificate is not asked for, nobody looks at one.
  const isAsked = authentication !== 'CUSTOM_AUTH' && authentication !== 'AWS_SIGV4'
  const peer = isAsked ? identifyPeer(socket, options, { protocol: 'HTTP', connects: true }) : 'none'
  if (peer === 'refused' || peer === 'candidate') {
    socket.destroy()
  } else if (peer === 'none') {
    if (!isAsked || authentication === 'DEFAULT') front.accept(socket)
    else refuseWithoutCertificate(options, socket, 'HTTP')
  } else if (authentication === 'CUSTOM_AUTH_X509') {
    options.devices.set(socket, peer)
    front.accept(socket)
  } else if (isEnough(authentication, domain)) {
    options.peers.set(socket, peer)
    front.accept(socket)
  } else {
    const stranger = deviceAsStranger(socket, authentication, domain, peer)
    acceptOnceAdmitted(options, front, socket, stranger).catch((error: unknown) => {
      options.log.error({ err: error }, 'a client certificate could not be looked at')
      socket.destroy()
    })
  }
}

/** Over HTTP a function is asked about a certificate once for each connection. */
async function acceptOnceAdmitted(
  { admissions, peers }: DoorsOptions,
  front: HttpFront,
  socket: TLSSocket,
  stranger: Stranger,
): Promise<void> {
  const peer = await admissions.admitRequest(stranger, socket)
  if (socket.destroyed) return
  if (!peer) return void socket.destroy()
  peers.set(socket, peer)
  front.accept(socket)
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
