import type { AuditEntry, AuditPage, AuditQuery } from '@thingdeck/contract'

/** An entry as it is handed over: the store gives it its place in time. */
export type NewAuditEntry = Omit<AuditEntry, 'id' | 'time'>

/** Where the trail is kept: entries are added, read newest first, and let go when there are too many. */
export interface AuditStore {
  /** @throws when it is not certain that the entry is kept */
  add(entry: NewAuditEntry): Promise<AuditEntry>
  /**
   * @param cursor `nextCursor` of the page before
   * @param limit entries of a page at the most; there may be fewer, and still more behind them
   */
  page(query: AuditQuery, cursor: string | undefined, limit: number): Promise<AuditPage>
  close(): Promise<void>
}
