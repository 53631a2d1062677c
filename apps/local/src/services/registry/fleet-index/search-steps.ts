import { type IndexedDocument, literalPrefix, matches, type Query } from '@thingdeck/fleet-query'
import { AFTER_ALL } from '../../../foundation/text-order.ts'
import type { TextOfThing } from '../thing-text-index.ts'
import {
  ATTRIBUTE,
  type Candidates,
  type Choose,
  longestPart,
  narrowest,
  partsOf,
  restOf,
  termsOf,
} from './candidates.ts'
import type { ThingDocument } from './documents.ts'
import { soughtShadow } from './sought-shadows.ts'

type WordOrPhrase = Extract<Query, { readonly type: 'word' | 'phrase' }>

export type SearchedShadows = 'none' | 'named' | 'classic'

/** A part of a search: what is looked through for things that match the whole query. */
export interface SearchStep {
  readonly candidates: Candidates
  /**
   * Whether this step looks for a thing that matches the whole query: its candidates have each of those. A thing is found at
   * the first step that does.
   */
  readonly finds: (document: ThingDocument) => boolean
}

/**
 * How a query is searched: at the narrowest part of the registry that every match lies in; or where any of several is
 * enough, at the parts of each, one after the other. So is a word without a field, which any of a thing's values may be.
 * @param shadows which of them are indexed: named ones alone, or the classic one, too
 * @param choose of the ways that the terms say, which one
 */
export function stepsOf(query: Query, shadows: SearchedShadows, choose: Choose = narrowest): readonly SearchStep[] {
  const ways = [
    ...termsOf(query).flatMap((term) => [
      ...partsOf(term).map((part) => [stepFor(part, query)]),
      ...[waysOf(term, shadows, choose)].filter(isNarrower),
    ]),
    ...(shadows === 'classic' ? [waysByFields(query)].filter(isNarrower) : []),
  ]
  const place = ways.length > 1 ? choose(ways.map((steps) => steps.map(({ candidates }) => candidates))) : 0
  return ways[place] ?? [stepFor({ by: 'all' }, query)]
}

const isNarrower = (steps: readonly SearchStep[]): boolean =>
  steps.length > 0 && steps.every(({ candidates }) => candidates.by !== 'all')

/** What several steps come upon is found at the first that looks for it: a step reads others, too. */
export const isFirstFound = (steps: readonly SearchStep[], step: number, document: ThingDocument): boolean =>
  steps.length === 1 || steps.findIndex(({ finds }) => finds(document)) === step

const stepFor = (candidates: Candidates, query: Query): SearchStep => ({
  candidates,
  finds: (document) => matches(query, document),
})

/** The ways to match a term of which any is enough; none where it has one alone. */
function waysOf(term: Query, shadows: SearchedShadows, choose: Choose): readonly SearchStep[] {
  if (term.type === 'or') return term.queries.flatMap((query) => stepsOf(query, shadows, choose))
  if (term.type === 'not') return waysWithoutValue(term.query)
  if ((term.type !== 'word' && term.type !== 'phrase') || term.field !== undefined) return []
  const sought = shadows === 'none' ? undefined : soughtShadow(term)
  return [...waysInRegistry(term, choose), ...(sought ? [stepFor({ by: 'shadow', sought }, term)] : [])]
}

const OF_STATE = /^shadow\.(?<path>(?:reported|desired)\..+)$/su

/** Where several terms say which fields the classic shadow has, or one that it lacks some: which no value tells. */
function waysByFields(query: Query): readonly SearchStep[] {
  const terms = termsOf(query)
  const has = fieldsOfState(terms)
  const lacks = fieldsOfState(terms.flatMap((term) => (term.type === 'not' ? term.query : [])))
  if (lacks.length === 0 && has.length < 2) return []
  const sought = { shadowName: '', has, lacks }
  const hasShadow = ({ values }: ThingDocument) => values('shadow.hasDelta').length > 0
  const isSought = ({ values }: ThingDocument) => {
    const isThere = (field: string) => values(`shadow.${field}`).length > 0
    return has.every(isThere) && !lacks.some(isThere)
  }
  const ofShadow: SearchStep = {
    candidates: { by: 'shadowFields', sought },
    finds: (document) => hasShadow(document) && isSought(document),
  }
  if (has.length > 0) return [ofShadow]
  return [ofShadow, { candidates: { by: 'noShadow' }, finds: (document) => !hasShadow(document) }]
}

const fieldsOfState = (terms: readonly Query[]): readonly string[] =>
  terms.flatMap((term) => (term.type === 'exists' ? (OF_STATE.exec(term.field)?.groups?.path ?? []) : []))

/** Things whose attribute is another than a value, or begins otherwise: those without it, and those before and behind. */
function waysWithoutValue(term: Query): readonly SearchStep[] {
  if (term.type !== 'word' && term.type !== 'phrase') return []
  const { field = '' } = term
  const value = onlyValueOf(term)
  if (!field.startsWith(ATTRIBUTE) || value === undefined) return []
  const { text, isWhole } = value
  const attribute = field.slice(ATTRIBUTE.length)
  const ofAttribute = { by: 'attribute', attribute, isWhole: false } as const
  const valuesOf = ({ values }: ThingDocument) => values(field).map((each) => String(each).toLowerCase())
  // No value has a character that sorts before '#'.
  const behind = isWhole ? `${text}!` : text + AFTER_ALL
  return [
    { candidates: { by: 'lacking', attribute }, finds: (document) => document.values(field).length === 0 },
    {
      candidates: { ...ofAttribute, text: '', before: text },
      finds: (document) => valuesOf(document).some((each) => each < text),
    },
    {
      candidates: { ...ofAttribute, text: behind, before: AFTER_ALL },
      finds: (document) => valuesOf(document).some((each) => each >= behind),
    },
  ]
}

/** What a word or a phrase is the whole of, or the beginning, where it says no more. */
function onlyValueOf(term: WordOrPhrase): { readonly text: string; readonly isWhole: boolean } | undefined {
  if (term.type === 'phrase') return /\s/.test(term.text) ? undefined : { text: term.text, isWhole: true }
  const value = literalPrefix(term.glob)
  const rest = term.glob.slice([...value.text].length)
  const isBeginning = value.text !== '' && rest.length === 1 && rest[0]?.type === 'run'
  return value.isWhole || isBeginning ? value : undefined
}

function waysInRegistry(term: WordOrPhrase, choose: Choose): readonly SearchStep[] {
  // No value of the registry has blanks, so that a phrase without one is the whole of it, and one with some is of none.
  if (term.type === 'phrase') return waysOfText(term, term.text, true)
  const { text, isWhole } = literalPrefix(term.glob)
  if (text !== '') return waysOfText(term, text, isWhole, { rest: restOf(term.glob), choose })
  const part = longestPart(term.glob)
  if (part === '') return [{ candidates: { by: 'all' }, finds: (document) => matches(term, ofRegistry(document)) }]
  return waysOfPart(term, part)
}

/** As `randomUUID` makes them. */
const ID_LENGTH = 36
const OF_ID = /^[\da-f-]+$/

const PLACES = [
  { by: 'name', field: 'thingName' },
  { by: 'id', field: 'thingId' },
  { by: 'type', field: 'thingTypeName' },
] as const

/** What of a thing is in the registry. */
const ofRegistry = ({ values, registryValues }: ThingDocument): IndexedDocument => ({
  values,
  allValues: registryValues,
})

function waysOfPart(term: WordOrPhrase, text: string): readonly SearchStep[] {
  return [
    stepFor({ by: 'part', of: 'name', text }, { ...term, field: 'thingName' }),
    ...(OF_ID.test(text) ? [stepFor({ by: 'part', of: 'id', text }, { ...term, field: 'thingId' })] : []),
    stepFor({ by: 'partOfType', text }, { ...term, field: 'thingTypeName' }),
    { candidates: { by: 'part', of: 'values', text }, finds: (document) => matches(term, ofRegistry(document)) },
  ]
}

/** @param further what the term has behind the text that it begins with */
function waysOfText(
  term: WordOrPhrase,
  text: string,
  isWhole: boolean,
  further?: { readonly rest: string | undefined; readonly choose: Choose },
): readonly SearchStep[] {
  const narrower = (beginning: Candidates, of: TextOfThing): Candidates => {
    if (further?.rest === undefined) return beginning
    const ways: readonly Candidates[] = [beginning, { by: 'part', of, text: further.rest }]
    return ways[further.choose(ways.map((way) => [way]))] ?? beginning
  }
  const isOfId = OF_ID.test(text) && (!isWhole || text.length === ID_LENGTH)
  const places = PLACES.filter(({ by }) => by !== 'id' || isOfId)
  return [
    ...places.map(({ by, field }) => {
      const beginning = { by, text, isWhole }
      return stepFor(by === 'name' ? narrower(beginning, by) : beginning, { ...term, field })
    }),
    {
      candidates: narrower({ by: 'value', text, isWhole }, 'values'),
      finds: (document) => matches(term, ofRegistry(document)),
    },
  ]
}
