import type { BulkChange } from '@thingdeck/contract'
import { Problem } from '../../problem.ts'
import { isOver, type KeptBulkChange, type KeptLine } from './engine/kept-bulk-change.ts'

/** Of one that is over. Some wait where the server ended between their retry being asked for and begun. */
export const isLeft = ({ outcome }: Pick<KeptLine, 'outcome'>): boolean =>
  outcome === 'failed' || outcome === 'cancelled' || outcome === 'waiting' || outcome === 'under-way'

/** @throws {Problem} NOTHING_LEFT where it was undone, and nobody may know any more by whom */
export function checkNotNotedAsUndone({ bulkChange: { bulkChangeId, undoneBy } }: KeptBulkChange): void {
  if (undoneBy !== undefined) throw undoneAlready(bulkChangeId, undoneBy)
}

/**
 * @param seenAt when it was looked at what is to be put back (ISO 8601): what was changed after that would stay as it is
 * @throws {Problem} NOTHING_LEFT where one of all undoes it already, or somebody goes on with it, or did since then
 */
export function checkCanBeUndone(bulkChangeId: string, all: readonly BulkChange[], seenAt: string): void {
  checkNotUndone(bulkChangeId, all)
  const own = all.find((each) => each.bulkChangeId === bulkChangeId)
  if (own && !isOver(own)) throw nothingLeft(bulkChangeId, 'undo')
  if (own?.endedAt !== undefined && own.endedAt > seenAt)
    throw new Problem(
      'NOTHING_LEFT',
      `Somebody went on with the bulk change ${bulkChangeId} since this was looked at, until ${own.endedAt}: what was changed then would not be put back. Undo it anew.`,
    )
}

/** @throws {Problem} NOTHING_LEFT where one of them undoes it already */
export function checkNotUndone(bulkChangeId: string, others: readonly BulkChange[]): void {
  const undo = others.find(({ undoOf, request }) => undoOf === bulkChangeId && !request.dryRun)
  if (undo) throw undoneAlready(bulkChangeId, undo.bulkChangeId, undo.startedBy)
}

const undoneAlready = (bulkChangeId: string, undoneBy: string, name = 'Somebody'): Problem =>
  new Problem('NOTHING_LEFT', `${name} undid the bulk change ${bulkChangeId} already, by the bulk change ${undoneBy}.`)

/** Why a bulk change is not gone on with, in words. */
export const nothingLeft = (bulkChangeId: string, what: 'retry' | 'apply' | 'undo'): Problem =>
  new Problem('NOTHING_LEFT', `There is nothing to ${what} of the bulk change ${bulkChangeId}, or it has not ended.`)
