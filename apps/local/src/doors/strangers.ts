import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { isPresigned } from '@thingdeck/sigv4'
import type { Admissions, RequestCredentials, Stranger, StrangerAuthentication } from '../foundation/admissions.ts'
import type { Domain, Domains } from '../foundation/domains.ts'
import type { Peer } from '../foundation/peer.ts'
import { plainAddress } from '../foundation/plain-address.ts'
import { ALPN_CUSTOM_AUTH } from './reception.ts'
import { signedParts } from './signed-parts.ts'

/** What TLS (SNI), or of an unencrypted request `Host`, names. */
export function serverNameOf(socket: Socket, request?: IncomingMessage): string | undefined {
  if (socket instanceof TLSSocket) {
    return typeof socket.servername === 'string' && socket.servername !== '' ? socket.servername : undefined
  }
  return request?.headers.host?.replace(/:\d*$/, '')
}

export interface StrangerAt {
  readonly authentication: StrangerAuthentication
  readonly domain: Domain | undefined
  readonly device?: Peer | undefined
  /** The upgrade to a WebSocket, or the request. */
  readonly request?: IncomingMessage | undefined
}

/** Somebody at a door of whom only the connection, and perhaps a request, is known. */
export function strangerAt(socket: Socket, { authentication, domain, device, request }: StrangerAt): Stranger {
  return {
    kind: 'stranger',
    authentication,
    serverName: serverNameOf(socket, request),
    isEncrypted: socket instanceof TLSSocket,
    domain,
    http: request && requestCredentials(request),
    device,
    certificateChain: device && socket instanceof TLSSocket ? chainOf(socket) : [],
    socket: {
      sourceIp: plainAddress(socket.remoteAddress),
      sourcePort: socket.remotePort ?? 0,
      targetIp: plainAddress(socket.localAddress),
      targetPort: socket.localPort ?? 0,
    },
  }
}

/** Clients send some few; a chain of their making may go round in circles. */
const MAX_CHAIN = 10

function chainOf(socket: TLSSocket): string[] {
  const chain: string[] = []
  let certificate = socket.getPeerX509Certificate()
  while (certificate && chain.length < MAX_CHAIN && !chain.includes(certificate.toString())) {
    chain.push(certificate.toString())
    certificate = certificate.issuerCertificate
  }
  return chain
}

function requestCredentials(request: IncomingMessage): RequestCredentials {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(signedParts(request).headers)) {
    if (value !== undefined) headers[name] = value
  }
  const { url = '' } = request
  const mark = url.indexOf('?')
  return { headers, queryString: mark < 0 ? '' : url.slice(mark) }
}

/** Whether a request is signed, in its headers or in its address. */
export const isSigned = ({ headers, url }: IncomingMessage): boolean =>
  headers.authorization?.startsWith('AWS4-') === true || isPresigned(url ?? '')

export interface HttpStrangersOptions {
  readonly domains: Domains
  readonly admissions: Admissions
  /** Who is behind the client certificate of a connection, where that alone is not enough. */
  readonly deviceOf: (request: IncomingMessage) => Peer | undefined
}

/** Finds those who come over HTTP with neither a signature nor a certificate that is enough. */
export class HttpStrangers {
  readonly #options: HttpStrangersOptions

  constructor(options: HttpStrangersOptions) {
    this.#options = options
  }

  /** Who is behind the client certificate of a connection, where that alone is not enough. */
  deviceOf(request: IncomingMessage): Peer | undefined {
    return this.#options.deviceOf(request)
  }

  domainOf(request: IncomingMessage): Domain | undefined {
    const name = serverNameOf(request.socket, request)
    return name === undefined ? undefined : this.#options.domains.find(name)
  }

  /** Who calls where an authorizer is to be asked; undefined where it is somebody who signs, or who brings nothing. */
  find(request: IncomingMessage): Stranger | undefined {
    const domain = this.domainOf(request)
    const authentication = domain?.authenticationType ?? 'DEFAULT'
    if (authentication === 'CUSTOM_AUTH_X509') {
      const device = this.deviceOf(request)
      return device && strangerAt(request.socket, { authentication, domain, device, request })
    }
    if (authentication !== 'CUSTOM_AUTH' && authentication !== 'DEFAULT') return undefined
    if (isSigned(request)) return undefined
    const stranger = strangerAt(request.socket, { authentication: 'CUSTOM_AUTH', domain, request })
    if (authentication === 'CUSTOM_AUTH' || agreedOnCustomAuth(request.socket)) return stranger
    const { admissions } = this.#options
    const isMeant = admissions.hasDefault(domain) || (stranger.http && admissions.areBrought(stranger.http))
    return isMeant ? stranger : undefined
  }
}

const agreedOnCustomAuth = (socket: Socket): boolean =>
  socket instanceof TLSSocket && socket.alpnProtocol === ALPN_CUSTOM_AUTH
