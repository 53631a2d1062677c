import type { AuditChange } from '@thingdeck/contract'
import type { FastifyBaseLogger } from 'fastify'
import type { AuditStore, NewAuditEntry } from '../../stores/audit/audit-store.ts'

/** Of one entry, the texts of its changes: both sides of the largest shadow that AWS keeps. */
const MOST_CHANGE_BYTES = 64 * 1024

/** Every write of a person, into the store and into the log. */
export interface AuditTrail {
  /**
   * Settles when the entry is kept. A store that fails undoes no write and stops none: the entry then stands in the
   * log, at the level of an error.
   */
  record(entry: NewAuditEntry): Promise<void>
}

/** @param log of the application; entries carry their request's id */
export function createAuditTrail(store: Pick<AuditStore, 'add'>, log: FastifyBaseLogger): AuditTrail {
  return {
    async record(whole) {
      const entry = withinBounds(whole)
      try {
        const { id } = await store.add(entry)
        log.info({ audit: true, id, ...entry }, 'audit')
      } catch (error) {
        log.error({ audit: true, notKept: true, err: error, ...entry }, 'the audit trail could not keep an entry')
      }
    },
  }
}

function withinBounds(entry: NewAuditEntry): NewAuditEntry {
  if (entry.changes === undefined) return entry
  const changes: AuditChange[] = []
  let bytes = 0
  for (const change of entry.changes) {
    bytes += Buffer.byteLength(change.path + (change.beforeText ?? '') + (change.afterText ?? ''))
    if (bytes > MOST_CHANGE_BYTES) break
    changes.push(change)
  }
  const leftOut = entry.changes.length - changes.length
  return leftOut === 0 ? entry : { ...entry, changes, changesLeftOut: leftOut }
}
