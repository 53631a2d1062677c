import { distributionOf, type MetricPoint } from './metric-point.ts'

/** A statistic that is made of the points of a period; undefined where these do not suffice. */
export type Statistic = (point: MetricPoint) => number | undefined

/** Those that every point suffices for. */
const SIMPLE: Readonly<Record<string, Statistic>> = {
  SampleCount: ({ count }) => count,
  Average: ({ sum, count }) => sum / count,
  Sum: ({ sum }) => sum,
  Minimum: ({ min }) => min,
  Maximum: ({ max }) => max,
}

/** Names of those that are made of a part of the values, with the short form and what is done with that part. */
const PARTIAL: readonly { readonly names: RegExp; readonly of: (values: Values) => number | undefined }[] = [
  { names: /^(?:tm|TM)$/, of: meanOf },
  { names: /^(?:wm|WM)$/, of: meanOf },
  { names: /^(?:tc|TC)$/, of: ({ count }) => count },
  { names: /^(?:ts|TS)$/, of: ({ sum }) => sum },
]

const NUMBER = String.raw`\d+(?:\.\d{1,10})?`
const PERCENTILE = new RegExp(`^p(${NUMBER})$`)
const SHORT = new RegExp(`^(tm|wm|tc|ts)(${NUMBER})$`)
const RANGE = new RegExp(`^(TM|WM|TC|TS|PR)\\((-?${NUMBER}%?)?:(-?${NUMBER}%?)?\\)$`)

/** Some of the values of a period. */
interface Values {
  readonly count: number
  readonly sum: number
}

/** From where to where values count: shares of all of them from the smallest on, or values. */
interface Bounds {
  readonly from: number
  readonly to: number
  readonly isShare: boolean
}

/**
 * The statistic of a name: `Sum`, `p99.9`, `tm90`, `TM(10%:90%)`, `TC(0.005:0.030)`, `IQM`; undefined where there is
 * none of that name.
 * @see Amazon CloudWatch User Guide, "CloudWatch statistics definitions"
 */
export function parseStatistic(name: string): Statistic | undefined {
  if (Object.hasOwn(SIMPLE, name)) return SIMPLE[name]
  if (name === 'IQM') return partial('TM', { from: 0.25, to: 0.75, isShare: true })
  const percentile = PERCENTILE.exec(name)
  if (percentile) {
    const percent = Number(percentile[1])
    return percent <= 100 ? (point) => percentileOf(point, percent / 100) : undefined
  }
  const short = SHORT.exec(name)
  if (short) {
    const percent = Number(short[2])
    return percent <= 100 ? partial(short[1] ?? '', { from: 0, to: percent / 100, isShare: true }) : undefined
  }
  const range = RANGE.exec(name)
  const bounds = range && boundsOf(range[2], range[3])
  if (!bounds || (range[1] === 'PR' && bounds.isShare)) return undefined
  return range[1] === 'PR' ? (point) => rankOf(point, bounds) : partial(range[1] ?? '', bounds)
}

/** Both in percent or both values; one may be left out. */
function boundsOf(from: string | undefined, to: string | undefined): Bounds | undefined {
  if (from === undefined && to === undefined) return undefined
  const isShare = (from ?? to)?.endsWith('%') === true
  if (from !== undefined && to !== undefined && from.endsWith('%') !== to.endsWith('%')) return undefined
  const read = (text: string) => (isShare ? Number(text.slice(0, -1)) / 100 : Number(text))
  const bounds = {
    from: from === undefined ? (isShare ? 0 : Number.NEGATIVE_INFINITY) : read(from),
    to: to === undefined ? (isShare ? 1 : Number.POSITIVE_INFINITY) : read(to),
    isShare,
  }
  const isWithin = !isShare || (bounds.from >= 0 && bounds.to <= 1)
  return isWithin && bounds.from <= bounds.to ? bounds : undefined
}

/** The smallest value that at least that share of the values does not exceed. */
function percentileOf(point: MetricPoint, share: number): number | undefined {
  const distribution = distributionOf(point)
  if (!distribution) return undefined
  const rank = share * point.count
  let seen = 0
  for (const [value, times] of distribution.values) {
    seen += times
    if (seen >= rank) return value
  }
  return point.max
}

/** The share of the values within two, in percent: above the first, up to the second. */
function rankOf(point: MetricPoint, bounds: Bounds): number | undefined {
  const within = valuesWithin(point, bounds)
  return within && (within.count / point.count) * 100
}

function partial(name: string, bounds: Bounds): Statistic {
  const found = PARTIAL.find(({ names }) => names.test(name))
  const isWinsorized = /^wm$/i.test(name)
  return (point) => {
    const values = isWinsorized ? winsorized(point, bounds) : valuesWithin(point, bounds)
    return values && found?.of(values)
  }
}

/** Values above the lower bound, up to the upper one; where a bound is a share, values count in part. */
function valuesWithin(point: MetricPoint, { from, to, isShare }: Bounds): Values | undefined {
  const distribution = distributionOf(point)
  if (!distribution) return undefined
  let count = 0
  let sum = 0
  let seen = 0
  for (const [value, times] of distribution.values) {
    const counted = isShare
      ? Math.max(0, Math.min(seen + times, to * point.count) - Math.max(seen, from * point.count))
      : value > from && value <= to
        ? times
        : 0
    seen += times
    count += counted
    sum += value * counted
  }
  return { count, sum }
}

/** All values, those outside the bounds being as large as the bound that they exceed. */
function winsorized(point: MetricPoint, bounds: Bounds): Values | undefined {
  const distribution = distributionOf(point)
  const low = bounds.isShare ? percentileOf(point, bounds.from) : bounds.from
  const high = bounds.isShare ? percentileOf(point, bounds.to) : bounds.to
  if (!distribution || low === undefined || high === undefined) return undefined
  const sum = distribution.values.reduce((total, [value, times]) => {
    return total + Math.min(Math.max(value, low), high) * times
  }, 0)
  return { count: point.count, sum }
}

function meanOf({ sum, count }: Values): number | undefined {
  return count > 0 ? sum / count : undefined
}
