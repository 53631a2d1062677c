import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Aws } from './aws/aws.ts'
import type { Config } from './config.ts'
import { lazySchemas } from './lazy-schemas.ts'
import { RequestLog } from './logger.ts'
import { modules } from './modules/index.ts'
import { issuerSignIn } from './modules/session/issuer-sign-in.ts'
import type { MakeSignInWay } from './modules/session/sign-in-way.ts'
import { access } from './plugins/access.ts'
import { audit } from './plugins/audit/audit.ts'
import { createAuditTrail } from './plugins/audit/audit-trail.ts'
import { callers } from './plugins/callers.ts'
import { health } from './plugins/health.ts'
import { OPENAPI_PATH, openapi } from './plugins/openapi.ts'
import { ownMetrics } from './plugins/own-metrics.ts'
import { problems } from './plugins/problems.ts'
import { limitRates } from './plugins/rate-limit.ts'
import { renewal } from './plugins/renewal.ts'
import { securityHeaders } from './plugins/security-headers.ts'
import { createSessionKeys } from './plugins/session-keys.ts'
import { sessions } from './plugins/sessions.ts'
import { webApp } from './plugins/web-app.ts'
import { normalizedUrl } from './request-path.ts'
import type { Stores } from './stores/stores.ts'
import { trustOf } from './trusted-proxies.ts'

/** What the application is made with. */
export interface AppParts {
  readonly config: Config
  readonly logger: FastifyBaseLogger | false
  readonly aws: Aws
  /** What lives longer than a request. The application closes them when it is closed itself. */
  readonly stores: Stores
  /** How people sign in; left out, at the issuer that the configuration names. */
  readonly signIn?: MakeSignInWay
}

/** So long a request may take to come whole; Fastify's own default is forever. A document of a megabyte has the time. */
const REQUEST_TIMEOUT_MS = 120_000

/** The whole BFF, not yet listening. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { config, logger, aws, stores, signIn = issuerSignIn } = parts
  const https = config.publicUrl.protocol === 'https:'
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : {}),
    logController: new RequestLog(),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    rewriteUrl: ({ url = '/' }) => normalizedUrl(url),
    trustProxy: trustOf(config.trustedProxies), // whoever else sends X-Forwarded-For could be anybody
    bodyLimit: 256 * 1024,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Fastify's own limit is 100 characters as they stand in the address: names are longer, and `:` is `%3A` there. How long
    // each may be its endpoint says.
    routerOptions: { maxParamLength: 4_096 },
    // A member that nobody described is refused; the default takes it away in silence.
    ajv: { customOptions: { removeAdditional: false } },
    schemaController: { compilersFactory: lazySchemas() },
  })

  app.addHook('onClose', () => stores.close())
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  if (config.tracing) {
    const { tracing } = await import('./plugins/tracing/tracing.ts') // only those wait for it who want it
    await app.register(tracing, config.tracing)
  }
  await app.register(problems)
  await app.register(securityHeaders, { connectTo: [(await aws.endpoint.mqtt()).origin], https })
  await app.register(limitRates)
  await app.register(sessions, { secret: config.sessionSecret, secure: https, store: stores.sessions })
  const sessionKeys = createSessionKeys(config)
  const signInWay = signIn({ config, aws, stores, sessionKeys, log: app.log })
  app.addHook('onReady', async () => signInWay.start())
  app.addHook('onClose', async () => signInWay.close())
  await app.register(renewal, signInWay.renewal)
  await app.register(access, {
    nobody: () => signInWay.nobody(),
    origin: config.publicUrl.origin,
    ofPlugins: [
      { path: OPENAPI_PATH, access: 'viewer' },
      { path: '/*', access: 'anyone' }, // the web app's own files
    ],
  })
  const trail = createAuditTrail(stores.audit, app.log)
  await app.register(audit, { trail })
  await app.register(callers)
  await app.register(health, { storesAnswer: () => stores.answer() })
  await app.register(ownMetrics, { token: config.metricsToken })
  await app.register(openapi)
  for (const { routes } of modules) {
    await app.register(async (scope) => routes(scope, { config, aws, stores, trail, sessionKeys, signInWay }))
  }
  await app.register(webApp, { root: config.webRoot })
  return app
}
