import { type Glob, literalPrefix } from '@thingdeck/fleet-query'
import type { Query } from '@thingdeck/fleet-query'

/** Where to look for the things that match a query: a part of the registry that holds them all. */
export type Candidates =
  | { readonly by: 'all' }
  | { readonly by: 'name'; readonly text: string; readonly isWhole: boolean }
  | { readonly by: 'attribute'; readonly attribute: string; readonly text: string; readonly isWhole: boolean }

/**
 * The narrowest part of the registry that every match of the query lies in, told from the terms that all have to hold:
 * a whole name or attribute value before the beginning of one, and a longer beginning before a shorter.
 */
export function candidatesOf(query: Query): Candidates {
  let best: Candidates = { by: 'all' }
  for (const term of query.type === 'and' ? query.queries : [query]) {
    const candidates = ofTerm(term)
    if (candidates && rank(candidates) > rank(best)) best = candidates
  }
  return best
}

const rank = (candidates: Candidates): number => {
  if (candidates.by === 'all') return 0
  return (candidates.isWhole ? 10_000 : 1) + candidates.text.length
}

const ATTRIBUTE = 'attributes.'

function ofTerm(term: Query): Candidates | undefined {
  if (!('field' in term) || term.field === undefined) return undefined
  if (term.type === 'exists' || term.type === 'range') return ofField(term.field, '', false)
  if (term.type === 'word') return ofWord(term.field, term.glob)
  return undefined
}

/** Names and attribute values have no blanks, so that a word is the whole of them. */
function ofWord(field: string, glob: Glob): Candidates | undefined {
  const { text, isWhole } = literalPrefix(glob)
  return ofField(field, text, isWhole)
}

function ofField(field: string, text: string, isWhole: boolean): Candidates | undefined {
  if (field === 'thingName') return text === '' ? undefined : { by: 'name', text, isWhole }
  if (!field.startsWith(ATTRIBUTE)) return undefined
  return { by: 'attribute', attribute: field.slice(ATTRIBUTE.length), text, isWhole }
}
