import type { Account } from '../../../foundation/account.ts'
import { acrossUnits } from '../metric-point.ts'
import { MetricQueries } from '../metric-queries.ts'
import type { MetricReader } from '../metric-reader.ts'
import { parseStatistic } from '../statistics.ts'
import type { MetricAlarm, StateValue } from './alarm.ts'
import { treatmentOf } from './alarm-input.ts'
import { EXTRA_PERIODS, judge } from './judge.ts'
import { breaches, isOperator, type JudgedPoint, stateReason, stateReasonData } from './state-reason.ts'

/** What an evaluation comes to. */
export interface Finding {
  readonly value: StateValue
  readonly reason: string
  readonly reasonData: string | undefined
}

/** Of one alarm, up to a time: the periods of it that are over by then. */
export class AlarmEvaluation {
  readonly #reader: MetricReader
  readonly #account: Account

  constructor(reader: MetricReader, account: Account) {
    this.#reader = reader
    this.#account = account
  }

  /** Of an alarm's metrics, in seconds; a minute for an expression of none. */
  periodOf({ definition }: MetricAlarm): number {
    const { Period, Metrics = [] } = definition
    if (Period !== undefined) return Period
    const periods = Metrics.flatMap(({ MetricStat, Period: own }) => MetricStat?.Period ?? own ?? [])
    return periods[0] ?? 60
  }

  /** @returns undefined where the state stays as it is */
  evaluate(alarm: MetricAlarm, nowMs: number): Finding | undefined {
    const { definition } = alarm
    const { EvaluationPeriods: evaluationPeriods = 1, Threshold = 0, ComparisonOperator = '', Statistic } = definition
    if (!isOperator(ComparisonOperator)) return undefined
    const periodSeconds = this.periodOf(alarm)
    const grainSeconds = Math.min(60, periodSeconds)
    const endSeconds = Math.floor(nowMs / 1000 / grainSeconds) * grainSeconds
    const count = evaluationPeriods + EXTRA_PERIODS
    const startSeconds = endSeconds - count * periodSeconds
    const values = this.#values(alarm, { startSeconds, endSeconds, periodSeconds })
    if (!values) return undefined
    const points = Array.from({ length: count }, (_, index) => values.get(startSeconds + index * periodSeconds))
    const threshold = { value: Threshold, operator: ComparisonOperator }
    const rule = {
      evaluationPeriods,
      datapointsToAlarm: definition.DatapointsToAlarm ?? evaluationPeriods,
      treatMissingData: treatmentOf(definition.TreatMissingData),
    }
    const judgement = judge(
      points.map((point) => point && breaches(threshold, point.value)),
      rule,
    )
    if (!judgement) return undefined
    const evaluated = judgement.evaluated.map((index) => points[index]).filter((point) => point !== undefined)
    const statistic = Statistic ?? definition.ExtendedStatistic
    return {
      value: judgement.state,
      reason: stateReason(judgement, evaluated, threshold, rule),
      reasonData:
        statistic === undefined
          ? undefined
          : stateReasonData({
              queriedAtMs: nowMs,
              startSeconds: evaluated[0]?.atSeconds ?? startSeconds,
              unit: definition.Unit,
              statistic,
              periodSeconds,
              points: evaluated,
              threshold: Threshold,
            }),
    }
  }

  /** By the beginning of their periods; undefined where too few samples are to be ignored. */
  #values(alarm: MetricAlarm, range: ReadRange): Map<number, JudgedPoint> | undefined {
    const { definition } = alarm
    if (definition.Metrics) return this.#mathValues(definition.Metrics, range)
    const name = definition.Statistic ?? definition.ExtendedStatistic ?? ''
    const statistic = parseStatistic(name)
    const points = this.#reader.read({
      ...range,
      namespace: definition.Namespace ?? '',
      name: definition.MetricName ?? '',
      dimensions: definition.Dimensions ?? [],
      unit: definition.Unit,
    })
    const samples = points.reduce((total, { count }) => total + count, 0)
    const isFew = samples < fewestSamples(name)
    if (isFew && samples > 0 && definition.EvaluateLowSampleCountPercentile === 'ignore') return undefined
    const values = new Map<number, JudgedPoint>()
    for (const [atSeconds, point] of acrossUnits(points)) {
      const value = statistic?.(point)
      if (value !== undefined) values.set(atSeconds, { atSeconds, value, sampleCount: point.count })
    }
    return values
  }

  #mathValues(queries: NonNullable<MetricAlarm['definition']['Metrics']>, range: ReadRange): Map<number, JudgedPoint> {
    const { id: accountId, region } = this.#account
    const scope = { accountId, region, range, offsetMinutes: 0, parameter: 'Metrics' }
    const [result] = new MetricQueries(this.#reader, scope, queries).results()
    const values = new Map<number, JudgedPoint>()
    for (const [atSeconds, value] of result?.series.values ?? []) {
      values.set(atSeconds, { atSeconds, value, sampleCount: undefined })
    }
    return values
  }
}

interface ReadRange {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly periodSeconds: number
}

/** @see Amazon CloudWatch User Guide, "Percentile-based CloudWatch alarms and low data samples" */
function fewestSamples(statistic: string): number {
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1]
  if (percentile === undefined) return 0
  const share = Number(percentile) / 100
  return share >= 0.5 ? 10 / (1 - share) : 10 / share
}
