import type { Series, SeriesStats } from '../../protocol/chart.ts'
import { compareDecimals } from '../payload/compare-decimals.ts'
import type { SampleStore } from './sample-store.ts'

type Points = Pick<Series, 'atMs' | 'min' | 'mean' | 'max' | 'count' | 'exact'> & { readonly stats?: SeriesStats }

/**
 * The samples from `fromMs` up to and including `toMs`, as they are (`buckets` 0), or as least, mean and greatest value
 * of each of `buckets` equal spans that has any. A peak of one sample stays visible however long the span.
 */
export function downsample(samples: SampleStore, fromMs: number, toMs: number, buckets: number): Points {
  const from = samples.lowerBound(fromMs)
  const to = Math.max(from, upperBound(samples, toMs))
  const stats = statsOf(samples, from, to)
  if (buckets <= 0 || toMs <= fromMs) return { ...raw(samples, from, to), ...stats }

  const spanMs = (toMs - fromMs) / buckets
  const length = Math.min(buckets, to - from)
  const points = columns(length)
  let point = -1
  let bucketBefore = -1
  for (let index = from; index < to; index++) {
    const value = samples.value(index)
    const bucket = Math.min(buckets - 1, Math.floor((samples.atMs(index) - fromMs) / spanMs))
    if (bucket !== bucketBefore) {
      point += 1
      bucketBefore = bucket
      points.atMs[point] = fromMs + (bucket + 0.5) * spanMs
      points.min[point] = value
      points.max[point] = value
    }
    points.min[point] = Math.min(points.min[point] ?? value, value)
    points.max[point] = Math.max(points.max[point] ?? value, value)
    const count = (points.count[point] ?? 0) + 1
    points.count[point] = count
    points.mean[point] = (points.mean[point] ?? 0) + (value - (points.mean[point] ?? 0)) / count
  }
  const used = point + 1
  return {
    atMs: points.atMs.slice(0, used),
    min: points.min.slice(0, used),
    mean: clamp(points, used),
    max: points.max.slice(0, used),
    count: points.count.slice(0, used),
    ...stats,
  }
}

/** Rounding may not put a mean outside of its own values. */
function clamp({ min, mean, max }: ReturnType<typeof columns>, used: number): Float64Array {
  return mean.slice(0, used).map((value, index) => Math.min(max[index] ?? value, Math.max(min[index] ?? value, value)))
}

function columns(length: number) {
  return {
    atMs: new Float64Array(length),
    min: new Float64Array(length),
    mean: new Float64Array(length),
    max: new Float64Array(length),
    count: new Uint32Array(length),
  }
}

function raw(samples: SampleStore, from: number, to: number) {
  const points = columns(to - from)
  for (let index = from; index < to; index++) {
    points.atMs[index - from] = samples.atMs(index)
    points.mean[index - from] = samples.value(index)
  }
  const exact = new Map<number, string>()
  if (samples.inexact > 0) {
    for (let index = from; index < to; index++) {
      const digits = samples.exactAt(index)
      if (digits !== undefined) exact.set(index - from, digits)
    }
  }
  const digits = exact.size > 0 ? { exact } : {}
  return { ...points, ...digits, min: points.mean.slice(), max: points.mean.slice(), count: points.count.fill(1) }
}

function statsOf(samples: SampleStore, from: number, to: number): { readonly stats?: SeriesStats } {
  if (to <= from) return {}
  let min = samples.value(from)
  let max = min
  let mean = 0
  for (let index = from; index < to; index++) {
    const value = samples.value(index)
    if (value < min) min = value
    if (value > max) max = value
    mean += (value - mean) / (index - from + 1)
  }
  mean = Math.min(max, Math.max(min, mean))
  const last = to - 1
  const stats = { count: to - from, min, mean, max, last: samples.value(last), lastAtMs: samples.atMs(last) }
  return { stats: { ...stats, ...digitsOf(samples, from, to, stats) } }
}

/** Last, least and greatest digit for digit, where doubles do not hold them: several samples may be the same double. */
function digitsOf(samples: SampleStore, from: number, to: number, { min, max }: Pick<SeriesStats, 'min' | 'max'>) {
  if (samples.inexact === 0) return {}
  let minText: string | undefined
  let maxText: string | undefined
  for (let index = from; index < to; index++) {
    const value = samples.value(index)
    if (value !== min && value !== max) continue
    const text = samples.exactAt(index) ?? exactText(value)
    if (value === min && (minText === undefined || compareDecimals(text, minText) < 0)) minText = text
    if (value === max && (maxText === undefined || compareDecimals(text, maxText) > 0)) maxText = text
  }
  const lastText = samples.exactAt(to - 1)
  return {
    ...(minText === undefined ? {} : { minText }),
    ...(maxText === undefined ? {} : { maxText }),
    ...(lastText === undefined ? {} : { lastText }),
  }
}

/** All digits of a double: `String` rounds those beyond 2^53 to the shortest that is still the same double. */
const exactText = (value: number): string => (Number.isInteger(value) ? String(BigInt(value)) : String(value))

function upperBound(samples: SampleStore, toMs: number): number {
  let index = samples.lowerBound(toMs)
  while (index < samples.size && samples.atMs(index) === toMs) index += 1
  return index
}
