import { type Glob, literalPrefix, type Query } from '@thingdeck/fleet-query'
import type { ShadowFields, SoughtConnections, SoughtShadow } from '../../../foundation/fleet-sources.ts'
import type { TextOfThing } from '../thing-text-index.ts'
import { numbersBetween, soughtShadow } from './sought-shadows.ts'

/** A text that is the whole of another, or what it begins with. */
export interface Beginning {
  readonly text: string
  readonly isWhole: boolean
  /** Of a range, which goes from the text to what begins with this. */
  readonly upTo?: string | undefined
  /** Of a range, which ends before this. */
  readonly before?: string | undefined
}

/** Where to look for the things that match a query: a part of the registry that holds them all. */
export type Candidates =
  | { readonly by: 'all' }
  /** The whole of a name, of an id, of a type, or of the value of any attribute; or what it begins with. */
  | ({ readonly by: 'name' | 'id' | 'type' | 'value' } & Beginning)
  /** Of a value of an attribute, and what it has anywhere. */
  | ({ readonly by: 'attribute'; readonly attribute: string; readonly part?: string | undefined } & Beginning)
  /** Values of an attribute that are numbers from one to another, both inclusive. */
  | { readonly by: 'number'; readonly attribute: string; readonly low: number; readonly high: number }
  /** Names, ids, or values of any attribute that have the text anywhere; types that do. */
  | { readonly by: 'part'; readonly of: TextOfThing; readonly text: string }
  | { readonly by: 'partOfType'; readonly text: string }
  /** Things without an attribute. */
  | { readonly by: 'lacking'; readonly attribute: string }
  | { readonly by: 'group'; readonly text: string }
  /** Things of any type but this, and of none. */
  | { readonly by: 'otherType'; readonly text: string }
  /** Those whose shadow may hold something. */
  | { readonly by: 'shadow'; readonly sought: SoughtShadow }
  /** Those that have a classic shadow with some fields and without others; those that have none. */
  | { readonly by: 'shadowFields'; readonly sought: ShadowFields }
  | { readonly by: 'noShadow' }
  /** Those whose name is the client id of a connection that is on record. */
  | { readonly by: 'connection'; readonly sought: SoughtConnections }

/** Of several ways to look for the same things, each of them parts of the registry that hold them together, the place of one. */
export type Choose = (ways: readonly (readonly Candidates[])[]) => number

/** The place of the way whose widest part {@link rank} says is the narrowest. */
export const narrowest: Choose = (ways) => {
  const ranks = ways.map(rankOfWay)
  return Math.max(0, ranks.indexOf(Math.max(...ranks)))
}

/** See {@link rank}: of the widest of its parts. */
export const rankOfWay = (parts: readonly Candidates[]): number => Math.min(...parts.map(rank))

/** The parts that a term says, each of which holds all that match it. What a word has further on may be one that is said already. */
export function partsOf(term: Query): readonly Candidates[] {
  const part = ofTerm(term)
  const rest = ofRest(term)
  return [part, rest?.by === part?.by ? undefined : rest].filter((each) => each !== undefined)
}

/** The terms that all have to hold. */
export const termsOf = (query: Query): readonly Query[] => (query.type === 'and' ? query.queries : [query])

/** The shadows among which those of every match are, for each term that says some by a field. */
export const shadowsOfMatches = (query: Query): readonly SoughtShadow[] =>
  termsOf(query).flatMap((term) => ('field' in term && term.field !== undefined ? (soughtShadow(term) ?? []) : []))

/**
 * How much of the registry a part leaves out, of two the more the narrower: below 1 it is likely to be most of it. A whole value before a connection that lasts, that before the beginning of a value, and a longer one before a shorter.
 */
export function rank(candidates: Candidates): number {
  switch (candidates.by) {
    case 'all':
      return 0
    case 'shadow':
      return rankOfShadow(candidates.sought)
    case 'otherType':
    case 'lacking':
    case 'noShadow':
      return 0.5
    case 'shadowFields':
      return 1.3
    case 'partOfType':
      return 1.5
    case 'part':
      return candidates.text.length < INDEXED_PART ? 1.5 : 3 + candidates.text.length
    case 'number':
      return 4
    case 'connection':
      return candidates.sought.last ? 9_000 : 2
    case 'group':
      return 8_000
    case 'type':
      if (candidates.isWhole) return 8_000
      return candidates.text === '' ? 0.5 : 1
    default:
      if (candidates.upTo !== undefined || candidates.before !== undefined) return 3
      return (candidates.isWhole ? 10_000 : 3) + candidates.text.length
  }
}

function rankOfShadow({ field, value, indexed }: SoughtShadow): number {
  if (value || indexed?.values || indexed?.ranges) return 3.5
  return field === undefined ? 0.5 : 1.2
}

export const ATTRIBUTE = 'attributes.'

/** Shorter parts have no index worth its name. */
const INDEXED_PART = 3

function ofTerm(term: Query): Candidates | undefined {
  if (term.type === 'not') {
    const candidates = ofTerm(term.query)
    // No type is empty, and a thing without one is none of another.
    const isOfType = candidates?.by === 'type' && candidates.isWhole && candidates.text !== ''
    if (isOfType) return { by: 'otherType', text: candidates.text }
    if (term.query.type !== 'exists') return undefined
    if (candidates?.by === 'type') return { by: 'type', text: '', isWhole: true }
    return candidates?.by === 'attribute' ? { by: 'lacking', attribute: candidates.attribute } : undefined
  }
  if (!('field' in term) || term.field === undefined) return undefined
  const sought = soughtShadow(term)
  if (sought) return { by: 'shadow', sought }
  if (term.type === 'exists') return ofField(term.field, '', false)
  if (term.type === 'range') {
    if (term.field === 'connectivity.timestamp') return ofTimes(numbersBetween(term.low?.value, term.high?.value))
    return (
      ofNumbers(term.field, term.low?.value, term.high?.value) ?? ofTexts(term.field, term.low?.value, term.high?.value)
    )
  }
  if (term.type === 'word') return ofWord(term.field, term.glob)
  // Names and attribute values have no blanks, so that a phrase without one is the whole of them.
  return term.type === 'phrase' && !/\s/.test(term.text) ? ofField(term.field, term.text, true) : undefined
}

/** A range of texts. Where both bounds are numbers, nothing else is in it, and their order is another. */
function ofTexts(field: string, low: string | undefined, high: string | undefined): Candidates | undefined {
  const candidates = ofField(field, '', false)
  if (field !== 'thingName' && candidates?.by !== 'attribute') return candidates
  if (numbersBetween(low, high)) return candidates
  const range = { text: low ?? '', isWhole: false, upTo: high ?? '' }
  return candidates?.by === 'attribute' ? { ...candidates, ...range } : { by: 'name', ...range }
}

/** A device that never connected has the time 0, and is not on record. */
function ofTimes(timestamps: readonly [low: number, high: number] | undefined): Candidates | undefined {
  return timestamps && timestamps[0] > 0 ? { by: 'connection', sought: { timestamps } } : undefined
}

/** A range of numbers, which an open end leaves one. */
function ofNumbers(field: string, low: string | undefined, high: string | undefined): Candidates | undefined {
  const numbers = numbersBetween(low, high)
  if (!field.startsWith(ATTRIBUTE) || (low === undefined && high === undefined) || !numbers) return undefined
  return { by: 'number', attribute: field.slice(ATTRIBUTE.length), low: numbers[0], high: numbers[1] }
}

/** Names and attribute values have no blanks, so that a word is the whole of them. */
function ofWord(field: string, glob: Glob): Candidates | undefined {
  const { text, isWhole } = literalPrefix(glob)
  const byBeginning = ofField(field, text, isWhole)
  if (isWhole) return byBeginning
  const part = longestPart(glob)
  if (byBeginning?.by === 'attribute') {
    const knowsIndexMore = part.length >= INDEXED_PART && part.length > text.length
    if (knowsIndexMore) return ofPart(field, part)
    const rest = longestPart(glob.slice([...text].length))
    return rest === '' ? byBeginning : { ...byBeginning, part: rest }
  }
  if (part === text) return byBeginning
  const byPart = ofPart(field, part)
  if (byPart === undefined || byBeginning === undefined) return byPart ?? byBeginning
  return rank(byPart) > rank(byBeginning) ? byPart : byBeginning
}

/** What has a text anywhere. */
function ofPart(field: string, text: string): Candidates | undefined {
  switch (field) {
    case 'thingName':
    case 'connectivity.clientId':
      return { by: 'part', of: 'name', text }
    case 'thingId':
      return { by: 'part', of: 'id', text }
    case 'thingTypeName':
    case 'registry.thingTypeName':
      return { by: 'partOfType', text }
  }
  return field.startsWith(ATTRIBUTE) ? { by: 'part', of: 'values', text } : undefined
}

/** Of a word that begins with a text, and has another further on: what has that one anywhere. */
function ofRest(term: Query): Candidates | undefined {
  if (term.type !== 'word' || term.field === undefined) return undefined
  const rest = restOf(term.glob)
  return rest === undefined ? undefined : ofPart(term.field, rest)
}

/** The longest text behind the one that a word begins with; undefined where there is none that an index knows. */
export function restOf(glob: Glob): string | undefined {
  const { text, isWhole } = literalPrefix(glob)
  const rest = text === '' || isWhole ? '' : longestPart(glob.slice([...text].length))
  return rest.length < INDEXED_PART ? undefined : rest
}

/** The longest run of characters without a wildcard. */
export function longestPart(glob: Glob): string {
  const parts = glob.map((part) => (part.type === 'character' ? part.character : '\0')).join('')
  return parts.split('\0').reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

function ofField(field: string, text: string, isWhole: boolean): Candidates | undefined {
  switch (field) {
    case 'thingName':
    case 'connectivity.clientId': // as the connection of a thing is the one that has its name
      return text === '' ? undefined : { by: 'name', text, isWhole }
    case 'thingId':
      return text === '' ? undefined : { by: 'id', text, isWhole }
    case 'thingTypeName':
    case 'registry.thingTypeName':
      return { by: 'type', text, isWhole }
    case 'thingGroupNames':
    case 'registry.thingGroupNames':
      return isWhole ? { by: 'group', text } : undefined
    case 'connectivity.connected':
      return isWhole && text === 'true' ? { by: 'connection', sought: { last: true } } : undefined
    case 'connectivity.timestamp':
      return isWhole ? ofTimes(numbersBetween(text, text)) : undefined
    case 'connectivity.disconnectReason':
      return { by: 'connection', sought: isWhole ? { disconnectReason: text } : {} }
    case 'connectivity.cleanSession':
    case 'connectivity.keepAliveDuration':
    case 'connectivity.sessionExpiry':
      return { by: 'connection', sought: {} }
  }
  if (!field.startsWith(ATTRIBUTE)) return undefined
  return { by: 'attribute', attribute: field.slice(ATTRIBUTE.length), text, isWhole }
}
