import { BULK_CHANGE_KINDS, type BulkChange, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { isOver, leftOf } from '../../shared/bulk-changes/bulk-change-queries.ts'
import { formatCount } from '../../shared/format.ts'
import { isNotFound } from '../../shared/http.ts'
import { isThere } from '../../shared/things/new-thing.ts'

/** From a group, to a group, or both, which moves in one request to AWS. */
export interface MembershipChange {
  readonly addTo?: string
  readonly removeFrom?: string
}

/** So few are changed one by one; more are a bulk change, which has AWS's pace and goes on when the page is closed. */
const FEW = 20
/** Twice AWS's quota of UpdateThingGroupsForThing, as each thing is read and written. */
const REQUESTS_PER_SECOND = 20
/** So many of {@link changeMembers} AWS takes a second. */
export const MEMBERS_PER_SECOND =
  REQUESTS_PER_SECOND / (BULK_CHANGE_KINDS.groups.reads + BULK_CHANGE_KINDS.groups.writes)
const LOOK_MS = 1_000

/**
 * Puts things into a group, takes them out of one, or moves them; those that are gone meanwhile are passed over. Doing it
 * again changes nothing more.
 * @throws {Error} where AWS refused it for some of them, with how many
 */
export async function changeMembers(
  thingNames: readonly string[],
  change: MembershipChange,
  tell: (note: string) => void,
): Promise<void> {
  if (thingNames.length > FEW) return changeInBulk(thingNames, change, tell)
  const body = {
    add: change.addTo === undefined ? [] : [change.addTo],
    remove: change.removeFrom === undefined ? [] : [change.removeFrom],
  }
  for (const thingName of thingNames) {
    try {
      await api(endpoints.updateThingGroupsForThing, { params: { thingName }, body })
    } catch (error) {
      // Also what AWS says where the group is gone.
      const mayBeGone = isNotFound(error)
      if (!mayBeGone || (await isThere(thingName))) throw error
    }
  }
}

async function changeInBulk(
  thingNames: readonly string[],
  change: MembershipChange,
  tell: (note: string) => void,
): Promise<void> {
  let bulkChange = await api(endpoints.startBulkChange, {
    body: {
      targets: { thingNames: [...thingNames] },
      change: { kind: 'groups', ...change },
      dryRun: false,
      requestsPerSecond: REQUESTS_PER_SECOND,
    },
  })
  const { bulkChangeId } = bulkChange
  while (!isOver(bulkChange)) {
    tell(wordsOf(bulkChange))
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    bulkChange = await api(endpoints.describeBulkChange, { params: { bulkChangeId } })
  }
  const { counts, total, state, failure } = bulkChange
  const undone = (counts.failed ?? 0) + (counts.cancelled ?? 0)
  if (state === 'failed' || undone > 0)
    throw new Error(
      failure ??
        `${formatCount(undone)} of ${formatCount(total)} things were not changed. The bulk change of ‘${change.addTo ?? change.removeFrom}’ says why for each.`,
    )
}

const wordsOf = (bulkChange: BulkChange): string =>
  `${formatCount(bulkChange.total - leftOf(bulkChange))} of ${formatCount(bulkChange.total)} things${bulkChange.state === 'paused' ? ', paused' : ''}`
