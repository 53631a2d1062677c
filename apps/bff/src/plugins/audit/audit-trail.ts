import type { AuditChange } from '@thingdeck/contract'
import type { FastifyBaseLogger } from 'fastify'
import { type Clock, SYSTEM_CLOCK } from '../../clock.ts'
import type { AuditStore, NewAuditEntry } from '../../stores/audit/audit-store.ts'
import { Refusals } from './refusals.ts'

/** Of one entry, the texts of its changes: both sides of the largest shadow that AWS keeps. */
const MOST_CHANGE_BYTES = 64 * 1024

/** Every write of a person, into the store and into the log. */
export interface AuditTrail {
  /**
   * Settles when the entry is kept. A store that fails undoes no write and stops none: the entry then stands in the
   * log, at the level of an error. Refusals that are repeated are kept together, some time later.
   */
  record(entry: NewAuditEntry): Promise<void>
  /** Keeps what is still counted. */
  close(): Promise<void>
}

/** @param log of the application; entries carry their request's id */
export function createAuditTrail(
  store: Pick<AuditStore, 'add'>,
  log: FastifyBaseLogger,
  clock: Clock = SYSTEM_CLOCK,
): AuditTrail {
  const refusals = new Refusals(clock, keep)

  async function keep(whole: NewAuditEntry): Promise<void> {
    const entry = withinBounds(whole)
    try {
      const { id, chain } = await store.add(entry)
      log.info({ audit: true, id, ...entry, chain }, 'audit')
    } catch (error) {
      log.error({ audit: true, notKept: true, err: error, ...entry }, 'the audit trail could not keep an entry')
    }
  }

  return {
    async record(entry) {
      if (!refusals.count(entry)) await keep(entry)
    },
    close: () => refusals.flush(),
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
