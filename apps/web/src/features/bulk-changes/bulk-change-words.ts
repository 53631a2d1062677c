import type { BulkChangeOutcome, BulkChangeProgress, BulkChangeRequest } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'

/** What became of a thing, in words that follow a number: `2 changed`. */
const COUNTED: readonly (readonly [BulkChangeOutcome, string])[] = [
  ['changed', 'changed'],
  ['would-change', 'would change'],
  ['unchanged', 'already so'],
  ['no-shadow', 'without such a shadow'],
  ['failed', 'failed'],
  ['cancelled', 'not begun'],
  ['waiting', 'not begun'],
]

/** `2 changed, 1 already so, 3 not begun`; of no thing at all: `No thing was meant`. */
export function countsInWords({ counts, total }: Pick<BulkChangeProgress, 'counts' | 'total'>): string {
  if (total === 0) return 'No thing was meant'
  const byWords = new Map<string, number>()
  for (const [outcome, words] of COUNTED) byWords.set(words, (byWords.get(words) ?? 0) + (counts[outcome] ?? 0))
  return [...byWords]
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${formatCount(count)} ${words}`)
    .join(', ')
}

const ENDINGS: Readonly<Partial<Record<BulkChangeProgress['state'], string>>> = {
  done: 'Ended',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted, as the server that ran it ended',
  failed: 'Failed',
}

/** How a bulk change ended, with what became of its things. */
export function endInWords(bulkChange: BulkChangeProgress): string {
  const { state, failure } = bulkChange
  return [ENDINGS[state] ?? state, failure ?? countsInWords(bulkChange)].join(': ')
}

export const shadowsInWords = (count: number) => `${formatCount(count)} ${count === 1 ? 'shadow' : 'shadows'}`

type Change = Pick<BulkChangeRequest, 'path' | 'valueText' | 'shadowName'>

export function changeInWords({ path, valueText, shadowName }: Change): string {
  const where = shadowName === undefined ? 'classic shadow' : `shadow ${shadowName}`
  return valueText === undefined
    ? `Remove ${path.join('/')} from desired of the ${where}`
    : `Set ${path.join('/')} to ${valueText} in desired of the ${where}`
}
