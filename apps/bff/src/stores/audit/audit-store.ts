import type { AuditEntry, AuditPage, AuditQuery } from '@thingdeck/contract'
import type { Heads } from './chain.ts'

/** An entry as it is handed over: the store gives it its place in time and in its chain. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'time' | 'chain'>

/**
 * Where the trail is kept: entries are added, read newest first, and let go when there are too many. What was refused
 * has room of its own, so that it never pushes out what was done.
 */
export interface AuditStore {
  /** @throws when it is not certain that the entry is kept */
  add(entry: NewAuditEntry): Promise<AuditEntry>
  /**
   * @param cursor `nextCursor` of the page before
   * @param limit entries of a page at the most; there may be fewer, and still more behind them
   */
  page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage>
  /** Everything as it is stored, each chain from its oldest entry on: what is none, too. */
  stored(): AsyncIterable<unknown>
  /** The latest hashes that were made. */
  heads(): Promise<Heads>
  close(): Promise<void>
}

export const isRefused = ({ outcome }: Pick<AuditEntry, 'outcome'>): boolean => outcome.code !== undefined

/** How much of what was refused is kept beside so many entries of what was done. */
export const keepsRefused = (keeps: number): number => Math.ceil(keeps / 10)
