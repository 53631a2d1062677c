import { type AnswerOf, type BodyOf, type Endpoint, isDocument, type ParamsOf, type QueryOf } from '@thingdeck/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { Type } from 'typebox'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this route is made from: who may call it and what it is in the audit trail are read there. */
    endpoint?: Endpoint
  }
}

/** A request that passed the schemas of its endpoint. */
export type EndpointRequest<E> = FastifyRequest<{
  Params: ParamsOf<E>
  Querystring: QueryOf<E>
  Body: BodyOf<E>
}>

/** Does what an endpoint is for; of a redirect it answers the address. Errors leave by `throw`. */
export type EndpointHandler<E> = (request: EndpointRequest<E>, reply: FastifyReply) => Promise<AnswerOf<E>>

export interface RouteExtras {
  /** Of one address: see the plugin that limits rates. */
  readonly mostPerMinute?: number
  readonly errorHandler?: RouteOptions['errorHandler']
}

/**
 * The route of an endpoint, with everything that the contract says of it: method, path, schemas, status. Requests with
 * a member that the contract does not name are refused.
 */
export function route<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handle: EndpointHandler<E>,
  { mostPerMinute, errorHandler }: RouteExtras = {},
): void {
  const { method, path, body, answer, mostBodyBytes } = endpoint
  const options: RouteOptions = {
    method,
    url: path,
    config: { endpoint, ...(mostPerMinute !== undefined && { mostPerMinute }) },
    schema: schemaOf(endpoint),
    ...(mostBodyBytes !== undefined && { bodyLimit: mostBodyBytes }),
    ...(errorHandler && { errorHandler }),
    async handler(request, reply) {
      // The schemas of the endpoint, which stand right above, have made it such a request.
      const answered: unknown = await handle(request as EndpointRequest<E>, reply)
      if (answer.kind === 'json') return reply.code(answer.status).send(answered)
      if (answer.kind === 'redirect') return reply.redirect(String(answered))
      if (answer.kind === 'empty' || answered === '') return reply.code(204).send()
      return reply.type('application/json').send(answered)
    },
  }
  if (body === undefined || !isDocument(body)) {
    app.route(options)
    return
  }
  app.register(async (scope) => {
    // Parsing a document here would round numbers beyond 2^53.
    scope.removeContentTypeParser('application/json')
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: body.maxBytes }, (_, text, done) =>
      done(null, text),
    )
    scope.route(options)
  })
}

const NO_QUERY = Type.Object({}, { additionalProperties: false })
/** Nothing, or an object without a member. */
const NO_BODY = Type.Unsafe<undefined>({ type: ['object', 'null'], additionalProperties: false })

function schemaOf({ name, summary, method, path, params, query, body, answer }: Endpoint) {
  return {
    operationId: name,
    summary,
    tags: [path.startsWith('/auth/') ? 'session' : (path.split('/')[2] ?? '')],
    ...(params && { params }),
    querystring: query ?? NO_QUERY,
    ...(method !== 'GET' && { body: body === undefined ? NO_BODY : isDocument(body) ? Type.String() : body }),
    // None for failures: what fails once the answer is being sent is Fastify's to say, in other members.
    ...(answer.kind === 'json' && { response: { [answer.status]: answer.schema } }),
  }
}
