import type { Clock } from '../../foundation/clock.ts'
import type { MetricMinute, Metrics } from '../../foundation/metrics.ts'
import { dimensionsKey } from './dimensions.ts'
import { mergePoints, type TimedPoint } from './metric-point.ts'
import { bytesOf, type MetricTable, type SeriesName } from './metric-table.ts'
import { RESOLUTIONS } from './retention.ts'

/** Of metrics at once; the one that is silent for the longest time makes room for another. */
const MAX_SERIES = 20_000
/** How many make room together, so that not every new one has to look. */
const SERIES_ROOM = 100
/** Of points that are taken away by one statement. */
const REMOVED_AT_ONCE = 2_000

/** Keeps what was measured: of this server, and what others put here. */
export class MetricStore {
  readonly #metrics: Metrics
  readonly #table: MetricTable
  readonly #clock: Clock
  readonly #budgetBytes: number
  #storedBytes: number
  #seriesCount: number

  constructor(metrics: Metrics, table: MetricTable, clock: Clock, budgetBytes: number) {
    this.#metrics = metrics
    this.#table = table
    this.#clock = clock
    this.#budgetBytes = budgetBytes
    this.#storedBytes = table.storedBytes()
    this.#seriesCount = table.countSeries()
  }

  get nowSeconds(): number {
    return Math.floor(this.#clock() / 1000)
  }

  /** Takes over what the server has counted since; who reads afterwards has all of it. @throws what SQLite says */
  takeOver(): void {
    const minutes = this.#metrics.take()
    if (minutes.length === 0) return
    this.#table.transaction(() => {
      this.#table.whenLost(() => this.#metrics.giveBack(minutes))
      for (const minute of minutes) this.#add(seriesOf(minute), 60, pointOf(minute))
    })
    this.#makeRoom()
  }

  /**
   * Adds to what is kept.
   * @param points of any second; those of high resolution can be read by the second
   */
  put(points: readonly { series: SeriesName; point: TimedPoint; isHighResolution: boolean }[]): void {
    this.#table.transaction(() => {
      for (const { series, point, isHighResolution } of points) {
        this.#add(series, 60, point)
        if (isHighResolution) this.#add(series, 1, point)
      }
    })
    this.#makeRoom()
  }

  #add(series: SeriesName, resolutionSeconds: number, point: TimedPoint): void {
    const known = this.#table.series(series)
    if (!known) this.#makeSeriesRoom()
    const id = known && known.last_s >= point.atSeconds ? known.id : this.#table.touch(series, point.atSeconds)
    if (!known) this.#seriesCount += 1
    this.#merge(id, resolutionSeconds, point)
  }

  #merge(seriesId: number, resolutionSeconds: number, point: TimedPoint): void {
    const atSeconds = point.atSeconds - (point.atSeconds % resolutionSeconds)
    const { unit } = point
    const present = this.#table.point(seriesId, resolutionSeconds, atSeconds, unit)
    const merged = { ...(present ? mergePoints(present, point) : point), atSeconds, unit }
    this.#table.putPoint(seriesId, resolutionSeconds, merged)
    this.#storedBytes += bytesOf(merged) - (present ? bytesOf(present) : 0)
  }

  /**
   * Makes points coarser as they grow older, and takes those away that are too old for any resolution.
   * @see Amazon CloudWatch User Guide, "Metrics retention"
   */
  age(): void {
    for (const { seconds, keptSeconds, next } of RESOLUTIONS) {
      const before = this.nowSeconds - keptSeconds
      // Whole points of the next resolution only: what is in one of them must not be torn apart.
      const beforeSeconds = before - (before % (next ?? seconds))
      for (const seriesId of this.#table.seriesWithPointsBefore(seconds, beforeSeconds)) {
        this.#table.transaction(() => {
          if (next !== undefined) {
            for (const point of this.#table.points(seriesId, seconds, 0, beforeSeconds)) {
              this.#merge(seriesId, next, point)
            }
          }
          this.#table.removePoints(seriesId, seconds, beforeSeconds)
        })
      }
    }
    this.#table.removeEmptySeries(this.nowSeconds - LISTED_SECONDS)
    this.recount()
    this.#makeRoom()
  }

  #makeSeriesRoom(): void {
    if (this.#seriesCount < MAX_SERIES) return
    for (const { id } of this.#table.silentSeries(SERIES_ROOM)) {
      this.#storedBytes -= this.#table.removeSeries(id)
      this.#seriesCount -= 1
    }
  }

  /** The oldest go first. */
  #makeRoom(): void {
    while (this.#storedBytes > this.#budgetBytes) {
      const freed = this.#table.removeOldest(REMOVED_AT_ONCE)
      if (freed === 0) return
      this.#storedBytes -= freed
    }
  }

  /** Finds out from the tables how much there is. */
  recount(): void {
    this.#storedBytes = this.#table.storedBytes()
    this.#seriesCount = this.#table.countSeries()
  }

  /** Forgets what the server has counted and nobody has taken over. */
  discard(): void {
    this.#metrics.take()
  }
}

function seriesOf({ metric }: MetricMinute): SeriesName {
  const dimensions = Object.entries(metric.dimensions).map(([Name, Value]) => ({ Name, Value }))
  return { namespace: metric.namespace, name: metric.name, dimensions: dimensionsKey(dimensions) }
}

function pointOf({ metric, startMs, count, sum, min, max, distribution }: MetricMinute): TimedPoint {
  return { atSeconds: startMs / 1000, unit: metric.unit ?? 'None', count, sum, min, max, distribution }
}

/** So long a metric that is silent is listed; API Reference, ListMetrics. */
export const LISTED_SECONDS = 14 * 86_400
