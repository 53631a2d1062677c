import { isDeepStrictEqual } from 'node:util'
import type { AuditEntry } from '@thingdeck/contract'
import type { AuditStore, NewAuditEntry } from '../../stores/audit/audit-store.ts'

const PAGE = 100

/**
 * Whether what a bulk change did to one target is in the trail: a console may have ended after it noted that there, and
 * before it noted it in the line. A trail that cannot be read is taken for one without it: twice is better than never.
 * @param since when the bulk change began (ISO 8601)
 */
export async function isInTrail(
  store: Pick<AuditStore, 'page'>,
  { action, resource, bulkChangeId, changes }: NewAuditEntry,
  since: string,
): Promise<boolean> {
  const query = {
    action,
    outcome: 'done' as const,
    from: since,
    ...(resource && { resourceType: resource.type, resourceId: resource.id }),
    ...(bulkChangeId !== undefined && { bulkChange: bulkChangeId }),
  }
  try {
    let cursor: string | undefined
    do {
      const page = await store.page(query, cursor, PAGE)
      if (page.entries.some((entry) => isSame(entry, changes ?? []))) return true
      cursor = page.nextCursor
    } while (cursor !== undefined)
  } catch {
    // As if it were not there.
  }
  return false
}

/** The trail leaves out changes that are too large: what it has stands for the whole. */
const isSame = ({ changes = [], changesLeftOut = 0 }: AuditEntry, whole: NonNullable<NewAuditEntry['changes']>) =>
  changes.length + changesLeftOut === whole.length && isDeepStrictEqual(changes, whole.slice(0, changes.length))
