import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataResult,
  type StatusCode,
} from '@aws-sdk/client-cloudwatch'
import type { MetricData, MetricQuery, MetricSeries } from '@thingdeck/contract'
import { MOST_METRIC_QUERIES } from '@thingdeck/contract'
import type { Clock } from '../../clock.ts'
import { KeptAnswers } from '../kept-answers.ts'
import { Pace } from '../pace.ts'
import { SharedReads } from '../shared-reads.ts'
import { orUnread } from '../why-unread.ts'

/** AWS takes 50 GetMetricData a second of an account in a region (CloudWatch quotas): most are left to others. */
const READS_PER_SECOND = 10
/** Points of all series that are kept, 16 bytes each: about 8 MB. */
const MOST_KEPT_POINTS = 500_000
/** CloudWatch may take so long until a period has all of its points; those before are not asked for again so soon. */
const SETTLES_MS = 15 * 60_000
const SETTLED_KEPT_MS = 10 * 60_000
const MINUTE_MS = 60_000

export interface MetricRange {
  /** Inclusive. */
  readonly startMs: number
  /** Exclusive. */
  readonly endMs: number
  readonly periodSeconds: number
}

/** Reads values of metrics: who asks the same at once shares one read, who asks again within a minute gets what was read. */
export class MetricDataReader {
  readonly #cloudwatch: CloudWatchClient
  readonly #clock: Clock
  readonly #pace: Pace
  readonly #kept: KeptAnswers<MetricSeries>
  readonly #shared = new SharedReads<ReadonlyMap<string, MetricSeries>>()

  constructor(cloudwatch: CloudWatchClient, clock: Clock) {
    this.#cloudwatch = cloudwatch
    this.#clock = clock
    this.#pace = new Pace(clock, READS_PER_SECOND)
    this.#kept = new KeptAnswers(clock, MOST_KEPT_POINTS)
  }

  /** @throws AWS's own errors; that the console may not read is an outcome */
  async read(queries: readonly MetricQuery[], range: MetricRange, signal?: AbortSignal): Promise<MetricData> {
    return orUnread(
      async () => {
        const found = new Map<string, MetricSeries>()
        const missing = new Map<string, MetricQuery>()
        for (const query of queries) {
          const key = keyOf(query, range)
          const kept = this.#kept.get(key)
          if (kept) found.set(key, kept)
          else missing.set(key, query)
        }
        const batches = inBatches([...missing], MOST_METRIC_QUERIES)
        const answers = await Promise.all(batches.map((batch) => this.#readBatch(new Map(batch), range, signal)))
        for (const answer of answers) for (const [key, series] of answer) found.set(key, series)
        const series = queries.map((query) => found.get(keyOf(query, range)) ?? NOTHING)
        return { outcome: 'read' as const, series }
      },
      { series: [] },
    )
  }

  #readBatch(batch: ReadonlyMap<string, MetricQuery>, range: MetricRange, signal?: AbortSignal) {
    return this.#shared.read([...batch.keys()].join('\n'), (mine) => this.#ask(batch, range, mine), signal)
  }

  async #ask(batch: ReadonlyMap<string, MetricQuery>, range: MetricRange, signal: AbortSignal) {
    const keys = [...batch.keys()]
    const building = keys.map(() => new SeriesBuilder())
    let NextToken: string | undefined
    do {
      await this.#pace.turn(signal)
      const page = await this.#cloudwatch.send(
        new GetMetricDataCommand({
          MetricDataQueries: [...batch.values()].map((query, index) => toDataQuery(query, range, `m${index}`)),
          StartTime: new Date(range.startMs),
          EndTime: new Date(range.endMs),
          ScanBy: 'TimestampAscending',
          NextToken,
        }),
        { abortSignal: signal },
      )
      for (const result of page.MetricDataResults ?? []) building[Number(result.Id?.slice(1))]?.add(result)
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    const answer = new Map(keys.map((key, index) => [key, building[index]?.series ?? NOTHING]))
    const keepMs = this.#keepMsOf(range)
    for (const [key, series] of answer) {
      if (series.outcome === 'complete') this.#kept.put(key, series, keepMs, 1 + series.at.length)
    }
    return answer
  }

  #keepMsOf({ endMs }: MetricRange): number {
    return endMs < this.#clock.nowMs() - SETTLES_MS ? SETTLED_KEPT_MS : MINUTE_MS / 2
  }
}

const NOTHING: MetricSeries = { outcome: 'failed', at: [], values: [], messages: ['CloudWatch gave no answer.'] }

const keyOf = ({ namespace, metricName, dimensions, stat }: MetricQuery, range: MetricRange): string => {
  const named = dimensions.map(({ name, value }) => [name, value]).sort()
  return JSON.stringify([namespace, metricName, named, stat, range.startMs, range.endMs, range.periodSeconds])
}

function toDataQuery({ namespace, metricName, dimensions, stat }: MetricQuery, range: MetricRange, id: string) {
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: metricName,
        Dimensions: dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
      },
      Period: range.periodSeconds,
      Stat: stat,
    },
  }
}

/** CloudWatch API reference, MetricDataResult: `PartialData` on one page is completed by the next. */
const OUTCOMES: Readonly<Record<StatusCode, MetricSeries['outcome']>> = {
  Complete: 'complete',
  PartialData: 'partial',
  Forbidden: 'forbidden',
  InternalError: 'failed',
}

/** One series of the pages on which it comes. */
class SeriesBuilder {
  #outcome: MetricSeries['outcome'] = 'failed'
  readonly #points = new Map<number, number>()
  readonly #messages = new Set<string>()

  add({ StatusCode = 'Complete', Timestamps = [], Values = [], Messages = [] }: MetricDataResult): void {
    this.#outcome = OUTCOMES[StatusCode]
    for (const [index, at] of Timestamps.entries()) {
      const value = Values[index]
      if (value !== undefined) this.#points.set(at.getTime() / 1_000, value)
    }
    for (const { Code, Value } of Messages) this.#messages.add([Code, Value].filter(Boolean).join(': '))
  }

  get series(): MetricSeries {
    const points = [...this.#points].sort(([one], [other]) => one - other)
    return {
      outcome: this.#outcome,
      at: points.map(([at]) => at),
      values: points.map(([, value]) => value),
      messages: [...this.#messages],
    }
  }
}

function inBatches<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, index) =>
    items.slice(index * most, (index + 1) * most),
  )
}
