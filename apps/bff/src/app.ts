import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify'
import { createArns } from './aws/arns.ts'
import type { Shadows } from './aws/shadows.ts'
import type { Things } from './aws/things.ts'
import type { Config } from './config.ts'
import { RequestLog } from './logger.ts'
import { auditRoutes } from './modules/audit/routes.ts'
import { bulkChangeRoutes } from './modules/bulk-changes/routes.ts'
import type { Certificates } from './modules/certificates/certificates.ts'
import { certificateRoutes } from './modules/certificates/routes.ts'
import type { Issuer } from './modules/session/issuer.ts'
import type { MqttAccess } from './modules/session/mqtt-access.ts'
import { sessionRoutes } from './modules/session/routes.ts'
import { authRoutes } from './modules/session/sign-in-routes.ts'
import { shadowAuditRoutes } from './modules/shadows/audit-routes.ts'
import { shadowRoutes } from './modules/shadows/routes.ts'
import type { Fleet } from './modules/things/fleet.ts'
import { fleetRoutes } from './modules/things/fleet-routes.ts'
import { createRegistrySearch } from './modules/things/registry-search.ts'
import { thingRoutes } from './modules/things/routes.ts'
import { access } from './plugins/access.ts'
import { audit } from './plugins/audit/audit.ts'
import { createAuditTrail } from './plugins/audit/audit-trail.ts'
import { OPENAPI_PATH, openapi } from './plugins/openapi.ts'
import { limitRates } from './plugins/rate-limit.ts'
import { securityHeaders } from './plugins/security-headers.ts'
import { sessions } from './plugins/sessions.ts'
import { webApp } from './plugins/web-app.ts'
import { toProblem } from './problem.ts'
import type { State } from './stores/stores.ts'

/** What the application is made with; each is an interface, so that a test may stand in one. */
export interface AppServices {
  readonly config: Config
  readonly logger: FastifyBaseLogger | false
  /** Origin of the MQTT endpoint, e.g. `wss://HOST`: the one foreign address that pages connect to. */
  readonly mqttOrigin: string
  readonly issuer: Issuer
  readonly mqttAccess: MqttAccess
  readonly things: Things
  readonly fleet: Fleet
  readonly certificates: Certificates
  readonly shadows: Shadows
  /** What lives longer than a request. The application closes it when it is closed itself. */
  readonly state: State
}

/** The whole BFF, not yet listening. */
export async function buildApp(services: AppServices): Promise<FastifyInstance> {
  const { config, logger, issuer, mqttAccess, things, fleet, certificates, shadows, state } = services
  const https = config.publicUrl.protocol === 'https:'
  const app = Fastify({
    ...(logger ? { loggerInstance: logger } : {}),
    logController: new RequestLog(),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    trustProxy: https, // TLS ends at a proxy before us, which says who the client is
    bodyLimit: 256 * 1024,
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.addHook('onClose', () => state.close())
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.setErrorHandler(async (error: FastifyError, request, reply) => {
    const problem = toProblem(error, request.id)
    request.auditProblem = problem
    if (problem.status >= 500) request.log.error(error, problem.title)
    else request.log.info({ code: problem.code, detail: problem.detail }, 'refused')
    return reply.code(problem.status).type('application/problem+json').send(problem)
  })

  await app.register(securityHeaders, { connectTo: [services.mqttOrigin], https })
  await app.register(limitRates)
  const trail = createAuditTrail(state.audit, app.log)
  await app.register(sessions, { secret: config.sessionSecret, secure: https, store: state.sessions })
  await app.register(access, {
    origin: config.publicUrl.origin,
    ofPlugins: [
      { path: OPENAPI_PATH, access: 'viewer' },
      { path: '/*', access: 'public' }, // the web app's own files
    ],
  })
  await app.register(audit, { trail })
  await app.register(openapi)

  const arns = createArns(config)
  await app.register(authRoutes, { issuer, publicUrl: config.publicUrl })
  await app.register(sessionRoutes, { config, issuer, mqttAccess })
  await app.register(thingRoutes, { things })
  await app.register(fleetRoutes, { fleet, registry: createRegistrySearch(things) })
  await app.register(certificateRoutes, { certificates })
  await app.register(shadowRoutes, { shadows, arns })
  await app.register(bulkChangeRoutes, { things, shadows, arns, trail, records: state.bulkChanges })
  await app.register(shadowAuditRoutes, { trail, arns })
  await app.register(auditRoutes, { store: state.audit })
  await app.register(webApp, { root: config.webRoot })
  return app
}
