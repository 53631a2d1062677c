import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Peer } from './peer.ts'

/** What a route's handler is told beside the request. */
export interface RouteVisit {
  /** Who is behind the client certificate of the connection, while that is good. */
  readonly peer: Peer | undefined
  /** Decoded values of the path's parameters. */
  readonly parameters: Readonly<Record<string, string>>
}

/** A path of HTTP that no AWS API has, and that a service answers itself. */
export interface ServiceRoute {
  /** Undefined for all. */
  readonly method?: 'GET' | 'POST' | undefined
  /** `/role-aliases/{alias}/credentials`; `/oidc/*` is `/oidc` and everything below it. */
  readonly path: string
  readonly handle: (request: IncomingMessage, response: ServerResponse, visit: RouteVisit) => void | Promise<void>
}
