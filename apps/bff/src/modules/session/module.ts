import { endpoints } from '@thingdeck/contract'
import { personOf } from '../../plugins/access.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'
import { createPendingSignIns } from './pending-sign-ins.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** Signing in and out, who is there, and what they may do over MQTT. */
export const session: Module = {
  name: 'session',
  routes(app, { config, signIns: { issuer, mqttAccess }, stores }) {
    signInRoutes(app, {
      issuer,
      mqttAccess,
      sessions: stores.sessions,
      pendingSignIns: createPendingSignIns(config),
      publicUrl: config.publicUrl,
    })

    route(app, endpoints.getSession, async (request) => ({
      person: personOf(request),
      account: config.account,
      region: config.region,
      environment: config.environment,
    }))

    route(app, endpoints.openMqttSession, async (request, reply) => {
      const person = personOf(request)
      // Fresh ones: they were renewed where they had run out.
      const tokens = request.session.get('tokens')
      if (!tokens) throw new Problem('SIGNED_OUT', 'Sign in first.')
      reply.header('cache-control', 'no-store')
      const { identityId, session } = await mqttAccess.open(tokens.idToken, person)
      if (request.session.identityId !== identityId) request.session.set('identityId', identityId)
      return session
    })
  },
}
