import type { IncomingMessage, ServerResponse } from 'node:http'
import { type HttpHandler, type HttpRoute, routeUnder } from './http-front.ts'
import { pathOf } from './mqtt-websocket.ts'

/** What is asked of the rest of the server. */
export interface LocalRoutesOptions {
  readonly rootCaPem: string
  /** The root of clients that can check no ECDSA signature; made when it is first asked for. */
  readonly rsaRootCaPem: () => Promise<string>
  /** Operations of each service, and which are there. */
  readonly coverage: () => Promise<unknown>
  /** Empties the account; absent where that is not allowed. */
  readonly reset?: (() => void) | undefined
  /** Looks at all of the database. */
  readonly integrity: () => Promise<object>
  /** What was refused lately, the latest first. */
  readonly refusals: () => readonly object[]
  /** Why the request is not the account's administrator's; undefined if it is. */
  readonly whyNotAdministrator: (request: IncomingMessage) => string | undefined
}

/** The server's own paths, which AWS does not have: `/_local/…`. */
export function localRoutes(options: LocalRoutesOptions): HttpRoute {
  const forAdministrator =
    (handle: (response: ServerResponse) => void | Promise<void>): HttpHandler =>
    (request, response) => {
      const reason = options.whyNotAdministrator(request)
      if (reason === undefined) return handle(response)
      json(response, 403, { message: reason })
    }
  const routes: Record<string, HttpHandler> = {
    'GET /_local/health': (_request, response) => json(response, 200, { status: 'ok' }),
    'GET /_local/root-ca.pem': (_request, response) => pem(response, options.rootCaPem),
    'GET /_local/root-ca-rsa.pem': async (_request, response) => pem(response, await options.rsaRootCaPem()),
    'GET /_local/coverage': async (_request, response) => json(response, 200, await options.coverage()),
    'GET /_local/refusals': forAdministrator((response) => json(response, 200, { refusals: options.refusals() })),
    'GET /_local/integrity': forAdministrator(async (response) => json(response, 200, await options.integrity())),
    'POST /_local/reset': (_request, response) => {
      if (!options.reset) {
        json(response, 403, { message: 'Start the server with --allow-reset to allow this' })
        return
      }
      options.reset()
      response.writeHead(204).end()
    },
  }
  return routeUnder('/_local', (request, response) => {
    const route = `${request.method} ${pathOf(request)}`
    const handler = routes[route]
    if (handler) return handler(request, response)
    json(response, 404, { message: `There is no ${route}` })
  })
}

function pem(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/x-pem-file' }).end(text)
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
