import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { TLSSocket } from 'node:tls'
import { AwsError } from '@thingdeck/aws-api'
import { isPresigned } from '@thingdeck/sigv4'

export interface BrowserGuardOptions {
  /** Origins whose pages may call, as browsers write them. */
  readonly allowedOrigins: readonly string[]
  /** What the server is called beside the loopback names and its addresses: those of its certificate. */
  readonly names: readonly string[]
}

/** @returns why a request is refused; undefined for one that is let through */
export type BrowserGuard = (request: IncomingMessage) => AwsError | undefined

/**
 * Keeps foreign web pages from using an operator's browser to reach this server, whose administrator's key everybody
 * knows. AWS needs none of it: there a page that has no key can do nothing.
 *
 * - A request that says which page it comes from (`Origin`, or `Sec-Fetch-Site` where browsers leave that out) is let
 *   through for the server's own pages and the allowed ones. SDKs, the AWS CLI and devices send neither.
 * - A link leads here from wherever it stands, as those of a sign-in do; but not to an address that is signed itself, with
 *   which a page would have the person's browser call an API: those of IAM and STS are called by GET as well.
 * - A plain request must name the server by an address, a loopback name or its own: under any other name a page could
 *   have made the browser take this server for its own ("DNS rebinding"), and such requests show nothing else that gives
 *   them away. TLS needs no such rule, since the certificate names the server.
 *
 * @see Fetch Standard, "`Origin` header"; Fetch Metadata Request Headers (W3C), §2. Decision 0012.
 */
export function createBrowserGuard({ allowedOrigins, names }: BrowserGuardOptions): BrowserGuard {
  const allowed = new Set(allowedOrigins)
  // RFC 6761 §6.3: names within `localhost` never leave the machine.
  const ownNames = ['localhost', ...names.map((name) => name.toLowerCase())]
  return (request) => {
    const { origin, host: addressed = '' } = request.headers
    const isEncrypted = request.socket instanceof TLSSocket
    const name = nameOf(addressed)
    const isKnown = name === '' || isIP(name) !== 0 || ownNames.some((own) => isWithin(name, own))
    if (!(isKnown || isEncrypted)) {
      return refusal(
        `This server is not called ${name}. Start it with --host ${name} or --other-host ${name} if it is.`,
      )
    }
    if (origin === undefined) {
      if (isEmbedded(request)) return refusal('Pages of other sites may not embed what this server answers.')
      return isLedToCall(request) ? refusal('Pages of other sites may not lead to a signed address.') : undefined
    }
    const isOwn = isKnown && origin === `${isEncrypted ? 'https' : 'http'}://${addressed}`
    if (isOwn || allowed.has(origin)) return undefined
    return refusal(`Pages of ${origin} may not call this server. Start it with --allow-origin ${origin} to let them.`)
  }
}

const refusal = (message: string): AwsError => new AwsError('AccessDeniedException', message)

/** `localhost:7400` → `localhost`, `[::1]:7400` → `::1`. */
const nameOf = (host: string): string =>
  host
    .replace(/:\d*$/, '')
    .replace(/^\[|\]$|\.$/g, '')
    .toLowerCase()

/** SDKs put account ids and service names before an endpoint's name. */
const isWithin = (name: string, parent: string): boolean => name === parent || name.endsWith(`.${parent}`)

/** A picture, script or frame of another site: such requests carry no `Origin`, and can be signed in their address. */
function isEmbedded(request: IncomingMessage): boolean {
  return isOfAnotherSite(request) && request.headers['sec-fetch-dest'] !== 'document'
}

/**
 * A link of another site to a signed address. To plain names other than `localhost` browsers do not say where a request
 * comes from; there it is theirs if they say that they are browsers, and nobody else signs addresses for one.
 */
function isLedToCall(request: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'user-agent': agent = '' } = request.headers
  const isSilentBrowser = site === undefined && agent.startsWith('Mozilla/')
  return (isOfAnotherSite(request) || isSilentBrowser) && isPresigned(request.url ?? '')
}

function isOfAnotherSite({ headers: { 'sec-fetch-site': site } }: IncomingMessage): boolean {
  return site === 'cross-site' || site === 'same-site'
}
