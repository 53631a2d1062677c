import rateLimit from '@fastify/rate-limit'
import { isServerPath } from '@thingdeck/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import { Problem } from '../problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How often this route may be called from one address in a minute, beside what holds for all. */
    mostPerMinute?: number
  }
}

/** From one address: people behind one proxy share it. */
const MOST_PER_MINUTE = 1_200
/** The web app's own files, of which one page is dozens: they cost little, and keep nobody from what is asked. */
const MOST_FILES_PER_MINUTE = 24_000
const MINUTE_MS = 60_000

/**
 * Counts every request before anything else is asked of it, whoever it is from and whatever becomes of it: a request
 * that is refused costs as much as another.
 */
export const limitRates = plugin(async (app) => {
  // Its own hooks belong to single routes, and would run after everything that the application does for all of them.
  await app.register(rateLimit, { global: false })
  const limiter = (max: number) => app.createRateLimit({ max, timeWindow: MINUTE_MS })
  const ofAll = limiter(MOST_PER_MINUTE)
  const ofFiles = limiter(MOST_FILES_PER_MINUTE)
  const ofRoutes = new Map<string, ReturnType<typeof limiter>>()
  const nameOf = ({ method, url }: { method: string | string[] | undefined; url: string | undefined }) =>
    `${method} ${url}`

  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.mostPerMinute !== undefined) ofRoutes.set(nameOf({ method, url }), limiter(config.mostPerMinute))
  })

  app.addHook('onRequest', async (request, reply) => {
    await count(isServerPath(request.url) ? ofAll : ofFiles, request, reply)
    const ofRoute = ofRoutes.get(nameOf(request.routeOptions))
    if (ofRoute) await count(ofRoute, request, reply)
  })

  async function count(limit: ReturnType<typeof limiter>, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const counted = await limit(request)
    if (counted.isAllowed) return
    reply.header('x-ratelimit-limit', counted.max)
    reply.header('x-ratelimit-remaining', counted.remaining)
    reply.header('x-ratelimit-reset', counted.ttlInSeconds)
    if (!counted.isExceeded) return
    reply.header('retry-after', counted.ttlInSeconds)
    throw new Problem(
      'TOO_MANY_REQUESTS',
      `More than ${counted.max} requests in a minute: try again in ${counted.ttlInSeconds} s.`,
    )
  }
})
