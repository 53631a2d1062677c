import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { AwsError } from '@thingdeck/aws-api'
import type { BrowserGuard } from './browser-guard.ts'
import { createCleartextHttp2, peekHttp2 } from './cleartext-http2.ts'
import { pathOf } from './mqtt-websocket.ts'

/** Answers a request. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** Requests that are answered by a handler of their own. */
export interface HttpRoute {
  readonly matches: (request: IncomingMessage) => boolean
  readonly handle: HttpHandler
}

/** The route of everything at and below a path. */
export function routeUnder(prefix: string, handle: HttpHandler): HttpRoute {
  return {
    matches: (request) => {
      const path = pathOf(request)
      return path === prefix || path.startsWith(`${prefix}/`)
    },
    handle,
  }
}

export interface HttpFrontOptions {
  /** Asked before anything answers; upgrades ask it themselves. */
  readonly guard: BrowserGuard
  /** The first that matches is taken. */
  readonly routes: readonly HttpRoute[]
  /** The rest: the AWS APIs. */
  readonly fallback: HttpHandler
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly onRefused: (request: IncomingMessage, error: AwsError) => void
  readonly onFault: (error: unknown) => void
}

/** Speaks HTTP over sockets that others accepted: plain ones and encrypted ones. */
export interface HttpFront {
  accept(socket: Socket): void
  /** The same for a socket without TLS, on which HTTP/2 may be spoken as well. */
  acceptCleartext(socket: Socket): void
  /** Takes no new requests; those that are being answered are answered. */
  shut(): void
  close(): void
}

/** Longer than SDK clients keep idle connections: one that is closed under a request fails it. */
const KEEP_ALIVE_MS = 75_000
/** As long as Node's server waits for the headers of a request. */
const FIRST_BYTES_TIMEOUT_MS = 60_000

/** What a request is answered that is not even read to its end, by the parser's error code. */
const STATUS_OF_FAULT: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/**
 * Other protocols are not upgraded to, and such a request is answered as if it had not asked (RFC 9110 §7.8): HTTP
 * clients that would rather speak HTTP/2, Java's and curl's among them, offer `h2c` with every first request.
 */
function asksForWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket'
}

export function createHttpFront(options: HttpFrontOptions): HttpFront {
  const { guard, routes, fallback, onUpgrade, onRefused, onFault } = options
  let isShut = false
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isShut) return void response.writeHead(503, { connection: 'close' }).end()
    const refusal = guard(request)
    if (refusal) {
      onRefused(request, refusal)
      return refuse(request, response, refusal)
    }
    const route = routes.find(({ matches }) => matches(request))
    return (route?.handle ?? fallback)(request, response)
  }
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      onFault(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal server error"}')
    })
  }
  const http2 = createCleartextHttp2(onRequest)
  const server = createServer({ shouldUpgradeCallback: asksForWebSocket }, onRequest)
  server.keepAliveTimeout = KEEP_ALIVE_MS
  server.on('upgrade', (request, socket, head) => {
    if (isShut) socket.destroy()
    else onUpgrade(request, socket, head)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = STATUS_OF_FAULT[error.code ?? ''] ?? '400 Bad Request'
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
    else socket.destroy()
  })
  // A server checks its time limits for slow requests only once it listens, and this one never does itself.
  server.emit('listening')
  return {
    accept: (socket) => void server.emit('connection', socket),
    acceptCleartext: (socket) =>
      peekHttp2(socket, FIRST_BYTES_TIMEOUT_MS, (isHttp2) => {
        if (isHttp2) http2.accept(socket)
        else server.emit('connection', socket)
      }),
    shut: () => {
      isShut = true
      http2.shut()
      server.closeIdleConnections()
    },
    close: () => {
      http2.close()
      server.close(() => {})
      server.closeAllConnections()
    },
  }
}

/** Who reads it: a person whose browser opened a page, or a program that expects what AWS answers. */
function refuse(request: IncomingMessage, response: ServerResponse, { name, message }: AwsError): void {
  const isPage = request.headers.accept?.includes('text/html') === true
  request.resume()
  response
    .writeHead(403, {
      'content-type': isPage ? 'text/plain; charset=utf-8' : 'application/json',
      'x-amzn-ErrorType': name,
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    .end(isPage ? `${message}\n` : JSON.stringify({ message }))
}
