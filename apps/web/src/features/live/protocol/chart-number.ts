import type { DataTree } from '../../../shared/decode/data-tree.ts'

/** Words that devices say in place of a truth value; the first of each pair is drawn as 1, the second as 0. */
const PAIRS = [
  ['true', 'false'],
  ['on', 'off'],
  ['yes', 'no'],
  ['open', 'closed'],
  ['online', 'offline'],
  ['connected', 'disconnected'],
  ['enabled', 'disabled'],
  ['active', 'inactive'],
  ['up', 'down'],
] as const

export type TruthPair = (typeof PAIRS)[number]

const TRUTHS: ReadonlyMap<string, ChartNumber> = new Map(
  PAIRS.flatMap((pair) => pair.map((word, index): [string, ChartNumber] => [word, { number: 1 - index, pair }])),
)
const LONGEST_WORD = 12

/** As JSON writes numbers, and with the signs and zeros that others put before them. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** What a value is in a chart. */
export interface ChartNumber {
  readonly number: number
  /** A number that was written as a text, as written. */
  readonly text?: string
  /** It was a word: what 1 and 0 stand for. */
  readonly pair?: TruthPair
}

/** A number, a number written as a text, a truth value or a word that means one; undefined for what no chart can draw. */
export function chartNumberOf(value: unknown): ChartNumber | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? { number: value } : undefined
  if (typeof value === 'boolean') return { number: value ? 1 : 0, pair: PAIRS[0] }
  if (typeof value !== 'string' || value.length > 64) return undefined
  const text = value.trim()
  if (NUMBER.test(text)) {
    const number = Number(text)
    return Number.isFinite(number) ? { number, text } : undefined
  }
  return text.length > LONGEST_WORD ? undefined : TRUTHS.get(text.toLowerCase())
}

/** {@link chartNumberOf} of a decoded value: whether a chart can draw it. */
export function isChartable(value: DataTree): boolean {
  if (value.kind === 'number') return chartNumberOf(Number(value.text)) !== undefined
  return (value.kind === 'boolean' || value.kind === 'string') && chartNumberOf(value.value) !== undefined
}
