import type { BulkChange, BulkChangeOutcome } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'

/** Where the things came from. */
export const sourceOf = ({ request: { change } }: BulkChange): string =>
  (change.kind === 'create' ? change.source : undefined) ?? 'New things'

/** `undefined`: the keys of this one are nowhere, as it made none. */
export const keySetOf = ({ request: { change } }: BulkChange): string | undefined =>
  change.kind === 'create' ? change.keySetId : undefined

export const OUTCOME_WORDS: Readonly<Record<BulkChangeOutcome, string>> = {
  waiting: 'waiting',
  'under-way': 'being made',
  changed: 'made',
  'would-change': 'would be made',
  unchanged: 'is so already',
  'left-out': 'left out',
  'not-there': 'not there',
  failed: 'failed',
  cancelled: 'not begun',
}

/** `980 made, 12 left out, 8 failed` */
export const countsInWords = ({ counts }: Pick<BulkChange, 'counts'>): string =>
  // Of an object that is typed by its keys, `Object.keys` only says that they are texts.
  (Object.keys(OUTCOME_WORDS) as BulkChangeOutcome[])
    .filter((outcome) => (counts[outcome] ?? 0) > 0)
    .map((outcome) => `${formatCount(counts[outcome] ?? 0)} ${OUTCOME_WORDS[outcome]}`)
    .join(', ')

export function stateInWords(run: BulkChange): string {
  const counts = countsInWords(run)
  if (run.state === 'paused') return `paused; ${counts}`
  if (run.state === 'cancelled') return `cancelled; ${counts}`
  return counts
}
