import type { LocalContext } from '../../../foundation/context.ts'
import { repeat } from '../../../foundation/repeat.ts'
import type { ServiceContext } from '../../../foundation/service.ts'
import type { Aggregations } from '../fleet-index/aggregations.ts'
import type { FleetMetric } from './fleet-metric-table.ts'
import type { FleetMetrics } from './fleet-metrics.ts'

const NAMESPACE = 'IoTFleetMetrics'
const MINUTE_MS = 60_000
/** For the log. */
const FAILED = 'fleet metrics could not be evaluated'

export interface EmissionParts extends Pick<ServiceContext, 'after'> {
  readonly metrics: FleetMetrics
  readonly aggregations: Aggregations
}

/**
 * Evaluates fleet metrics and emits what they say to CloudWatch: each whenever one of its periods has ended, as the clock
 * counts them, and not for what passed while the server was down.
 */
export class FleetMetricEmission {
  readonly #context: LocalContext
  readonly #parts: EmissionParts
  /** When they were looked at last, in epoch milliseconds. */
  #lookedAtMs: number
  readonly #end: () => void
  #running: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(context: LocalContext, parts: EmissionParts) {
    this.#context = context
    this.#parts = parts
    this.#lookedAtMs = context.clock()
    const untilNextMinute = () => MINUTE_MS - (context.clock() % MINUTE_MS)
    this.#end = repeat(parts.after, context.log, FAILED, untilNextMinute, () => this.#look())
  }

  /** When all that is due was emitted. */
  idle(): Promise<void> {
    return this.#running
  }

  /** Waits for the evaluation that runs. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#end()
    await this.idle()
  }

  #look(): void {
    const [from, to] = [this.#lookedAtMs, this.#context.clock()]
    this.#lookedAtMs = to
    this.#running = this.#running
      .then(() => this.#evaluateDue(from, to))
      .catch((error: unknown) => this.#context.log.error({ err: error }, FAILED))
  }

  async #evaluateDue(fromMs: number, toMs: number): Promise<void> {
    for (const metric of this.#parts.metrics.all()) {
      if (this.#isClosed) return
      const periodMs = metric.period * 1000
      if (Math.floor(fromMs / periodMs) === Math.floor(toMs / periodMs)) continue
      try {
        await this.#emit(metric)
      } catch (error) {
        this.#context.log.error({ err: error, metricName: metric.metricName }, 'a fleet metric could not be evaluated')
      }
    }
  }

  /** "If no things match, `count` emits 0, and every other value emits nothing." Source: developer guide, troubleshooting. */
  async #emit(metric: FleetMetric): Promise<void> {
    const { metricName: name, unit } = metric
    const values = await this.#valuesOf(metric)
    for (const [AggregationType, value] of values) {
      if (value === undefined) continue
      const dimensions = { AggregationType }
      this.#context.metrics.record({ namespace: NAMESPACE, name, dimensions, ...(unit && { unit }) }, value)
    }
  }

  async #valuesOf(metric: FleetMetric): Promise<(readonly [string, number | undefined])[]> {
    const { queryString, queryVersion, indexName, aggregationField } = metric
    const asked = { queryString, queryVersion, indexName, aggregationField }
    const { aggregations } = this.#parts
    const { name, values } = metric.aggregationType
    switch (name) {
      case 'Statistics': {
        const found = new Map<string, number>(Object.entries((await aggregations.statistics(asked)).statistics))
        return values.map((value) => [value, found.get(value)])
      }
      case 'Percentiles': {
        const { percentiles } = await aggregations.percentiles({ ...asked, percents: values.map(Number) })
        return values.map((value, index) => [value, percentiles[index]?.value])
      }
      default: {
        const { cardinality } = await aggregations.cardinality(asked)
        return values.map((value) => [value, cardinality === 0 ? undefined : cardinality])
      }
    }
  }
}
