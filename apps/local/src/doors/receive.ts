import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { AuthenticationType } from '@aws-sdk/client-iot'
import type { AcceptedConnection, TransportInfo } from '@thingdeck/broker'
import type { Admissions, Stranger } from '../foundation/admissions.ts'
import type { Domain, Domains } from '../foundation/domains.ts'
import type { Peer } from '../foundation/peer.ts'
import { plainAddress } from '../foundation/plain-address.ts'
import { onceAsked, peekMqtt } from './first-bytes.ts'
import type { HttpFront } from './http-front.ts'
import { identifyPeer, type PeerCertificateOptions, registerPeer } from './peer-certificate.ts'
import type { PeerRegister } from './peer-register.ts'
import { receptionOf } from './reception.ts'
import { serverNameOf, strangerAt } from './strangers.ts'
import { transportInfo } from './transport-info.ts'

export interface ReceptionOptions extends PeerCertificateOptions {
  readonly domains: Domains
  readonly admissions: Admissions
  /** Speaks MQTT over a stream from here on. */
  readonly acceptMqtt: (stream: Duplex, transport: TransportInfo) => AcceptedConnection
  /** Filled here, read by routes and APIs. */
  readonly peers: PeerRegister
  /** Of connections where a certificate alone is not enough. Filled here, read by those who let strangers in. */
  readonly devices: PeerRegister
}

/** As long as the broker gives a client to send its CONNECT. */
const CONNECT_TIMEOUT_MS = 30_000

/** Receives somebody who has shaken hands: as a device, as a stranger, or as nobody yet, over HTTP. */
export function receive(options: ReceptionOptions, front: HttpFront, port: 'mqtts' | 'https', socket: TLSSocket): void {
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
  options: ReceptionOptions,
  socket: TLSSocket,
  authentication: AuthenticationType,
  domain: Domain | undefined,
): void {
  const accept = (identity: Peer | Stranger) => void options.acceptMqtt(socket, transportInfo('tls', socket, identity))
  if (authentication === 'CUSTOM_AUTH') {
    accept(strangerAt(socket, { authentication, domain }))
    return
  }
  const peer = identifyPeer(socket, options, 'MQTT')
  if (peer === 'candidate') {
    onceAsked(socket, 'MQTT', CONNECT_TIMEOUT_MS, () => registerPeer(socket, options, 'MQTT'))
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

function refuseWithoutCertificate(
  { log, failures }: ReceptionOptions,
  socket: TLSSocket,
  protocol: 'MQTT' | 'HTTP',
): void {
  log.warn({ sourceIp: plainAddress(socket.remoteAddress) }, 'refused: no client certificate')
  failures.certificate(socket, protocol, 'NONE')
  socket.destroy()
}

function acceptHttps(
  options: ReceptionOptions,
  front: HttpFront,
  socket: TLSSocket,
  authentication: AuthenticationType,
  domain: Domain | undefined,
): void {
  // Where a certificate is not asked for, nobody looks at one.
  const isAsked = authentication !== 'CUSTOM_AUTH' && authentication !== 'AWS_SIGV4'
  const peer = isAsked ? identifyPeer(socket, options, 'HTTP') : 'none'
  if (peer === 'refused') {
    socket.destroy()
  } else if (peer === 'candidate') {
    onceAsked(socket, 'HTTP', CONNECT_TIMEOUT_MS, () => registerPeer(socket, options, 'HTTP'))
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
  { admissions, peers }: ReceptionOptions,
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
