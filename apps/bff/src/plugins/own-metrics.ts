import { createHash, timingSafeEqual } from 'node:crypto'
import plugin from 'fastify-plugin'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { onAttempt } from '../aws/calls/attempts.ts'

/** `/metrics` is a page of the console. */
const OWN_METRICS_PATH = '/-/metrics'

/** From a file that is in memory to a read that AWS is asked for page by page. */
const SECONDS = [0.005, 0.02, 0.1, 0.5, 2, 10, 30]

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * What this console counts of itself, in Prometheus' text format, for whoever has the token; without one there is no such
 * address. Names of things and people are no labels: an endpoint is its name in the contract.
 * @see https://prometheus.io/docs/practices/naming/
 */
export const ownMetrics = plugin<{ token: string | undefined }>(async (app, { token }) => {
  if (token === undefined) return
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'thingdeck_http_request_duration_seconds',
    help: 'Answered requests by endpoint, from their first byte to the last of the answer',
    labelNames: ['endpoint', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  const attempts = new Counter({
    name: 'thingdeck_aws_call_attempts_total',
    help: 'Attempts of calls to AWS; outcome is answered, throttled, refused or failed',
    labelNames: ['api', 'operation', 'outcome'],
    registers: [registry],
  })
  const listening = onAttempt(({ api, operation, outcome }) => attempts.inc({ api, operation, outcome }))
  app.addHook('onClose', async () => listening())

  app.addHook('onResponse', async ({ routeOptions }, reply) => {
    const endpoint = routeOptions.config.endpoint?.name ?? 'other'
    requests.observe({ endpoint, status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1_000)
  })

  const expected = hash(`Bearer ${token}`)
  app.get(
    OWN_METRICS_PATH,
    { config: { access: 'anyone' }, schema: { hide: true } },
    async ({ headers: { authorization = '' } }, reply) => {
      // Compared by their hashes, which are of one length, in a time that tells nothing.
      if (!timingSafeEqual(hash(authorization), expected)) {
        return reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .type('text/plain')
          .send('METRICS_TOKEN is asked for.\n')
      }
      return reply.type(registry.contentType).send(await registry.metrics())
    },
  )
})
