import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { MqttSession, Session } from '@thingdeck/contract'
import type { Config } from '../../config.ts'
import { personOf } from '../../plugins/access.ts'
import { Problem } from '../../problem.ts'
import type { Issuer } from './issuer.ts'
import type { MqttAccess } from './mqtt-access.ts'

export const sessionRoutes: FastifyPluginAsyncTypebox<{
  config: Pick<Config, 'account' | 'region' | 'environment'>
  issuer: Issuer
  mqttAccess: MqttAccess
}> = async (app, { config, issuer, mqttAccess }) => {
  app.get(
    '/api/session',
    { config: { access: 'viewer' }, schema: { response: { 200: Session } } },
    async (request) => ({
      person: personOf(request),
      account: config.account,
      region: config.region,
      environment: config.environment,
    }),
  )

  app.get(
    '/api/session/mqtt',
    { config: { access: 'viewer' }, schema: { response: { 200: MqttSession } } },
    async (request, reply) => {
      const person = personOf(request)
      const held = request.session.get('tokens')
      if (!held) throw new Problem('SIGNED_OUT', 'Sign in first.')
      const tokens = await issuer.renew(held)
      if (tokens !== held) request.session.set('tokens', tokens)
      reply.header('cache-control', 'no-store')
      return mqttAccess.open(tokens.idToken, person.role)
    },
  )
}
