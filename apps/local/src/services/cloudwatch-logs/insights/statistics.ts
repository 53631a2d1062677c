import { ownValue } from '../../../foundation/own-value.ts'
import type { Scanner } from '../filter-pattern/scanner.ts'
import { type Expression, takeExpression } from './expression.ts'
import { numberOf, orderOf } from './field-values.ts'
import { type FieldValue, formatTime, NO_FIELDS, type RecordFields } from './log-record.ts'

/** What is gathered of the records of one group. */
interface Gatherer {
  add(fields: RecordFields): void
  readonly value: FieldValue
}

/** `count(*)`, `avg(latency)`, … */
export interface Statistic {
  readonly text: string
  readonly isTime: boolean
  gather(): Gatherer
}

type Make = (value: Expression, parameter: number | undefined) => Gatherer

/** Of what may be told apart, or put in order, at most so many values are kept for one group. */
const MOST_VALUES = 100_000

const MAKE: Readonly<Record<string, Make>> = {
  count: (value) => {
    let count = 0
    return {
      add: (fields) => {
        if (value.read(fields) !== undefined) count += 1
      },
      get value() {
        return count
      },
    }
  },
  count_distinct: (value) => {
    const seen = new Set<FieldValue>()
    return {
      add: (fields) => {
        const found = value.read(fields)
        if (found !== undefined && seen.size < MOST_VALUES) seen.add(found)
      },
      get value() {
        return seen.size
      },
    }
  },
  sum: (value) => numbers(value, (all) => all.sum),
  avg: (value) => numbers(value, (all) => (all.count === 0 ? undefined : all.sum / all.count)),
  stddev: (value) =>
    numbers(value, ({ count, sum, squares }) =>
      count === 0 ? undefined : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)),
    ),
  min: (value) => extreme(value, -1),
  max: (value) => extreme(value, 1),
  sortsfirst: (value) => extreme(value, -1),
  sortslast: (value) => extreme(value, 1),
  pct: percentile,
  percentile,
  earliest: (value) => atExtremeTime(value, -1),
  latest: (value) => atExtremeTime(value, 1),
}

/** Undefined where no statistic comes next. @throws {FilterPatternError} */
export function takeStatistic(scanner: Scanner): Statistic {
  scanner.skipSpace()
  const from = scanner.position
  const name = scanner.takeWhile(/\w/)
  const make = ownValue(MAKE, name.toLowerCase())
  if (!make) return scanner.fail(`Expected one of ${Object.keys(MAKE).join(', ')}`)
  scanner.expect('(')
  const isOfAll = name.toLowerCase() === 'count' && (scanner.takeSign('*') || scanner.peek() === ')')
  const value = isOfAll ? EVERY_RECORD : takeExpression(scanner)
  const parameter = scanner.takeSign(',') ? numberOf(takeExpression(scanner).read(NO_FIELDS)) : undefined
  if (make === percentile && (parameter === undefined || parameter < 0 || parameter > 100)) {
    scanner.fail('Expected a percentile from 0 to 100')
  }
  scanner.skipSpace()
  scanner.expect(')')
  const isTime = value.isTime && /^(min|max|earliest|latest|sortsfirst|sortslast)$/i.test(name)
  return { text: scanner.since(from), isTime, gather: () => make(value, parameter) }
}

const EVERY_RECORD: Expression = { text: '*', isTime: false, read: () => 1 }

function numbers(
  value: Expression,
  of: (all: { readonly count: number; readonly sum: number; readonly squares: number }) => FieldValue,
): Gatherer {
  const all = { count: 0, sum: 0, squares: 0 }
  return {
    add: (fields) => {
      const number = numberOf(value.read(fields))
      if (number === undefined) return
      all.count += 1
      all.sum += number
      all.squares += number * number
    },
    get value() {
      return of(all)
    },
  }
}

function extreme(value: Expression, sign: 1 | -1): Gatherer {
  let best: FieldValue
  return {
    add: (fields) => {
      const found = value.read(fields)
      if (found === undefined || found === null) return
      if (best === undefined || (orderOf(found, best) ?? 0) * sign > 0) best = found
    },
    get value() {
      return best
    },
  }
}

function atExtremeTime(value: Expression, sign: 1 | -1): Gatherer {
  let [best, bestMs]: [FieldValue, number | undefined] = [undefined, undefined]
  return {
    add: (fields) => {
      const { timestampMs } = fields.record
      const found = value.read(fields)
      if (found === undefined || (bestMs !== undefined && (timestampMs - bestMs) * sign <= 0)) return
      ;[best, bestMs] = [found, timestampMs]
    },
    get value() {
      return best
    },
  }
}

function percentile(value: Expression, percent = 50): Gatherer {
  const found: number[] = []
  return {
    add: (fields) => {
      const number = numberOf(value.read(fields))
      if (number !== undefined && found.length < MOST_VALUES) found.push(number)
    },
    get value() {
      if (found.length === 0) return undefined
      const sorted = found.toSorted((a, b) => a - b)
      return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]
    },
  }
}

/** A value as results show it; undefined for none. */
export function shownValue(value: FieldValue, isTime: boolean): string | undefined {
  if (value === undefined || value === null) return undefined
  if (isTime && typeof value === 'number') return formatTime(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'number' ? String(Number(value.toPrecision(12))) : value
}
