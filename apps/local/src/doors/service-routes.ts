import type { IncomingMessage } from 'node:http'
import type { Database } from '../foundation/database.ts'
import type { ServiceRoute, WritingRoute } from '../foundation/http-route.ts'
import type { Peer } from '../foundation/peer.ts'
import type { HttpRoute } from './http-front.ts'
import { pathOf } from './mqtt-websocket.ts'

/**
 * A service's route as one that writes its response, which it does when its answer may go out.
 * @param durably does something, and resolves once what that wrote is durable
 */
export function durableRoute(route: ServiceRoute, durably: Database['durably']): WritingRoute {
  if (!('answer' in route)) return route
  const { answer, ...place } = route
  return {
    ...place,
    handle: async (request, response, visit) => {
      const { status, headers, body } = await durably(() => answer(request, visit))
      response.writeHead(status, headers).end(body)
    },
  }
}

/**
 * A service's route as the HTTP front takes it.
 * @param peerOf who is behind the client certificate of the connection
 */
export function httpRoute(
  { method, path, handle }: WritingRoute,
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
