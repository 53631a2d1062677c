import type { IncomingMessage } from 'node:http'
import type { ServiceRoute } from '../foundation/http-route.ts'
import type { Peer } from '../foundation/peer.ts'
import type { HttpRoute } from './http-front.ts'
import { pathOf } from './mqtt-websocket.ts'

/**
 * A service's route as the HTTP front takes it.
 * @param peerOf who is behind the client certificate of the connection
 */
export function httpRoute(
  { method, path, handle }: ServiceRoute,
  peerOf: (request: IncomingMessage) => Peer | undefined,
): HttpRoute {
  const pattern = compilePath(path)
  const parametersOf = (request: IncomingMessage) =>
    method === undefined || request.method === method ? pattern(pathOf(request)) : undefined
  return {
    matches: (request) => parametersOf(request) !== undefined,
    handle: (request, response) =>
      handle(request, response, { peer: peerOf(request), parameters: parametersOf(request) ?? {} }),
  }
}

type Parameters = Readonly<Record<string, string>>

/** @returns the parameters of a path that matches, decoded; undefined for one that does not, or cannot be decoded */
function compilePath(template: string): (path: string) => Parameters | undefined {
  const below = template.endsWith('/*')
  const names: string[] = []
  const source = (below ? template.slice(0, -2) : template)
    .split(/\{(\w+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return RegExp.escape(part)
      names.push(part)
      return '([^/]+)'
    })
    .join('')
  const expression = new RegExp(`^${source}${below ? '(?:/.*)?' : ''}$`)
  return (path) => {
    const found = expression.exec(path)
    if (!found) return undefined
    try {
      return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]))
    } catch {
      return undefined
    }
  }
}
