import { type Glob, isNumber, literalPrefix, type Query } from '@thingdeck/fleet-query'

/** Where to look for the things that match a query: a part of the registry that holds them all. */
export type Candidates =
  | { readonly by: 'all' }
  | { readonly by: 'name'; readonly text: string; readonly isWhole: boolean }
  | { readonly by: 'attribute'; readonly attribute: string; readonly text: string; readonly isWhole: boolean }
  /** Values of an attribute that are numbers from one to another, both inclusive. */
  | { readonly by: 'number'; readonly attribute: string; readonly low: number; readonly high: number }
  /** Names that have the text anywhere. */
  | { readonly by: 'part'; readonly text: string }
  | { readonly by: 'type' | 'group'; readonly text: string }
  /** Those whose name is the client id of a connection that lasts, or of any that is on record. */
  | { readonly by: 'connection'; readonly lasts: boolean }

/** A part of a search: what is looked through for things that match `query`, which is the whole query or one way to match it. */
export interface SearchStep {
  readonly candidates: Candidates
  readonly query: Query
}

/**
 * How a query is searched: at the narrowest part of the registry that every match lies in, told from the terms that all
 * have to hold; or where any of several is enough, at the parts of each, one after the other.
 */
export function stepsOf(query: Query): readonly SearchStep[] {
  const candidates = candidatesOf(query)
  if (candidates.by !== 'all') return [{ candidates, query }]
  const any = termsOf(query).find((term) => term.type === 'or')
  if (any?.type !== 'or' || any.queries.length === 0) return [{ candidates, query }]
  const steps = any.queries.map((each) => ({ candidates: candidatesOf(each), query: each }))
  return steps.every((step) => step.candidates.by !== 'all') ? steps : [{ candidates, query }]
}

const termsOf = (query: Query): readonly Query[] => (query.type === 'and' ? query.queries : [query])

function candidatesOf(query: Query): Candidates {
  let best: Candidates = { by: 'all' }
  for (const term of termsOf(query)) {
    const candidates = ofTerm(term)
    if (candidates && rank(candidates) > rank(best)) best = candidates
  }
  return best
}

/** A whole value before a connection that lasts, that before the beginning of a value, and a longer one before a shorter. */
function rank(candidates: Candidates): number {
  switch (candidates.by) {
    case 'all':
      return 0
    case 'part':
      return 1
    case 'number':
      return 4
    case 'connection':
      return candidates.lasts ? 9_000 : 2
    case 'type':
    case 'group':
      return 8_000
    default:
      return (candidates.isWhole ? 10_000 : 3) + candidates.text.length
  }
}

const ATTRIBUTE = 'attributes.'

function ofTerm(term: Query): Candidates | undefined {
  if (!('field' in term) || term.field === undefined) return undefined
  if (term.type === 'exists') return ofField(term.field, '', false)
  if (term.type === 'range') {
    // A device that never connected has the time 0.
    const isOfTime = term.field === 'connectivity.timestamp' && Number(term.low?.value) > 0
    if (isOfTime) return { by: 'connection', lasts: false }
    return ofNumbers(term.field, term.low?.value, term.high?.value) ?? ofField(term.field, '', false)
  }
  if (term.type === 'word') return ofWord(term.field, term.glob)
  // Names and attribute values have no blanks, so that a phrase without one is the whole of them.
  return term.type === 'phrase' && !/\s/.test(term.text) ? ofField(term.field, term.text, true) : undefined
}

/** A range of numbers, which an open end leaves one. */
function ofNumbers(field: string, low: string | undefined, high: string | undefined): Candidates | undefined {
  const bounds = [low, high].filter((bound) => bound !== undefined)
  if (!field.startsWith(ATTRIBUTE) || bounds.length === 0 || !bounds.every(isNumber)) return undefined
  return {
    by: 'number',
    attribute: field.slice(ATTRIBUTE.length),
    low: low === undefined ? -Number.MAX_VALUE : Number(low),
    high: high === undefined ? Number.MAX_VALUE : Number(high),
  }
}

/** Names and attribute values have no blanks, so that a word is the whole of them. */
function ofWord(field: string, glob: Glob): Candidates | undefined {
  const { text, isWhole } = literalPrefix(glob)
  if (field === 'thingName' && text === '') {
    const part = longestPart(glob)
    return part === '' ? undefined : { by: 'part', text: part }
  }
  return ofField(field, text, isWhole)
}

function longestPart(glob: Glob): string {
  const parts = glob.map((part) => (part.type === 'character' ? part.character : '\0')).join('')
  return parts.split('\0').reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

function ofField(field: string, text: string, isWhole: boolean): Candidates | undefined {
  switch (field) {
    case 'thingName':
      return text === '' ? undefined : { by: 'name', text, isWhole }
    case 'thingTypeName':
    case 'registry.thingTypeName':
      return isWhole ? { by: 'type', text } : undefined
    case 'thingGroupNames':
    case 'registry.thingGroupNames':
      return isWhole ? { by: 'group', text } : undefined
    case 'connectivity.connected':
      return isWhole && text === 'true' ? { by: 'connection', lasts: true } : undefined
    case 'connectivity.disconnectReason':
      return isWhole ? { by: 'connection', lasts: false } : undefined
  }
  if (!field.startsWith(ATTRIBUTE)) return undefined
  return { by: 'attribute', attribute: field.slice(ATTRIBUTE.length), text, isWhole }
}
