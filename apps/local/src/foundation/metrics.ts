import type { StandardUnit } from '@aws-sdk/client-cloudwatch'
import type { Clock } from './clock.ts'
import { Distribution } from './distribution.ts'

/** A metric as CloudWatch knows it: whatever is recorded under the same namespace, name and dimensions is one. */
export interface Metric {
  /** e.g. `AWS/IoT` */
  readonly namespace: string
  /** e.g. `Connect.Success` */
  readonly name: string
  /** At most 30, e.g. `{ Protocol: 'MQTT' }`. */
  readonly dimensions: Readonly<Record<string, string>>
  /** Of the values; default `None`. */
  readonly unit?: StandardUnit
  /** Keeps the values apart, not only their sum: for measurements, of which percentiles are asked. */
  readonly hasPercentiles?: boolean
}

/** Records values of one metric. */
export interface Counter {
  /**
   * Costs a few comparisons and additions.
   * @param value default 1: it happened once
   * @param times how often that value occurred, default 1
   */
  add(value?: number, times?: number): void
}

/** What was recorded of a metric within one minute, and not handed on yet. */
export interface MetricMinute {
  readonly metric: Metric
  /** Epoch milliseconds of its beginning. */
  readonly startMs: number
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  /** Where the metric {@link Metric.hasPercentiles}. */
  readonly distribution: Distribution | undefined
}

const MINUTE_MS = 60_000

/** Of counters kept for {@link Metrics.record}; more are made anew when they are needed. */
const MAX_COUNTERS = 2_000

/** Of minutes that wait because they could not be kept. */
const MAX_MINUTES = 50_000

/**
 * Where all that happens in the server is counted. Values are added up in memory, by the minute, until CloudWatch takes
 * them over, some seconds later or when somebody reads: the minute that runs is among what is read.
 */
export class Metrics {
  readonly #clock: Clock
  readonly #counters = new Map<string, Counter>()
  /** In the order in which they began. */
  #minutes: MetricMinute[] = []
  /** Those of them to which may be added. */
  #running: RunningMinute[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** For what happens often: the counter is made once, and kept by who counts. Two of the same metric add up. */
  counter(metric: Metric): Counter {
    return new MinuteCounter(metric, this.#clock, (minute) => {
      this.#minutes.push(minute)
      this.#running.push(minute)
    })
  }

  /** For what happens now and then, under names that are only known then. */
  record(metric: Metric, value = 1): void {
    const key = JSON.stringify([metric.namespace, metric.name, metric.unit, ...Object.entries(metric.dimensions)])
    let counter = this.#counters.get(key)
    if (!counter) {
      if (this.#counters.size >= MAX_COUNTERS) this.#counters.clear()
      counter = this.counter(metric)
      this.#counters.set(key, counter)
    }
    counter.add(value)
  }

  /**
   * What was recorded since it was taken last. It is then whoever took it that knows of it, and nobody else. To be called
   * whenever a minute ends, too: reading the clock costs more than all the rest of counting, so that a counter goes on with
   * the minute in which it began until that is taken.
   */
  take(): readonly MetricMinute[] {
    const taken = this.#minutes
    this.#minutes = []
    for (const minute of this.#running) minute.isTaken = true
    this.#running = []
    return taken
  }

  /** Of what was taken and could not be kept: it is taken again. The oldest is let go where that has gone on for long. */
  giveBack(minutes: readonly MetricMinute[]): void {
    this.#minutes = [...minutes, ...this.#minutes].slice(-MAX_MINUTES)
  }
}

/** One minute of one counter. */
class RunningMinute implements MetricMinute {
  readonly metric: Metric
  readonly startMs: number
  readonly distribution: Distribution | undefined
  count = 0
  sum = 0
  min = Number.POSITIVE_INFINITY
  max = Number.NEGATIVE_INFINITY
  /** Nothing may be added any more. */
  isTaken = false

  constructor(metric: Metric, startMs: number) {
    this.metric = metric
    this.startMs = startMs
    this.distribution = metric.hasPercentiles ? new Distribution() : undefined
  }
}

class MinuteCounter implements Counter {
  readonly #metric: Metric
  readonly #clock: Clock
  readonly #begin: (minute: RunningMinute) => void
  #minute: RunningMinute | undefined

  constructor(metric: Metric, clock: Clock, begin: (minute: RunningMinute) => void) {
    this.#metric = metric
    this.#clock = clock
    this.#begin = begin
  }

  add(value = 1, times = 1): void {
    const minute = this.#current()
    minute.count += times
    minute.sum += value * times
    if (value < minute.min) minute.min = value
    if (value > minute.max) minute.max = value
    minute.distribution?.add(value, times)
  }

  #current(): RunningMinute {
    const running = this.#minute
    if (running && !running.isTaken) return running
    const now = this.#clock()
    const begun = new RunningMinute(this.#metric, now - (now % MINUTE_MS))
    this.#minute = begun
    this.#begin(begun)
    return begun
  }
}
