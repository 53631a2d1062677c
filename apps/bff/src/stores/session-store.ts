import type { FastifySessionOptions } from '@fastify/session'
import type { Session } from 'fastify'

/** What the session plugin asks of a store. */
export type PluginStore = NonNullable<FastifySessionOptions['store']>

export interface SessionStore extends PluginStore {
  /** How many sessions of this person go on. */
  countOf(personId: string): Promise<number>
}

export type Done = Parameters<PluginStore['destroy']>[1]
export type Found = (error: unknown, session?: Session | null) => void

/** Who and since when: only a session that says both is kept. Of nobody there is nothing to remember. */
export function signedInAs({ person, signedInAtMs }: Session): { personId: string; sinceMs: number } | undefined {
  return person && signedInAtMs !== undefined ? { personId: person.id, sinceMs: signedInAtMs } : undefined
}
