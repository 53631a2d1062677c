import { type IndexedDocument, literalPrefix, matches, type Query } from '@thingdeck/fleet-query'
import { type Candidates, candidatesOf, FEW, longestPart, rank, SOME, termsOf } from './candidates.ts'
import type { ThingDocument } from './documents.ts'
import { soughtShadow } from './sought-shadows.ts'

type WordOrPhrase = Extract<Query, { readonly type: 'word' | 'phrase' }>

/** A part of a search: what is looked through for things that match the whole query. */
export interface SearchStep {
  readonly candidates: Candidates
  /** Whether this step looks for a thing that matches the whole query; each is found at the first step that does. */
  readonly finds: (document: ThingDocument) => boolean
}

/**
 * How a query is searched: at the narrowest part of the registry that every match lies in; or where any of several is
 * enough, at the parts of each, one after the other. So is a word without a field, which any of a thing's values may be.
 * @param hasShadows values of shadows are among those
 */
export function stepsOf(query: Query, hasShadows: boolean): readonly SearchStep[] {
  const candidates = candidatesOf(query)
  const own = rank(candidates)
  if (own < FEW) {
    for (const term of termsOf(query)) {
      const steps = waysOf(term, hasShadows)
      const widest = Math.min(...steps.map((step) => rank(step.candidates)))
      if (steps.length > 0 && widest >= SOME && widest > own) return steps
    }
  }
  return [stepFor(candidates, query)]
}

const stepFor = (candidates: Candidates, query: Query): SearchStep => ({
  candidates,
  finds: (document) => matches(query, document),
})

/** The ways to match a term of which any is enough; none where it has one alone. */
function waysOf(term: Query, hasShadows: boolean): readonly SearchStep[] {
  if (term.type === 'or') return term.queries.flatMap((query) => stepsOf(query, hasShadows))
  if ((term.type !== 'word' && term.type !== 'phrase') || term.field !== undefined) return []
  const sought = hasShadows ? soughtShadow(term) : undefined
  return [...waysInRegistry(term), ...(sought ? [stepFor({ by: 'shadow', sought }, term)] : [])]
}

function waysInRegistry(term: WordOrPhrase): readonly SearchStep[] {
  // No value of the registry has blanks, so that a phrase without one is the whole of it, and one with some is of none.
  if (term.type === 'phrase') return waysOfText(term, term.text, true)
  const { text, isWhole } = literalPrefix(term.glob)
  if (text !== '') return waysOfText(term, text, isWhole)
  const part = longestPart(term.glob)
  const candidates: Candidates = part === '' ? { by: 'all' } : { by: 'anyPart', text: part }
  return [{ candidates, finds: (document) => matches(term, ofRegistry(document)) }]
}

/** As `randomUUID` makes them. */
const ID_LENGTH = 36

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

function waysOfText(term: WordOrPhrase, text: string, isWhole: boolean): readonly SearchStep[] {
  const isOfId = /^[\da-f-]+$/.test(text) && (!isWhole || text.length === ID_LENGTH)
  const places = PLACES.filter(({ by }) => by !== 'id' || isOfId)
  return [
    ...places.map(({ by, field }) => stepFor({ by, text, isWhole }, { ...term, field })),
    { candidates: { by: 'value', text, isWhole }, finds: (document) => matches(term, ofRegistry(document)) },
  ]
}
