import {
  Agent,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerResponse,
  request as send,
} from 'node:http'
import { pipeline } from 'node:stream/promises'
import { AwsError } from '@thingdeck/aws-api'
import type { ForwardedRequest } from '../../foundation/forwarded-api.ts'

/** Of one connection, or of how the body came. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const agent = new Agent({ keepAlive: true, timeout: 60_000 })

/**
 * Has the server behind a socket of this machine answer, as it goes along. A client that goes ends its request there,
 * too, also while the server starts: nobody receives a message for one who no longer waits.
 * @param socketOf where the server listens, once it does
 * @throws {AwsError} ServiceUnavailableException where nothing was answered
 */
export async function forwardRequest(
  { method, url, headers, body }: ForwardedRequest,
  socketOf: () => Promise<string>,
  response: ServerResponse,
): Promise<void> {
  let isGone = false
  response.once('close', () => {
    isGone = true
  })
  const socketPath = await socketOf()
  if (isGone) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const request = send({
    agent,
    socketPath,
    method,
    path: url,
    headers: { ...passedOn(headers), 'content-length': body.length },
  })
  const abort = () => request.destroy()
  response.once('close', abort)
  request.once('error', (error) => {
    if (response.headersSent || response.destroyed) {
      response.destroy()
      resolve()
    } else reject(new AwsError('ServiceUnavailableException', `The service did not answer: ${error.message}`))
  })
  request.once('response', (answer) => {
    const { 'content-length': length } = answer.headers
    const framed = length === undefined ? {} : { 'content-length': length }
    response.writeHead(answer.statusCode ?? 502, { ...passedOn(answer.headers), ...framed })
    // Either end may go while the answer is under way, which the other sees as the connection's end.
    pipeline(answer, response).then(resolve, () => resolve())
  })
  request.end(body)
  await promise.finally(() => response.removeListener('close', abort))
}

function passedOn(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !(OF_THE_CONNECTION.has(name) || name.startsWith(':'))),
  )
}
