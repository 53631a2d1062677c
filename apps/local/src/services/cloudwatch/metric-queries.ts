import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Input } from '@thingdeck/aws-api'
import { bothGiven, validationFailed } from './cloudwatch-errors.ts'
import { type LabelFacts, labelOf } from './dynamic-label.ts'
import type { MathContext } from './metric-math/call.ts'
import { evaluateMath, namesIn } from './metric-math/evaluate.ts'
import { MathError } from './metric-math/math-error.ts'
import { type MathValue, seriesIn, single } from './metric-math/math-value.ts'
import { type Expression, parseMath } from './metric-math/parse.ts'
import type { TimeRange, TimeSeries } from './metric-math/time-series.ts'
import { acrossUnits } from './metric-point.ts'
import type { MetricRange, MetricReader } from './metric-reader.ts'
import type { SearchedMetric } from './metric-search/metric-words.ts'
import { parseSearch } from './metric-search/parse-search.ts'
import { checkPeriod } from './period.ts'
import { firstPeriodStart } from './retention.ts'
import { parseStatistic, type Statistic } from './statistics.ts'

export type MetricDataQuery = NonNullable<Input<typeof sdk, 'GetMetricData'>['MetricDataQueries']>[number]

/** What a query reads in. */
export interface QueryScope {
  readonly accountId: string
  readonly region: string
  readonly range: TimeRange
  /** Of dynamic labels, in minutes from UTC. */
  readonly offsetMinutes: number
  /** Whose parameter the queries are, for errors: `MetricDataQueries`. */
  readonly parameter: string
}

export interface QueryResult {
  readonly id: string
  readonly label: string
  readonly series: TimeSeries
}

interface Query {
  readonly id: string
  readonly label: string | undefined
  readonly isReturned: boolean
  readonly of: MetricOf | ExpressionOf
}

/** A statistic of a metric. */
interface MetricOf {
  readonly kind: 'metric'
  readonly metric: Omit<MetricRange, keyof TimeRange>
  readonly stat: string
  readonly statistic: Statistic
}

interface ExpressionOf {
  readonly kind: 'expression'
  readonly expression: Expression
  readonly periodSeconds: number | undefined
}

/** "SEARCH … as many as 100 time series", API Reference, GetMetricData. */
const MAX_FOUND = 100
/**
 * Data points that the expressions of one request compute, metrics that its searches compare with a word among them: all
 * else waits meanwhile.
 */
const MAX_COMPUTED = 5_000_000
/** Of an expression without a period of its own or of its metrics. */
const DEFAULT_PERIOD_SECONDS = 300

/** The queries of one request, which may name each other. */
export class MetricQueries {
  readonly #reader: MetricReader
  readonly #scope: QueryScope
  readonly #queries: ReadonlyMap<string, Query>
  readonly #values = new Map<string, MathValue>()
  #searched: readonly SearchedMetric[] | undefined
  #computed = 0

  /** @throws {AwsError} ValidationException for what can be seen of the queries themselves */
  constructor(reader: MetricReader, scope: QueryScope, queries: readonly MetricDataQuery[]) {
    this.#reader = reader
    this.#scope = scope
    const read = queries.map((query, index) => readQuery(query, `${scope.parameter}.member.${index + 1}`, scope))
    this.#queries = new Map(read.map((query) => [query.id, query]))
    if (this.#queries.size < read.length) {
      throw validationFailed(`The values for parameter id in ${scope.parameter} are not unique.`)
    }
    const checked = new Set<string>()
    for (const { id, of } of read) if (of.kind === 'expression') this.#checkNames(id, of.expression, [id], checked)
  }

  /** Of all metrics, and of expressions that have one of their own, in seconds. */
  periods(): number[] {
    return [...this.#queries.values()].flatMap(({ of }) => {
      const period = of.kind === 'metric' ? of.metric.periodSeconds : of.periodSeconds
      return period === undefined ? [] : [period]
    })
  }

  /** Of those that return data, in their order, each computed when it is asked for. @throws {AwsError} ValidationException */
  *results(): Generator<QueryResult, void> {
    for (const query of this.#queries.values()) if (query.isReturned) yield* this.#resultsOf(query)
  }

  #resultsOf(query: Query): QueryResult[] {
    const { id, of } = query
    const value = this.#valueOf(query)
    if (value.kind === 'scalar') {
      throw validationFailed(
        `Error in expression '${id}': the result must be a time series or an array of them, not a Scalar`,
      )
    }
    const isArray = value.kind === 'array'
    const all = isArray ? value.series : [value.series]
    return all.map((series) => {
      const own = query.label === undefined ? id : labelOf(query.label, this.#factsOf(of, series))
      const label = of.kind === 'metric' ? series.label : isArray ? `${own} ${series.label}`.trim() : own
      return { id, label, series }
    })
  }

  #valueOf(query: Query): MathValue {
    const known = this.#values.get(query.id)
    if (known) return known
    const value =
      query.of.kind === 'metric' ? single(this.#readMetric(query, query.of)) : this.#evaluate(query, query.of)
    this.#values.set(query.id, value)
    return value
  }

  #evaluate({ id }: Query, { expression, periodSeconds }: ExpressionOf): MathValue {
    const context: MathContext = {
      resolve: (name) => this.#valueOf(this.#find(name)),
      metrics: (part) => this.#metrics(part),
      search: (search, statistic, period) => this.#search(search, statistic, period),
      periodSeconds: periodSeconds ?? this.#commonPeriod(),
      times: (period) => this.#times(period),
      spend: (points) => this.#spend(points),
    }
    return inExpression(id, () => evaluateMath(expression, context))
  }

  #spend(points: number): void {
    this.#computed += points
    if (this.#computed <= MAX_COMPUTED) return
    throw new MathError(
      `the request computes more than ${MAX_COMPUTED} data points: ask for fewer metrics, a longer period or a shorter time`,
    )
  }

  #find(id: string): Query {
    const query = this.#queries.get(id)
    if (!query) throw new MathError(`Unknown identifier: ${id}`)
    return query
  }

  /** Before anything is read: every id is there, and none leads back to itself. */
  #checkNames(id: string, expression: Expression, path: readonly string[], checked: Set<string>): void {
    for (const name of namesIn(expression)) {
      const query = this.#queries.get(name)
      if (!query) throw validationFailed(`Error in expression '${id}': Unknown identifier: ${name}`)
      if (path.includes(name)) throw validationFailed(`Error in expression '${id}': ${name} leads back to itself`)
      if (query.of.kind !== 'expression' || checked.has(name)) continue
      this.#checkNames(name, query.of.expression, [...path, name], checked)
      checked.add(name)
    }
  }

  #metrics(part: string): TimeSeries[] {
    return [...this.#queries.values()].flatMap((query) =>
      query.of.kind === 'metric' && query.id.includes(part) ? seriesIn(this.#valueOf(query), 'METRICS') : [],
    )
  }

  /** The longest of the metrics of the request. */
  #commonPeriod(): number {
    const periods = [...this.#queries.values()].flatMap(({ of }) =>
      of.kind === 'metric' ? [of.metric.periodSeconds] : [],
    )
    return periods.length === 0 ? DEFAULT_PERIOD_SECONDS : Math.max(...periods)
  }

  #times(periodSeconds: number): number[] {
    const { startSeconds, endSeconds } = this.#scope.range
    const first = firstPeriodStart(startSeconds, periodSeconds, this.#reader.nowSeconds)
    const count = Math.ceil((endSeconds - first) / periodSeconds)
    if (count > MAX_TIMES)
      throw new MathError(`The time range has more than ${MAX_TIMES} periods of ${periodSeconds} s`)
    return Array.from({ length: count }, (_, index) => first + index * periodSeconds)
  }

  #search(search: string, stat: string, periodSeconds: number): TimeSeries[] {
    const isMeant = parseSearch(search)
    const statistic = parseStatistic(stat)
    if (!statistic) throw new MathError(`The value ${stat} for the statistic of SEARCH is not supported`)
    checkPeriod(periodSeconds, validationFailed)
    this.#searched ??= this.#reader.metrics()
    this.#spend(this.#searched.length * search.split(/[\s,=()]+/).length)
    const found = this.#searched.filter(isMeant).slice(0, MAX_FOUND)
    return found.map(({ namespace, name, dimensions }) => {
      const metric = { namespace, name, dimensions, unit: undefined, periodSeconds }
      return this.#read(metric, statistic, [name, ...dimensions.map(({ Value }) => Value)].join(' '))
    })
  }

  #readMetric({ label }: Query, of: MetricOf): TimeSeries {
    const series = this.#read(of.metric, of.statistic, of.metric.name)
    return label === undefined ? series : { ...series, label: labelOf(label, this.#factsOf(of, series)) }
  }

  #read(metric: MetricOf['metric'], statistic: Statistic, label: string): TimeSeries {
    const values = new Map<number, number>()
    // The results have no units.
    for (const [at, point] of acrossUnits(this.#reader.read({ ...metric, ...this.#scope.range }))) {
      const value = statistic(point)
      if (value !== undefined) values.set(at, value)
    }
    return { label, periodSeconds: metric.periodSeconds, values }
  }

  #factsOf(of: Query['of'], series: TimeSeries): LabelFacts {
    const { accountId, region, offsetMinutes } = this.#scope
    const metric = of.kind === 'metric' ? { ...of.metric, stat: of.stat } : undefined
    return { series, metric, accountId, region, offsetMinutes }
  }
}

/** Of periods that a function fills: as many as a request may return. */
const MAX_TIMES = 100_800

function readQuery(query: MetricDataQuery, at: string, { accountId }: QueryScope): Query {
  const { Id = '', MetricStat, Expression: text, Label, ReturnData = true, AccountId, Period } = query
  if (!/^[a-z][A-Za-z0-9_]*$/.test(Id)) {
    throw validationFailed(
      `The value ${Id} for parameter ${at}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    )
  }
  if (AccountId !== undefined && AccountId !== accountId) {
    throw validationFailed(`${at}.AccountId: there are metrics of account ${accountId} only`)
  }
  if (MetricStat && text !== undefined) {
    throw validationFailed(bothGiven(`${at}.Expression`, `${at}.MetricStat`))
  }
  const named = { id: Id, label: Label, isReturned: ReturnData }
  if (text !== undefined) {
    if (Period !== undefined) checkPeriod(Period, (message) => validationFailed(`${at}: ${message}`))
    const expression = inExpression(Id, () => parseMath(text))
    return { ...named, of: { kind: 'expression', expression, periodSeconds: Period } }
  }
  if (!MetricStat) throw validationFailed(`The parameter ${at}.MetricStat is required.\n`)
  if (Period !== undefined)
    throw validationFailed(`The parameter ${at}.Period is for expressions; a metric's is in MetricStat.`)
  return { ...named, of: readMetricStat(MetricStat, `${at}.MetricStat`) }
}

/** @throws {AwsError} ValidationException for what is wrong with an expression, which it then names */
function inExpression<Result>(id: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof MathError) throw validationFailed(`Error in expression '${id}': ${error.message}`)
    throw error
  }
}

function readMetricStat(stat: NonNullable<MetricDataQuery['MetricStat']>, at: string): MetricOf {
  const { Metric, Period = 0, Stat = '', Unit } = stat
  if (Metric?.Namespace === undefined) throw validationFailed(`The parameter ${at}.Metric.Namespace is required.`)
  if (Metric.MetricName === undefined) throw validationFailed(`The parameter ${at}.Metric.MetricName is required.`)
  checkPeriod(Period, (message) => validationFailed(`${at}: ${message}`))
  const statistic = parseStatistic(Stat)
  if (!statistic) throw validationFailed(`The value ${Stat} for parameter ${at}.Stat is not supported.`)
  const dimensions = (Metric.Dimensions ?? []).map(({ Name = '', Value = '' }) => ({ Name, Value }))
  return {
    kind: 'metric',
    stat: Stat,
    statistic,
    metric: { namespace: Metric.Namespace, name: Metric.MetricName, dimensions, unit: Unit, periodSeconds: Period },
  }
}
