import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Input } from '@thingdeck/aws-api'
import { validationFailed } from './cloudwatch-errors.ts'
import type { TimeRange, TimeSeries } from './metric-math/time-series.ts'
import { mergePoints, type TimedPoint } from './metric-point.ts'
import type { MetricReader } from './metric-reader.ts'
import { checkPeriod } from './period.ts'
import { parseStatistic, type Statistic } from './statistics.ts'

export type MetricDataQuery = NonNullable<Input<typeof sdk, 'GetMetricData'>['MetricDataQueries']>[number]

/** What a query reads in. */
export interface QueryScope {
  readonly accountId: string
  readonly range: TimeRange
  /** Of dynamic labels: `+0130`. */
  readonly timezone: string | undefined
}

export interface QueryResult {
  readonly id: string
  readonly label: string
  readonly series: TimeSeries
  readonly messages: readonly { readonly Code: string; readonly Value: string }[]
}

/** A metric, a statistic of it and what it is called. */
interface MetricQuery {
  readonly id: string
  readonly label: string | undefined
  readonly isReturned: boolean
  readonly stat: NonNullable<MetricDataQuery['MetricStat']>
  readonly statistic: Statistic
}

/** The queries of one request, which may name each other. */
export class MetricQueries {
  readonly #reader: MetricReader
  readonly #scope: QueryScope
  readonly #queries: readonly MetricQuery[]

  /** @throws {AwsError} ValidationException */
  constructor(reader: MetricReader, scope: QueryScope, queries: readonly MetricDataQuery[]) {
    this.#reader = reader
    this.#scope = scope
    this.#queries = queries.map((query, index) => readQuery(query, `MetricDataQueries.member.${index + 1}`, scope))
    if (new Set(queries.map(({ Id }) => Id)).size < queries.length) {
      throw validationFailed('The values for parameter id in MetricDataQueries are not unique.')
    }
  }

  /** Of those that return data, in their order. */
  results(): QueryResult[] {
    return this.#queries
      .filter(({ isReturned }) => isReturned)
      .map((query) => {
        const series = this.#seriesOf(query)
        return { id: query.id, label: series.label, series, messages: [] }
      })
  }

  #seriesOf({ label, stat, statistic }: MetricQuery): TimeSeries {
    const { Metric = {}, Period = 60, Unit } = stat
    const points = this.#reader.read({
      namespace: Metric.Namespace ?? '',
      name: Metric.MetricName ?? '',
      dimensions: Metric.Dimensions ?? [],
      unit: Unit,
      ...this.#scope.range,
      periodSeconds: Period,
    })
    const values = new Map<number, number>()
    for (const [at, point] of acrossUnits(points)) {
      const value = statistic(point)
      if (value !== undefined) values.set(at, value)
    }
    return { label: label ?? Metric.MetricName ?? '', periodSeconds: Period, values }
  }
}

/** The results have no units: what was put in several is one value. */
function acrossUnits(points: readonly TimedPoint[]): Map<number, TimedPoint> {
  const byTime = new Map<number, TimedPoint>()
  for (const point of points) {
    const present = byTime.get(point.atSeconds)
    byTime.set(point.atSeconds, present ? { ...point, ...mergePoints(present, point) } : point)
  }
  return byTime
}

function readQuery(query: MetricDataQuery, at: string, { accountId }: QueryScope): MetricQuery {
  const { Id = '', MetricStat, Label, ReturnData = true, AccountId } = query
  if (!/^[a-z][A-Za-z0-9_]*$/.test(Id)) {
    throw validationFailed(
      `The value ${Id} for parameter ${at}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    )
  }
  if (AccountId !== undefined && AccountId !== accountId) {
    throw validationFailed(`${at}.AccountId: there are metrics of account ${accountId} only`)
  }
  if (!MetricStat) throw validationFailed(`The parameter ${at}.MetricStat is required.\n`)
  const { Metric, Period = 0, Stat = '' } = MetricStat
  if (Metric?.Namespace === undefined)
    throw validationFailed(`The parameter ${at}.MetricStat.Metric.Namespace is required.`)
  if (Metric.MetricName === undefined)
    throw validationFailed(`The parameter ${at}.MetricStat.Metric.MetricName is required.`)
  checkPeriod(Period, (message) => validationFailed(`${at}.MetricStat: ${message}`))
  const statistic = parseStatistic(Stat)
  if (!statistic) throw validationFailed(`The value ${Stat} for parameter ${at}.MetricStat.Stat is not supported.`)
  return { id: Id, label: Label, isReturned: ReturnData, stat: MetricStat, statistic }
}
