import type { StandardUnit } from '@aws-sdk/client-cloudwatch'
import { dimensionsKey, dimensionsOf, type GivenDimension } from './dimensions.ts'
import { mergePoints, type TimedPoint } from './metric-point.ts'
import type { SearchedMetric } from './metric-search/metric-words.ts'
import { LISTED_SECONDS, type MetricStore } from './metric-store.ts'
import type { MetricTable } from './metric-table.ts'
import { firstPeriodStart, resolutionsFor } from './retention.ts'

/** What is read: of a metric, from the start on and before the end, by periods. Times and periods in seconds. */
export interface MetricRange {
  readonly namespace: string
  readonly name: string
  readonly dimensions: readonly GivenDimension[]
  /** Of any, where it is undefined. */
  readonly unit: StandardUnit | undefined
  readonly startSeconds: number
  readonly endSeconds: number
  readonly periodSeconds: number
}

/** Reads metrics by periods. */
export class MetricReader {
  readonly #store: MetricStore
  readonly #table: MetricTable

  constructor(store: MetricStore, table: MetricTable) {
    this.#store = store
    this.#table = table
  }

  get nowSeconds(): number {
    return this.#store.nowSeconds
  }

  /** Has to be called before a request reads: what was counted up to now is then among what it reads. */
  refresh(): void {
    this.#store.takeOver()
  }

  /** All metrics that have had values of late. */
  metrics(): SearchedMetric[] {
    const found: SearchedMetric[] = []
    for (const { namespace, name, dimensions } of this.#table.seriesSince(this.nowSeconds - LISTED_SECONDS)) {
      found.push({ namespace, name, dimensions: dimensionsOf(dimensions) })
    }
    return found
  }

  /** The values of each period that has any, in the order of time, apart by units. */
  read(range: MetricRange): TimedPoint[] {
    const { periodSeconds, endSeconds, unit } = range
    const dimensions = dimensionsKey(range.dimensions)
    const series = this.#table.series({ namespace: range.namespace, name: range.name, dimensions })
    if (!series) return []
    const firstSeconds = firstPeriodStart(range.startSeconds, periodSeconds, this.nowSeconds)
    const periods = new Map<string, TimedPoint>()
    for (const resolution of resolutionsFor(periodSeconds)) {
      for (const point of this.#table.points(series.id, resolution, firstSeconds, endSeconds)) {
        if (unit !== undefined && point.unit !== unit) continue
        const atSeconds = point.atSeconds - ((point.atSeconds - firstSeconds) % periodSeconds)
        const key = `${atSeconds} ${point.unit}`
        const present = periods.get(key)
        periods.set(key, { ...(present ? mergePoints(present, point) : point), atSeconds, unit: point.unit })
      }
    }
    return [...periods.values()].sort((a, b) => a.atSeconds - b.atSeconds)
  }
}
