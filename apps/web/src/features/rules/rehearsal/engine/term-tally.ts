import { type ExplainedTerm, type Explanation, isNumber, type Value } from '@thingdeck/rules-sql'
import { formatCount } from '../../../../shared/format.ts'
import type { SqlMark } from '../protocol.ts'
import { valueText } from './value-text.ts'
import { leafTerms } from './where-terms.ts'

interface Tally extends Pick<ExplainedTerm, 'from' | 'to' | 'operator'> {
  isTrue: number
  isFalse: number
  isUndefined: number
  /** Anything else, which is not true either. */
  isOther: number
  /** Of the first side of a comparison where that was false, as far as it is a number. */
  least: number
  most: number
  /** Up to three different values of it that are none. */
  readonly values: Set<string>
}

interface NoteTally {
  readonly from: number
  readonly to: number
  readonly sentence: string
  count: number
}

/** Different reasons that are told of. */
const MOST_NOTES = 50

/** What became of each term of WHERE, over all messages. */
export class TermTally {
  readonly #terms = new Map<string, Tally>()
  readonly #notes = new Map<string, NoteTally>()

  add({ where, undefinedNotes }: Explanation): void {
    if (where) for (const term of leafTerms(where)) if (term.isEvaluated) this.#addTerm(term)
    for (const { from, to, sentence } of undefinedNotes) {
      const key = `${from} ${to} ${sentence}`
      const note = this.#notes.get(key)
      if (note) note.count += 1
      else if (this.#notes.size < MOST_NOTES) this.#notes.set(key, { from, to, sentence, count: 1 })
    }
  }

  /** Terms that were not true for some, and what was Undefined elsewhere, by their places in the SQL. */
  get marks(): readonly SqlMark[] {
    const terms = [...this.#terms.values()].map((tally) => this.#markOf(tally))
    const elsewhere = [...this.#notes.values()].filter((note) => !terms.some((term) => isWithin(note, term)))
    const notes = elsewhere.map(
      ({ from, to, sentence, count }): SqlMark => ({
        from,
        to,
        text: `Undefined for ${formatCount(count)}: ${sentence}`,
        tone: 'undefined',
      }),
    )
    return [...terms, ...notes].toSorted((one, other) => one.from - other.from)
  }

  #addTerm({ from, to, operator, value, terms }: ExplainedTerm): void {
    const key = `${from} ${to}`
    let tally = this.#terms.get(key)
    if (!tally) {
      tally = {
        from,
        to,
        operator,
        isTrue: 0,
        isFalse: 0,
        isUndefined: 0,
        isOther: 0,
        least: Number.POSITIVE_INFINITY,
        most: Number.NEGATIVE_INFINITY,
        values: new Set(),
      }
      this.#terms.set(key, tally)
    }
    if (value === true) tally.isTrue += 1
    else if (value === false) tally.isFalse += 1
    else if (value === undefined) tally.isUndefined += 1
    else tally.isOther += 1
    const [side] = terms
    if (side && value === false) noteValue(tally, side.value)
  }

  #markOf(tally: Tally): SqlMark {
    const { from, to, isTrue, isFalse, isUndefined, isOther } = tally
    const parts: string[] = []
    if (isFalse > 0) parts.push(`false for ${formatCount(isFalse)}${seenWords(tally)}`)
    if (isUndefined > 0) {
      const why = [...this.#notes.values()]
        .filter((note) => isWithin(note, tally))
        .toSorted((one, other) => other.count - one.count)
        .slice(0, 2)
        .map(({ sentence }) => sentence.replace(/^The\b/, 'the'))
      parts.push(`Undefined for ${formatCount(isUndefined)}${why.length > 0 ? `: ${why.join('; ')}` : ''}`)
    }
    if (isOther > 0) parts.push(`no Boolean for ${formatCount(isOther)}`)
    if (isTrue > 0) parts.push(`true for ${formatCount(isTrue)}`)
    const tone = isUndefined + isOther > isFalse ? 'undefined' : isFalse > 0 ? 'false' : 'true'
    return { from, to, text: parts.join(', '), tone }
  }
}

const isWithin = (inner: { from: number; to: number }, outer: { from: number; to: number }): boolean =>
  inner.from >= outer.from && inner.to <= outer.to

function noteValue(tally: Tally, value: Value): void {
  if (value === undefined) return
  if (isNumber(value)) {
    const number = Number(valueText(value))
    tally.least = Math.min(tally.least, number)
    tally.most = Math.max(tally.most, number)
  } else if (tally.values.size < 3) tally.values.add(valueText(value))
}

/** What was seen where it was compared: ` (max seen 29.4)`. */
function seenWords({ operator, least, most, values }: Tally): string {
  if (values.size > 0 && (operator === '=' || operator === 'IN')) return ` (seen ${[...values].join(', ')})`
  if (!Number.isFinite(most)) return ''
  if (operator === '>' || operator === '>=') return ` (max seen ${most})`
  if (operator === '<' || operator === '<=') return ` (min seen ${least})`
  return least === most ? ` (seen ${most})` : ` (seen ${least} to ${most})`
}
