import type { Alarm, AlarmState } from '@thingdeck/contract'
import { periodWords } from '../../shared/metrics/metric-range.ts'

export const STATE_WORDS: Readonly<Record<AlarmState, string>> = {
  ALARM: 'In ALARM',
  INSUFFICIENT_DATA: 'Insufficient data',
  OK: 'OK',
}

/** As AWS spells them (CloudWatch API reference, ComparisonOperator). */
const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '≥',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
}

/** `Sum of Connect.AuthError > 5 in 1 min, 2 of 3 times`. */
export function conditionWords(alarm: Alarm): string {
  if (alarm.alarmRule !== undefined) return alarm.alarmRule
  const { isExpression, metrics, stat, comparison = '', threshold, periodSeconds } = alarm
  const { evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods } = alarm
  const what = isExpression ? 'An expression' : `${stat ?? 'Statistic'} of ${metrics[0]?.metricName ?? 'a metric'}`
  const operator = COMPARISONS[comparison] ?? comparison
  const period = periodSeconds === undefined ? '' : ` in ${periodWords(periodSeconds)}`
  const times =
    evaluationPeriods === 1
      ? ''
      : datapointsToAlarm === evaluationPeriods
        ? `, ${evaluationPeriods} times in a row`
        : `, ${datapointsToAlarm} of ${evaluationPeriods} times`
  return `${what} ${operator}${threshold === undefined ? '' : ` ${threshold}`}${period}${times}`
}

/** `Protocol=MQTT`, of the metrics that it watches; of a composite alarm the alarms. */
export const watchedWords = ({ metrics, dependsOn }: Alarm): string =>
  (
    dependsOn?.map((name) => `alarm ${name}`) ??
    metrics.map(({ metricName, dimensions }) =>
      [metricName, ...dimensions.map(({ name, value }) => `${name}=${value}`)].join(' '),
    )
  ).join(', ')
