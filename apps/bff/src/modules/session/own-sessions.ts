import { endpoints, type OwnSession } from '@thingdeck/contract'
import type { FastifyInstance } from 'fastify'
import { personOf } from '../../plugins/access.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import { type KeptSession, type SessionStore, sessionName } from '../../stores/session-store.ts'
import type { MqttSessions } from './sign-in-way.ts'

interface OwnSessionParts {
  readonly sessions: Pick<SessionStore, 'listOf' | 'endOf'>
  readonly mqtt: Pick<MqttSessions, 'sessionEnded'>
}

/** Where a person is signed in, and the end of that: of their own sessions, and of nobody else's. */
export function ownSessionRoutes(app: FastifyInstance, { sessions, mqtt }: OwnSessionParts): void {
  const end = async (personId: string, name: string): Promise<boolean> => {
    const isEnded = await sessions.endOf(personId, name)
    if (isEnded) await mqtt.sessionEnded(personId, name)
    return isEnded
  }

  route(app, endpoints.listOwnSessions, async (request) => {
    const own = sessionName(request.session.sessionId)
    const kept = await sessions.listOf(personOf(request).id)
    const told = kept.map((each) => toldOf(each, own)).reverse() // the newest first
    return { sessions: told.sort((one, other) => Number(other.isThisOne) - Number(one.isThisOne)) }
  })

  route(app, endpoints.endOwnSession, async (request) => {
    const { sessionName: name } = request.params
    if (name === sessionName(request.session.sessionId)) {
      throw new Problem('BAD_REQUEST', 'That is the session that asks: sign out to end it.')
    }
    if (!(await end(personOf(request).id, name))) {
      throw new Problem('NOT_FOUND', 'You have no session of that name: it has ended already, or is not yours.')
    }
    return undefined
  })

  route(app, endpoints.endOtherSessions, async (request) => {
    const { id } = personOf(request)
    const own = sessionName(request.session.sessionId)
    const others = (await sessions.listOf(id)).filter(({ name }) => name !== own)
    const ended = await Promise.all(others.map(({ name }) => end(id, name)))
    return { ended: ended.filter((each) => each).length }
  })
}

function toldOf({ name, session, seenAtMs }: KeptSession, own: string): OwnSession {
  const { signedInAtMs = 0, device } = session // the store keeps none without
  return {
    id: name,
    isThisOne: name === own,
    startedAt: new Date(signedInAtMs).toISOString(),
    // To the minute, but no session was used before it began.
    ...(seenAtMs !== undefined && {
      lastUsedAt: new Date(Math.max(signedInAtMs, seenAtMs - (seenAtMs % 60_000))).toISOString(),
    }),
    ...device,
  }
}
