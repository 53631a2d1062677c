import type {
  BulkChange,
  BulkChangeChange,
  BulkChangeKind,
  BulkChangeOutcome,
  BulkChangePreview,
} from '@thingdeck/contract'
import { capitalised, formatCount, formatCounted } from '../../shared/format.ts'

/** What became of a target, in words that follow a number: `2 changed`. */
const COUNTED: readonly (readonly [BulkChangeOutcome, string])[] = [
  ['changed', 'changed'],
  ['would-change', 'would change'],
  ['unchanged', 'already so'],
  ['left-out', 'left out'],
  ['not-there', 'not there'],
  ['failed', 'failed'],
  ['under-way', 'under way'],
  ['cancelled', 'not begun'],
  ['waiting', 'not begun'],
]

/** What was done, where it is not a change. */
const DONE: Readonly<Partial<Record<BulkChangeKind, Readonly<Partial<Record<BulkChangeOutcome, string>>>>>> = {
  command: { changed: 'sent', 'would-change': 'would be sent to' },
}

/** `2 changed, 1 already so, 3 not begun`; of no thing at all: `No thing was meant`. */
export function countsInWords({ counts, total }: Pick<BulkChange, 'counts' | 'total'>, kind?: BulkChangeKind): string {
  if (total === 0) return 'No thing was meant'
  const byWords = new Map<string, number>()
  for (const [outcome, usual] of COUNTED) {
    const words = (kind && DONE[kind]?.[outcome]) ?? usual
    byWords.set(words, (byWords.get(words) ?? 0) + (counts[outcome] ?? 0))
  }
  return [...byWords]
    .filter(([, count]) => count > 0)
    .map(([words, count]) => `${formatCount(count)} ${words}`)
    .join(', ')
}

const STATES: Readonly<Record<BulkChange['state'], string>> = {
  'finding-things': 'Finding the things',
  running: 'Running',
  paused: 'Paused',
  done: 'Ended',
  cancelled: 'Cancelled',
  failed: 'Failed',
}

/** How far a bulk change is or how it ended, with what became of its targets. */
export function stateInWords(
  bulkChange: Pick<BulkChange, 'state' | 'failure' | 'counts' | 'total'>,
  kind?: BulkChangeKind,
): string {
  const { state, failure } = bulkChange
  return state === 'finding-things' ? STATES[state] : `${STATES[state]}: ${failure ?? countsInWords(bulkChange, kind)}`
}

const NOUNS: Readonly<Partial<Record<BulkChangeKind, readonly [one: string, many: string]>>> = {
  shadow: ['shadow', 'shadows'],
  tags: ['resource', 'resources'],
}

/** `3 shadows`, `1 thing` */
export function targetsInWords(kind: BulkChangeKind, count: number): string {
  const [one, many] = NOUNS[kind] ?? ['thing', 'things']
  return formatCounted(count, one, many)
}

const VERBS: Readonly<Partial<Record<BulkChangeKind, string>>> = {
  create: 'Register',
  delete: 'Delete',
  command: 'Send to',
}

/** `Change 3 shadows`, `Delete 2 things`, `Send to 4 things` */
export const actInWords = (kind: BulkChangeKind, targets: string): string => `${VERBS[kind] ?? 'Change'} ${targets}`

/** What is to become other, as a sentence without its end. */
export function changeInWords(change: BulkChangeChange): string {
  switch (change.kind) {
    case 'shadow': {
      const where = change.shadowName === undefined ? 'classic shadow' : `shadow ${change.shadowName}`
      const key = change.path.join('/')
      return change.valueText === undefined
        ? `Remove ${key} from desired of the ${where}`
        : `Set ${key} to ${change.valueText} in desired of the ${where}`
    }
    case 'attributes':
      return membersInWords('attribute', change)
    case 'tags':
      return membersInWords('tag', change)
    case 'type':
      return change.thingTypeName === undefined
        ? 'Remove the thing type'
        : `Set the thing type to ${change.thingTypeName}`
    case 'billing-group':
      return change.billingGroupName === undefined
        ? 'Take out of the billing group'
        : `Put into the billing group ${change.billingGroupName}`
    case 'groups': {
      const { addTo, removeFrom } = change
      if (addTo === undefined) return `Take out of the thing group ${removeFrom}`
      return removeFrom === undefined
        ? `Add to the thing group ${addTo}`
        : `Move from the thing group ${removeFrom} to ${addTo}`
    }
    case 'policy':
      return change.act === 'attach'
        ? `Attach the policy ${change.policyName} to their certificates`
        : `Detach the policy ${change.policyName} from their certificates`
    case 'certificates':
      return change.newStatus === 'ACTIVE' ? 'Activate their certificates' : 'Deactivate their certificates'
    case 'create':
      return change.source === undefined ? 'Register new things' : `Register the things of ${change.source}`
    case 'command':
      return `Send the command ${change.commandId}`
    case 'delete':
      return 'Delete things with all that belongs to them'
  }
}

function membersInWords(
  what: string,
  { set, remove }: { readonly set: Readonly<Record<string, string>>; readonly remove: readonly string[] },
): string {
  const parts = [
    ...Object.entries(set).map(([name, value]) => `set the ${what} ${name} to ${value === '' ? '""' : value}`),
    ...remove.map((name) => `remove the ${what} ${name}`),
  ]
  return capitalised(parts.join(', '))
}

const EFFECTS: readonly (readonly [name: string, one: string, many: string])[] = [
  ['certificates', 'certificate', 'certificates'],
  ['other-things', 'time another thing has one of them, too', 'times other things have one of them, too'],
  [
    'certificates-deleted',
    'certificate that none but these things have is deleted',
    'certificates that none but these things have are deleted',
  ],
  [
    'certificates-kept',
    'principal that another thing has, too, or that is no certificate, is detached and stays',
    'principals that other things have, too, or that are no certificates, are detached and stay',
  ],
  ['shadows-deleted', 'shadow is deleted', 'shadows are deleted'],
  ['memberships', 'membership of a thing group ends', 'memberships of thing groups end'],
]

/** What follows beyond the targets, a sentence each: `12 shadows are deleted`. */
export const effectsInWords = (effects: BulkChange['effects']): string[] =>
  EFFECTS.flatMap(([name, one, many]) => {
    const count = effects[name] ?? 0
    return count === 0 ? [] : [`${formatCounted(count, one, many)}.`]
  })

/** `3 things: a, b, c` */
export function previewInWords(kind: BulkChangeKind, { count, isAtLeast, sample }: BulkChangePreview): string {
  const number = `${isAtLeast ? 'more than ' : ''}${targetsInWords(kind === 'shadow' ? 'type' : kind, count)}`
  return sample.length === 0 ? number : `${number}: ${sample.slice(0, 5).join(', ')}${count > 5 ? ' …' : ''}`
}

/** `about 4 min`: how long so many requests take at this rate. */
export function durationInWords(requests: number, perSecond: number): string {
  const seconds = Math.ceil(requests / perSecond)
  if (seconds < 90) return `about ${Math.max(1, seconds)} s`
  return seconds < 5_400 ? `about ${Math.round(seconds / 60)} min` : `about ${(seconds / 3_600).toFixed(1)} h`
}

const OUTCOME_WORDS: Readonly<Record<BulkChangeOutcome, string>> = {
  waiting: 'waiting',
  'under-way': 'under way',
  changed: 'changed',
  'would-change': 'would change',
  unchanged: 'is so already',
  'left-out': 'left out',
  'not-there': 'not there',
  failed: 'failed',
  cancelled: 'not begun',
}

/** What became of a target, alone or after a number. */
export const outcomeInWords = (outcome: BulkChangeOutcome, kind: BulkChangeKind): string =>
  DONE[kind]?.[outcome] ?? OUTCOME_WORDS[outcome]
