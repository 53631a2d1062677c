import type { FastifySessionOptions } from '@fastify/session'
import type { Session } from 'fastify'

export type SessionStore = NonNullable<FastifySessionOptions['store']>
export type Done = Parameters<SessionStore['destroy']>[1]
export type Found = (error: unknown, session?: Session | null) => void

/** Who and since when: only a session that says both is kept. Of nobody there is nothing to remember. */
export function signedInAs({ person, signedInAtMs }: Session): { personId: string; sinceMs: number } | undefined {
  return person && signedInAtMs !== undefined ? { personId: person.id, sinceMs: signedInAtMs } : undefined
}
