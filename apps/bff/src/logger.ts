import { isServerPath } from '@thingdeck/contract'
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import pino, { type DestinationStream, type Logger } from 'pino'

/** Of a request, what may stand in a log: the query of sign-in addresses holds the authorization code, so none is kept. */
function request({ id, method, url, ip }: FastifyRequest) {
  return { id, method, path: url.split('?')[0], ip }
}

/**
 * JSON lines on standard error. Cookies, authorization headers, bodies and query strings are never logged.
 * @param destination where to write instead, for tests
 */
export function createLogger(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ name: 'bff', level, serializers: { req: request } }, destination)
}

/** One line for each answered request; the web app's own files, a dozen with every page, only at `debug`. */
export class RequestLog extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply): void {
    const facts = { req: request, status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) }
    if (error) reply.log.error({ ...facts, err: error }, 'the answer broke off')
    else if (isServerPath(request.url)) reply.log.info(facts, 'answered')
    else reply.log.debug(facts, 'answered')
  }
}
