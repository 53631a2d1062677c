import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  constants,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { Socket } from 'node:net'
import { peek } from './peek.ts'

/** How HTTP/2 begins where nobody has asked for it (RFC 9113 §3.3): no request of HTTP/1.1 has such a method. */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')

/** After so long without a frame a connection is ended, as one of HTTP/1.1 is. */
const IDLE_MS = 75_000

/** So long a request may take to come whole, as with Node's server of HTTP/1.1; pings keep no half of one alive. */
const REQUEST_MS = 300_000

/** Of one client at once; what is more waits. */
const MAX_STREAMS = 100

export interface CleartextHttp2 {
  accept(socket: Socket): void
  /** Those that have no request are ended now, the others after their last. */
  shut(): void
  close(): void
}

/** HTTP/2 without TLS: some clients speak nothing else, the JavaScript SDK's of Kinesis among them. */
export function createCleartextHttp2(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): CleartextHttp2 {
  // Node's "compatibility API" is made so that handlers of HTTP/1.1 can be used. Its types are not theirs, since they
  // lack what nothing here uses: `headersDistinct`, `trailersDistinct` and `signal` of a request, and of a response its
  // socket's part (`assignSocket`, `writeInformation`).
  const handleStream = handle as unknown as (request: Http2ServerRequest, response: Http2ServerResponse) => void
  const sessions = new Set<ServerHttp2Session>()
  const server = createServer({ settings: { maxConcurrentStreams: MAX_STREAMS } }, (request, response) => {
    endSlow(request)
    request.headers.host ??= request.headers[':authority']
    handleStream(request, response)
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.setTimeout(IDLE_MS, () => session.destroy())
    session.on('close', () => sessions.delete(session))
    session.on('error', () => session.destroy())
  })
  return {
    accept: (socket) => void server.emit('connection', socket),
    shut: () => {
      for (const session of sessions) session.close()
    },
    close: () => {
      for (const session of sessions) session.destroy()
    },
  }
}

function endSlow({ stream }: Http2ServerRequest): void {
  // Whole with its head: its end may never be read, and its answer takes as long as it takes.
  if (stream.endAfterHeaders) return
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), REQUEST_MS).unref()
  stream.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
}

/**
 * Whether a client speaks HTTP/2 from its first byte on; what it said stays in the socket.
 * @param timeoutMs after which a socket that has said nothing is dropped
 */
export function peekHttp2(socket: Socket, timeoutMs: number, onKnown: (isHttp2: boolean) => void): void {
  const read = (seen: Buffer): boolean | 'incomplete' => {
    const length = Math.min(seen.length, PREFACE.length)
    if (!seen.subarray(0, length).equals(PREFACE.subarray(0, length))) return false
    return length === PREFACE.length || 'incomplete'
  }
  peek(socket, timeoutMs, read, onKnown)
}
