import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { pathOf } from './mqtt-websocket.ts'

/** Answers a request. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

export interface HttpFrontOptions {
  /** By the first segments of the path, e.g. `/oidc`; the longest that fits is taken. */
  readonly routes: Readonly<Record<string, HttpHandler>>
  /** The rest: the AWS APIs. */
  readonly fallback: HttpHandler
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly onFault: (error: unknown) => void
}

/** Speaks HTTP over sockets that others accepted: plain ones and encrypted ones. */
export interface HttpFront {
  accept(socket: Socket): void
  close(): void
}

export function createHttpFront({ routes, fallback, onUpgrade, onFault }: HttpFrontOptions): HttpFront {
  const prefixes = Object.keys(routes).sort((a, b) => b.length - a.length)
  const handlerFor = (path: string): HttpHandler => {
    const prefix = prefixes.find((candidate) => path === candidate || path.startsWith(`${candidate}/`))
    return (prefix !== undefined && routes[prefix]) || fallback
  }
  const server = createServer((request, response) => {
    Promise.resolve(handlerFor(pathOf(request))(request, response)).catch((error: unknown) => {
      onFault(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal server error"}')
    })
  })
  server.on('upgrade', onUpgrade)
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  // A server checks its time limits for slow requests only once it listens, and this one never does itself.
  server.emit('listening')
  return {
    accept: (socket) => void server.emit('connection', socket),
    close: () => {
      server.close(() => {})
      server.closeAllConnections()
    },
  }
}
