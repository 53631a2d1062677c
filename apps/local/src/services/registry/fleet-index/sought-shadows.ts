import { type Glob, isNumber, literalPrefix, matches, type Query } from '@thingdeck/fleet-query'
import type { SoughtShadow } from '../../../foundation/fleet-sources.ts'

/** A query of one value. */
type Term = Extract<Query, { readonly type: 'word' | 'phrase' | 'range' | 'exists' }>

const OF_SHADOW = /^shadow\.(?:name\.(?<shadowName>[^.]+)\.)?(?<field>.+)$/su
const OF_STATE = /^(?<section>reported|desired|delta)\.(?<path>.+)$/su

/** The shadows among which those are that match a term; undefined for a term of another field. */
export function soughtShadow(term: Term): SoughtShadow | undefined {
  if (term.field === undefined) {
    // That there is a delta is a value, too, and in no text.
    const isTruth = matches(term, { values: () => [], allValues: () => [true, false] })
    return { shadowName: undefined, field: undefined, value: isTruth ? undefined : soughtValue(term) }
  }
  const { shadowName = '', field } = OF_SHADOW.exec(term.field)?.groups ?? {}
  if (field === undefined) return undefined
  const { section, path } = OF_STATE.exec(field)?.groups ?? {}
  const isOfDelta = field === 'hasDelta' && !matches(term, { values: () => [false], allValues: () => [] })
  if (isOfDelta) return { shadowName, field: 'desired', value: undefined }
  if (section === undefined) return { shadowName, field: undefined, value: undefined }
  // What is in the delta is desired.
  return { shadowName, field: `${section === 'delta' ? 'desired' : section}.${path}`, value: soughtValue(term) }
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
