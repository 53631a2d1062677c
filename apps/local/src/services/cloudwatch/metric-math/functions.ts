import { ownValue } from '../../../foundation/own-value.ts'
import { AGGREGATES, aggregate, sortSeries } from './aggregates.ts'
import type { Call } from './call.ts'
import { conditional } from './conditional.ts'
import { MathError } from './math-error.ts'
import { array, eachSeries, type MathValue, scalar, single } from './math-value.ts'
import { type Filler, fill, SERIES_FUNCTIONS, TIME_FUNCTIONS } from './series-functions.ts'
import type { TimeSeries } from './time-series.ts'

type MathFunction = (call: Call) => MathValue

const SORTED_BY = ['AVG', 'MIN', 'MAX', 'SUM'] as const

const SPECIAL: Readonly<Record<string, MathFunction>> = {
  FILL: (call) => {
    call.expect(2, 2)
    const filler = fillerOf(call)
    return eachSeries(call.value(0), 'FILL', (series) => fill(series, call.context.times(series.periodSeconds), filler))
  },
  FIRST: (call) => {
    call.expect(1, 1)
    return oneOf(call.all(0).at(0), 'FIRST')
  },
  LAST: (call) => {
    call.expect(1, 1)
    return oneOf(call.all(0).at(-1), 'LAST')
  },
  IF: (call) => {
    call.expect(2, 3)
    return conditional(call.value(0), call.value(1), call.count === 3 ? call.value(2) : undefined)
  },
  METRICS: (call) => {
    call.expect(0, 1)
    return array(call.context.metrics(call.count === 1 ? call.text(0) : ''))
  },
  METRIC_COUNT: (call) => {
    call.expect(1, 1)
    return scalar(call.all(0).length)
  },
  PERIOD: (call) => {
    call.expect(1, 1)
    return scalar(call.series(0).periodSeconds)
  },
  REMOVE_EMPTY: (call) => {
    call.expect(1, 1)
    return array(call.all(0).filter(({ values }) => values.size > 0))
  },
  SEARCH: (call) => {
    call.expect(2, 3)
    const periodSeconds = call.count === 3 ? call.scalar(2) : call.context.periodSeconds
    return array(call.context.search(call.text(0), call.text(1), periodSeconds))
  },
  SLICE: (call) => {
    call.expect(2, 3)
    return array(call.all(0).slice(call.scalar(1), call.count === 3 ? call.scalar(2) : undefined))
  },
  SORT: (call) => {
    call.expect(3, 4)
    const how = AGGREGATES[call.expectWord(1, SORTED_BY)]
    if (!how) throw new MathError('SORT lacks its function')
    const isAscending = call.expectWord(2, ['ASC', 'DESC']) === 'ASC'
    const sorted = sortSeries(call.all(0), how, isAscending)
    return call.count === 4 && sorted.kind === 'array' ? array(sorted.series.slice(0, call.scalar(3))) : sorted
  },
  TIME_SERIES: (call) => {
    call.expect(1, 1)
    const value = call.scalar(0)
    const { periodSeconds } = call.context
    const values = new Map(call.context.times(periodSeconds).map((at) => [at, value]))
    return single({ label: 'TIME_SERIES', periodSeconds, values: Number.isFinite(value) ? values : new Map() })
  },
}

/** AWS's own that stand on what is not here. */
const ELSEWHERE: readonly string[] = [
  'ANOMALY_DETECTION_BAND',
  'DB_PERF_INSIGHTS',
  'INSIGHT_RULE_METRIC',
  'LAMBDA',
  'SERVICE_QUOTA',
]

/**
 * The function of a name.
 * @throws {MathError} where there is none
 * @see Amazon CloudWatch User Guide, "Functions supported for metric math"
 */
export function findFunction(name: string): MathFunction {
  const found = ownValue(SPECIAL, name) ?? aggregateFunction(name) ?? seriesFunction(name) ?? timeFunction(name)
  if (found) return found
  if (ELSEWHERE.includes(name)) throw new MathError(`The function ${name} is not there in this server`)
  throw new MathError(`Unknown function: ${name}`)
}

function aggregateFunction(name: string): MathFunction | undefined {
  const how = ownValue(AGGREGATES, name)
  if (!how) return undefined
  return (call) => {
    call.expect(1, 1)
    return aggregate(call.value(0), name, how)
  }
}

function seriesFunction(name: string): MathFunction | undefined {
  const change = ownValue(SERIES_FUNCTIONS, name)
  if (!change) return undefined
  return (call) => {
    call.expect(1, 1)
    return eachSeries(call.value(0), name, change)
  }
}

function timeFunction(name: string): MathFunction | undefined {
  const valueAt = ownValue(TIME_FUNCTIONS, name)
  if (!valueAt) return undefined
  return (call) => {
    call.expect(1, 1)
    const series = call.series(0)
    const times = call.context.times(series.periodSeconds)
    return single({ ...series, values: new Map(times.map((at) => [at, valueAt(new Date(at * 1000))])) })
  }
}

function fillerOf(call: Call): Filler {
  const word = call.word(1, ['REPEAT', 'LINEAR'])
  if (word !== undefined) return word
  const value = call.value(1)
  if (value.kind === 'scalar') return value.value
  return call.series(1)
}

function oneOf(series: TimeSeries | undefined, name: string): MathValue {
  return single(series ?? { label: name, periodSeconds: 60, values: new Map() })
}
