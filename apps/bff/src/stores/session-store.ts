import { createHash } from 'node:crypto'
import type { FastifySessionOptions } from '@fastify/session'
import type { Session } from 'fastify'

/** What the session plugin asks of a store. */
export type PluginStore = NonNullable<FastifySessionOptions['store']>

export interface SessionStore extends PluginStore {
  /** How many sessions of this person go on. */
  countOf(personId: string): Promise<number>
  /** Those of this person that go on, in the order of their sign-ins. */
  listOf(personId: string): Promise<readonly KeptSession[]>
  /** Ends a session of this person. Answers whether there was one of that name. */
  endOf(personId: string, name: string): Promise<boolean>
}

/** A session as its person may know of it. */
export interface KeptSession {
  /** See {@link sessionName}. */
  readonly name: string
  readonly session: Session
  /** When it was asked for last, epoch milliseconds; undefined: within {@link IDLE_MS}, nobody knows when. */
  readonly seenAtMs: number | undefined
}

/** Tells a session from others, and lets nobody in: its id is not found by it. 43 characters of base64url. */
export const sessionName = (sessionId: string): string => createHash('sha256').update(sessionId).digest('base64url')

export type Done = Parameters<PluginStore['destroy']>[1]
export type Found = (error: unknown, session?: Session | null) => void

/** Who and since when: only a session that says both is kept. Of nobody there is nothing to remember. */
export function signedInAs({ person, signedInAtMs }: Session): { personId: string; sinceMs: number } | undefined {
  return person && signedInAtMs !== undefined ? { personId: person.id, sinceMs: signedInAtMs } : undefined
}
