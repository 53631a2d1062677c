import { type IndexedDocument, literalPrefix, matches, type Query } from '@thingdeck/fleet-query'
import type { TextOfThing } from '../thing-text-index.ts'
import {
  type Candidates,
  type Choose,
  candidatesOf,
  FEW,
  longestPart,
  narrowest,
  rank,
  restOf,
  SOME,
  termsOf,
} from './candidates.ts'
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
 * @param choose of the parts that several terms say, which one
 */
export function stepsOf(query: Query, hasShadows: boolean, choose: Choose = narrowest): readonly SearchStep[] {
  const candidates = candidatesOf(query, choose)
  const own = rank(candidates)
  if (own < FEW) {
    for (const term of termsOf(query)) {
      const steps = waysOf(term, hasShadows, choose)
      const widest = Math.min(...steps.map((step) => rank(step.candidates)))
      if (steps.length > 0 && widest >= SOME && widest > own) return steps
    }
  }
  return [stepFor(candidates, query)]
}

/** What several steps come upon is found at the first that looks for it: a step reads others, too. */
export const isFirstFound = (steps: readonly SearchStep[], step: number, document: ThingDocument): boolean =>
  steps.length === 1 || steps.findIndex(({ finds }) => finds(document)) === step

const stepFor = (candidates: Candidates, query: Query): SearchStep => ({
  candidates,
  finds: (document) => matches(query, document),
})

/** The ways to match a term of which any is enough; none where it has one alone. */
function waysOf(term: Query, hasShadows: boolean, choose: Choose): readonly SearchStep[] {
  if (term.type === 'or') return term.queries.flatMap((query) => stepsOf(query, hasShadows, choose))
  if ((term.type !== 'word' && term.type !== 'phrase') || term.field !== undefined) return []
  const sought = hasShadows ? soughtShadow(term) : undefined
  return [...waysInRegistry(term, choose), ...(sought ? [stepFor({ by: 'shadow', sought }, term)] : [])]
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
    return ways[further.choose(ways)] ?? beginning
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
