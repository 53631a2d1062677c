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
  routes(app, { config, signIns: { issuer, mqttAccess, grants } }) {
    signInRoutes(app, {
      issuer,
      grants,
      pendingSignIns: createPendingSignIns(config),
      publicUrl: config.publicUrl,
    })

    route(app, endpoints.getSession, async (request) => ({
      person: personOf(request),
      account: config.account,
      region: config.region,
      environment: config.environment,
    }))

    route(app, endpoints.openMqttSession, async (request) => {
      const person = personOf(request)
      // Fresh ones: they were renewed where they had run out.
      const tokens = request.session.get('tokens')
      if (!tokens) throw new Problem('SIGNED_OUT', 'Sign in first.')
      const identityId = await mqttAccess.identityOf(tokens.idToken)
      const { tab, generation = 0 } = request.query
      const connection = tab === undefined ? undefined : { tab, generation }
      await grants.given(identityId, person.id, request.session.sessionId, connection)
      return mqttAccess.open(identityId, tokens.idToken, person)
    })
  },
}
