import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_URL_SCHEME,
} from '@opentelemetry/semantic-conventions'
import { isServerPath } from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { TracingConfig } from '../../tracing-config.ts'
import { makeAwsSpans } from './aws-spans.ts'
import { createProvider } from './provider.ts'

/** Who asks for the end of the console waits no longer than this for a collector. */
const LAST_SENDING_MS = 5_000

/** What is not in a list of methods is a word of a stranger's. @see OpenTelemetry semantic conventions, "HTTP spans" */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const propagator = new W3CTraceContextPropagator()

/**
 * The trace that a request is part of. Only proxies that are trusted may say so, as with the address of whoever asks:
 * those are there whose `X-Forwarded-For` Fastify believed.
 */
const parentOf = ({ ips = [], headers }: FastifyRequest): Context =>
  ips.length > 1 ? propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT

/**
 * A trace for each request to the server, with a span for each call to AWS that it makes; the web app's own files and
 * questions about health make none. A request is told by its route: no name of a thing, no query (that of a sign-in holds a
 * code), no header, no body, no person and no address is in a span. The trace's id is in the log's lines, in the header
 * `x-trace-id`, and in problems.
 */
export const tracing = plugin<TracingConfig>(async (app, config) => {
  const provider = await createProvider(config, app.log)
  const tracer = provider.getTracer('thingdeck')
  const current = new AsyncLocalStorage<Span>()
  const spans = new WeakMap<FastifyRequest, Span>()
  const stop = makeAwsSpans(tracer, () => current.getStore())

  app.addHook('onRequest', (request, reply, done) => {
    if (!isServerPath(request.url)) return done()
    const method = METHODS.has(request.method) ? request.method : '_OTHER'
    const { url: route } = request.routeOptions
    const span = tracer.startSpan(
      route === undefined ? method : `${method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          [ATTR_HTTP_REQUEST_METHOD]: method,
          [ATTR_URL_SCHEME]: request.protocol,
          ...(route !== undefined && { [ATTR_HTTP_ROUTE]: route }),
          'thingdeck.request_id': request.id,
        },
      },
      parentOf(request),
    )
    spans.set(request, span)
    const { traceId } = span.spanContext()
    request.traceId = traceId
    request.log = reply.log = request.log.child({ traceId })
    reply.header('x-trace-id', traceId)
    current.run(span, done)
  })

  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request)
    if (span === undefined) return
    span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, reply.statusCode)
    if (reply.statusCode >= 500) {
      span.setAttribute(ATTR_ERROR_TYPE, request.auditProblem?.code ?? String(reply.statusCode))
      span.setStatus({ code: SpanStatusCode.ERROR })
    }
    span.end()
  })

  app.addHook('onClose', async () => {
    stop()
    const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_SENDING_MS).unref())
    await Promise.race([provider.shutdown().catch((error: unknown) => app.log.warn(error, 'traces')), late])
  })
})
