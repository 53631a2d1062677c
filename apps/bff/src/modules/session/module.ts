import { endpoints } from '@thingdeck/contract'
import { personOf } from '../../plugins/access.ts'
import { route } from '../../plugins/route.ts'
import { type SessionStore, sessionName } from '../../stores/session-store.ts'
import type { Module } from '../module.ts'
import { ownSessionRoutes } from './own-sessions.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** Signing in and out, who is there, and what they may do over MQTT. */
export const session: Module = {
  name: 'session',
  routes(app, { config, stores, signInWay }) {
    const { account, accountAlias, region, environment } = config
    signInRoutes(app, signInWay, config.trustedProxies !== false)

    route(app, endpoints.getSession, async (request) => {
      const withoutLive = await signInWay.mqtt.whyNone()
      return {
        person: personOf(request),
        account,
        ...(accountAlias !== undefined && { accountAlias }),
        region,
        environment: environment.name,
        environmentKind: environment.kind,
        ...(withoutLive && { withoutLive }),
      }
    })
    ownSessionRoutes(app, { sessions: stores.sessions, mqtt: signInWay.mqtt })

    route(app, endpoints.openMqttSession, async (request) => {
      const { tab, generation = 0 } = request.query
      const { sessionId, tokens } = request.session // fresh ones: they were renewed where they had run out
      const person = personOf(request)
      const opened = await signInWay.mqtt.open(
        { person, ...(tokens && { tokens }) },
        { sessionId, ...(tab !== undefined && { connection: { tab, generation } }) },
      )
      // AWS took its time, in which somebody may have ended the session: what ended with it did not know of this yet.
      if (await goesOn(stores.sessions, sessionId)) return opened
      await signInWay.mqtt.sessionEnded(person.id, sessionName(sessionId))
      throw signInWay.nobody()
    })
  },
}

function goesOn(sessions: SessionStore, sessionId: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>()
  sessions.get(sessionId, (error, session) => (error ? reject(error) : resolve(session?.person !== undefined)))
  return promise
}
