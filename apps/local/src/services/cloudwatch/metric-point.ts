import type { StandardUnit } from '@aws-sdk/client-cloudwatch'
import { Distribution } from '../../foundation/distribution.ts'

/** What is kept of the values of a metric within a time. */
export interface MetricPoint {
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  /**
   * How often which value occurred. Without it that is known all the same where all values are equal; else only these
   * four statistics are.
   */
  readonly distribution: Distribution | undefined
}

/** A point at its time and in its unit: what is measured in different units is never added up. */
export interface TimedPoint extends MetricPoint {
  /** Epoch seconds of the beginning of the time that it is of. */
  readonly atSeconds: number
  readonly unit: StandardUnit
}

/** How often which value occurred, where that is known. */
export function distributionOf({ distribution, min, max, count }: MetricPoint): Distribution | undefined {
  return distribution ?? (min === max ? new Distribution([[min, count]]) : undefined)
}

/** By their times: what was put in several units is one point. */
export function acrossUnits(points: readonly TimedPoint[]): Map<number, MetricPoint> {
  const byTime = new Map<number, MetricPoint>()
  for (const point of points) {
    const present = byTime.get(point.atSeconds)
    byTime.set(point.atSeconds, present ? mergePoints(present, point) : point)
  }
  return byTime
}

/** Both together. */
export function mergePoints(a: MetricPoint, b: MetricPoint): MetricPoint {
  const merged = {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  }
  if (merged.min === merged.max) return { ...merged, distribution: undefined }
  const [ofA, ofB] = [distributionOf(a), distributionOf(b)]
  return { ...merged, distribution: ofA && ofB && new Distribution([...ofA.values, ...ofB.values]) }
}
