import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Peer } from './peer.ts'

/** What a route's handler is told beside the request. */
export interface RouteVisit {
  /** Who is behind the client certificate of the connection, while that is good. */
  readonly peer: Peer | undefined
  /** Decoded values of the path's parameters. */
  readonly parameters: Readonly<Record<string, string>>
}

/** Where a route is. */
interface RoutePlace {
  /** Undefined for all. */
  readonly method?: 'GET' | 'POST' | undefined
  /** `/role-aliases/{alias}/credentials`; `/oidc/*` is `/oidc` and everything below it. */
  readonly path: string
}

/** What goes out to whoever asked. */
export interface RouteAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A route that says what to answer, and whose answer goes out once everything that it wrote or published is durable. */
export interface AnsweringRoute extends RoutePlace {
  /** What it throws is a fault of the server, which answers 500. */
  readonly answer: (request: IncomingMessage, visit: RouteVisit) => RouteAnswer | Promise<RouteAnswer>
}

/**
 * A route that writes the response itself, as it goes along: a library's, for which nobody can wait. It does not publish:
 * what the broker keeps for those who are away is written later than the response (`Database.runDeferred`). What it
 * stores by `Database.run` is durable as that returns.
 */
export interface WritingRoute extends RoutePlace {
  readonly handle: (request: IncomingMessage, response: ServerResponse, visit: RouteVisit) => void | Promise<void>
}

/** A path of HTTP that no AWS API has, and that a service answers itself. */
export type ServiceRoute = AnsweringRoute | WritingRoute
