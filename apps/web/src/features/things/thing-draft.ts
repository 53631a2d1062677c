import type { ThingDetails } from '@thingdeck/contract'
import type { KeyConflict } from '../../shared/diff/merge-keys.ts'
import {
  type AttributeLine,
  attributesOf,
  linesOf,
  newLine,
  type Registered,
} from '../../shared/things/thing-attributes.ts'
import { mergeThing, TYPE_KEY, withKey } from './merge-thing.ts'

type ThingState = Pick<ThingDetails['thing'], 'thingId' | 'thingTypeName' | 'attributes' | 'version'>

/** What somebody is making of a thing's type and attributes, while others may change them, too. */
export interface ThingDraft {
  /** What it began with, or what has come since: the changes are reckoned from here. */
  readonly base: Registered
  readonly version: number
  /** Of one that is made anew under its name, versions begin at 1 once more. */
  readonly thingId?: string
  /** Empty: none. */
  readonly thingTypeName: string
  readonly lines: readonly AttributeLine[]
  /** To be decided before it can be saved. */
  readonly conflicts: readonly KeyConflict[]
  /** Keys that were taken over from somebody else. */
  readonly taken: readonly string[]
}

const registered = ({ thingTypeName = '', attributes }: ThingState): Registered => ({ thingTypeName, attributes })

const idOf = ({ thingId }: ThingState) => (thingId === undefined ? {} : { thingId })

export const draftOf = (thing: ThingState): ThingDraft => ({
  base: registered(thing),
  version: thing.version,
  ...idOf(thing),
  thingTypeName: thing.thingTypeName ?? '',
  lines: linesOf(thing.attributes),
  conflicts: [],
  taken: [],
})

/** What the thing is to be. */
export const wishOf = ({ thingTypeName, lines }: ThingDraft): Registered => ({
  thingTypeName,
  attributes: attributesOf(lines),
})

/** Somebody else was faster: what they changed is taken over, and what both changed is asked about. */
export function merged(draft: ThingDraft, thing: ThingState): ThingDraft {
  if (thing.version === draft.version && thing.thingId === draft.thingId) return draft
  const theirs = registered(thing)
  const mine = wishOf(draft)
  const found = mergeThing(draft.base, theirs, mine)
  const stillOpen = draft.conflicts.filter(({ key }) => !found.conflicts.some((each) => each.key === key))
  return {
    ...shown(draft, found.merged),
    base: theirs,
    version: thing.version,
    ...idOf(thing),
    conflicts: [...stillOpen, ...found.conflicts],
    taken: [...new Set([...draft.taken, ...found.taken])],
  }
}

export function chosen(draft: ThingDraft, key: string, side: 'base' | 'theirs' | 'mine'): ThingDraft {
  const conflict = draft.conflicts.find((each) => each.key === key)
  if (!conflict) return draft
  const next = shown(draft, withKey(wishOf(draft), key, conflict[side]))
  return { ...next, conflicts: draft.conflicts.filter((each) => each !== conflict) }
}

/** The lines of these values: those that are there keep their place, and so the cursor in them. */
function shown(draft: ThingDraft, { thingTypeName, attributes }: Registered): ThingDraft {
  const kept = draft.lines.flatMap((line): readonly AttributeLine[] => {
    if (line.name === '') return [line]
    const value = attributes[line.name]
    return value === undefined ? [] : [{ ...line, value }]
  })
  const further = Object.entries(attributes).filter(([name]) => !kept.some((line) => line.name === name))
  return { ...draft, thingTypeName, lines: [...kept, ...further.map(([name, value]) => newLine(name, value))] }
}

/** 'the type', 'site' */
export const keyInWords = (key: string): string => (key === TYPE_KEY ? 'the type' : key)
