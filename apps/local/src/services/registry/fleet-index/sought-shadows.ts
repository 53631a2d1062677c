import { type Glob, isNumber, literalPrefix, matches, type Query } from '@thingdeck/fleet-query'
import {
  type IndexedShadowValues,
  type ShadowValue,
  type SoughtShadow,
  TIMES,
  type ValueRange,
} from '../../../foundation/fleet-sources.ts'
import { AFTER_ALL } from '../../../foundation/text-order.ts'
import { numbersBeginningWith } from './numbers-beginning.ts'

/** A query of one value. */
type Term = Extract<Query, { readonly type: 'word' | 'phrase' | 'range' | 'exists' }>

const OF_SHADOW = /^shadow\.(?:name\.(?<shadowName>[^.]+)\.)?(?<field>.+)$/su
const OF_STATE = /^(?<section>reported|desired|delta)\.(?<path>.+)$/su

/** The shadows among which those are that match a term; undefined for a term of another field. */
export function soughtShadow(term: Term): SoughtShadow | undefined {
  if (term.field === undefined) {
    // That there is a delta is a value, too, and in no text.
    const isTruth = matches(term, { values: () => [], allValues: () => [true, false] })
    const value = isTruth ? undefined : soughtValue(term)
    return { shadowName: undefined, field: undefined, value, indexed: indexedValues(term, undefined) }
  }
  const { shadowName = '', field } = OF_SHADOW.exec(term.field)?.groups ?? {}
  if (field === undefined) return undefined
  const { section, path } = OF_STATE.exec(field)?.groups ?? {}
  const indexed = indexedValues(term, field)
  const isOfDelta = field === 'hasDelta' && !matches(term, { values: () => [false], allValues: () => [] })
  if (isOfDelta) return { shadowName, field: 'desired', value: undefined, indexed }
  if (section === undefined) return { shadowName, field: undefined, value: undefined, indexed }
  // What is in the delta is desired.
  const inState = `${section === 'delta' ? 'desired' : section}.${path}`
  return { shadowName, field: inState, value: soughtValue(term), indexed }
}

function indexedValues(term: Term, named: string | undefined): IndexedShadowValues {
  const accepts = (value: ShadowValue) => matches(term, { values: () => [value], allValues: () => [value] })
  const field = named?.startsWith('metadata.') ? TIMES : named
  switch (term.type) {
    case 'exists':
      return { field, accepts }
    case 'range':
      return { field, accepts, ranges: indexedRanges(term.low?.value, term.high?.value) }
    case 'phrase': {
      const [word = ''] = term.text.trim().split(/\s+/)
      return { field, accepts: () => true, values: spellings(word) }
    }
    case 'word': {
      const { text, isWhole } = literalPrefix(term.glob)
      if (isWhole) return { field, accepts, values: spellings(text) }
      const ranges: ValueRange[] = [[text, text + AFTER_ALL], ...numbersBeginningWith(text)]
      return { field, accepts, ranges: text === '' ? undefined : ranges }
    }
  }
}

/** A number in any spelling; one that is too large is infinite, and its text says so. */
function spellings(text: string): readonly ShadowValue[] {
  if (isNumber(text)) return [text, Number(text)]
  const infinite = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].filter(
    (each) => `${each}`.toLowerCase() === text,
  )
  return [text, ...infinite]
}

function indexedRanges(low: string | undefined, high: string | undefined): IndexedShadowValues['ranges'] {
  const numbers = numbersBetween(low, high)
  if (numbers) return [numbers]
  // JavaScript and SQLite sort characters beyond the first plane differently.
  if (/[^\0-\x7f]/.test(`${low}${high}`)) return undefined
  return [[low ?? '', high ?? AFTER_ALL]]
}

function soughtValue(term: Term): SoughtShadow['value'] {
  switch (term.type) {
    case 'exists':
      return undefined
    case 'range':
      return ofRange(term.low?.value, term.high?.value)
    case 'phrase':
      return isNumber(term.text) ? ofNumber(term.text) : ofText(term, term.text)
    case 'word':
      return ofWord(term)
  }
}

function ofRange(low: string | undefined, high: string | undefined): SoughtShadow['value'] {
  const numbers = numbersBetween(low, high)
  return numbers && { numbers: [lower(numbers[0]), higher(numbers[1])] }
}

/** From which number to which, both of them within; an open end is infinite. Undefined where a bound is no number. */
export const numbersBetween = (
  low: string | undefined,
  high: string | undefined,
): readonly [low: number, high: number] | undefined =>
  [low, high].every((bound) => bound === undefined || isNumber(bound))
    ? [Number(low ?? Number.NEGATIVE_INFINITY), Number(high ?? Number.POSITIVE_INFINITY)]
    : undefined

function ofWord(term: Extract<Term, { readonly type: 'word' }>): SoughtShadow['value'] {
  const { text, isWhole } = literalPrefix(term.glob)
  if (isWhole && isNumber(text)) return ofNumber(text)
  const pattern = charactersOf(term.glob)
  // Numbers are kept as they were written, and asked for as JavaScript writes them.
  return !isWhole && /^[\d.e+\-\s]*$/.test(pattern) ? undefined : ofText(term, pattern)
}

const ofNumber = (text: string) => ({ part: text, numbers: [lower(Number(text)), higher(Number(text))] as const })

/** @param text in which blanks are between the parts that a value has somewhere */
function ofText(term: Term, text: string): SoughtShadow['value'] {
  // What a number is that is too large for one.
  if (matches(term, { values: () => ['Infinity', '-Infinity'], allValues: () => ['Infinity', '-Infinity'] })) return
  const parts = text.split(/[^\x21-\x7e]|["\\]/)
  const part = parts.reduce((longest, each) => (each.length > longest.length ? each : longest), '')
  return part === '' ? undefined : { part }
}

/** A blank for each wildcard. */
const charactersOf = (glob: Glob): string =>
  glob.map((each) => (each.type === 'character' ? each.character : ' ')).join('')

/** SQLite may read a number of many digits as one of its neighbours. */
const lower = (number: number): number => number - Math.abs(number) * 1e-12
const higher = (number: number): number => number + Math.abs(number) * 1e-12
