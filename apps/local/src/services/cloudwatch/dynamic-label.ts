import { ownValue } from '../../foundation/own-value.ts'
import type { GivenDimension } from './dimensions.ts'
import type { TimeSeries } from './metric-math/time-series.ts'

/** What a label can speak of. */
export interface LabelFacts {
  readonly series: TimeSeries
  /** Undefined for an expression. */
  readonly metric:
    | {
        readonly namespace: string
        readonly name: string
        readonly stat: string
        readonly dimensions: readonly GivenDimension[]
      }
    | undefined
  readonly accountId: string
  readonly region: string
  readonly offsetMinutes: number
}

type Place = (facts: LabelFacts) => string | undefined

/** The value of a point that `find` chooses, and with `_TIME` when that was. */
const POINTS: Readonly<Record<string, (points: readonly Point[]) => Point | undefined>> = {
  FIRST: (points) => points.at(0),
  LAST: (points) => points.at(-1),
  MIN: (points) => points.reduce((a: Point | undefined, b) => (a && a.value <= b.value ? a : b), undefined),
  MAX: (points) => points.reduce((a: Point | undefined, b) => (a && a.value >= b.value ? a : b), undefined),
}

interface Point {
  readonly at: number
  readonly value: number
}

const PROPERTIES: Readonly<Record<string, Place>> = {
  AccountId: ({ accountId }) => accountId,
  Region: ({ region }) => region,
  Namespace: ({ metric }) => metric?.namespace,
  MetricName: ({ metric }) => metric?.name,
  Stat: ({ metric }) => metric?.stat,
  Period: ({ series }) => String(series.periodSeconds),
}

const MINUTE_SECONDS = 60

/**
 * A label with its dynamic parts filled in: `${MAX}`, `${LAST_TIME}`, `${PROP('Dim.Protocol')}`. What is not known stays
 * as it is, so that nobody takes a mistake for a name.
 * @see Amazon CloudWatch User Guide, "Using dynamic labels"
 */
export function labelOf(label: string, facts: LabelFacts): string {
  return label.replaceAll(/\$\{([^}]+)\}/g, (whole, inside: string) => partOf(inside.trim(), facts) ?? whole)
}

function partOf(name: string, facts: LabelFacts): string | undefined {
  const property = /^PROP\(\s*(['"])(.+)\1\s*\)$/.exec(name)?.[2]
  if (property?.startsWith('Dim.')) {
    const dimension = facts.metric?.dimensions.find(({ Name }) => Name === property.slice(4))
    return dimension?.Value
  }
  if (property !== undefined) return ownValue(PROPERTIES, property)?.(facts)
  const points = Array.from(facts.series.values, ([at, value]) => ({ at, value }))
  if (name === 'LABEL') return facts.series.label
  if (name === 'DATAPOINT_COUNT') return String(points.length)
  const sum = points.reduce((total, { value }) => total + value, 0)
  if (name === 'SUM') return format(sum)
  if (name === 'AVG') return points.length === 0 ? '-' : format(sum / points.length)
  const [, statistic = '', suffix] = /^([A-Z]+?)(?:_(TIME|TIME_RELATIVE))?$/.exec(name) ?? []
  const find = ownValue(POINTS, statistic)
  if (!find || suffix === 'TIME_RELATIVE') return undefined
  const point = find(points)
  if (!point) return '-'
  return suffix === 'TIME' ? timeOf(point.at, facts.offsetMinutes) : format(point.value)
}

const format = (value: number): string => String(Number(value.toPrecision(6)))

function timeOf(atSeconds: number, offsetMinutes: number): string {
  const local = new Date((atSeconds + offsetMinutes * MINUTE_SECONDS) * 1000)
  return local.toISOString().slice(0, 19).replace('T', ' ')
}
