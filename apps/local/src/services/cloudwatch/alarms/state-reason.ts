import type { StateValue } from './alarm.ts'
import type { EvaluationRule, Judgement } from './judge.ts'

/** What a data point was compared with. */
export interface Threshold {
  readonly value: number
  readonly operator: Operator
}

export type Operator =
  | 'GreaterThanOrEqualToThreshold'
  | 'GreaterThanThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold'

const OPERATORS: Readonly<
  Record<Operator, { readonly words: string; readonly breaches: (a: number, b: number) => boolean }>
> = {
  GreaterThanOrEqualToThreshold: { words: 'greater than or equal to', breaches: (value, limit) => value >= limit },
  GreaterThanThreshold: { words: 'greater than', breaches: (value, limit) => value > limit },
  LessThanThreshold: { words: 'less than', breaches: (value, limit) => value < limit },
  LessThanOrEqualToThreshold: { words: 'less than or equal to', breaches: (value, limit) => value <= limit },
}

export const isOperator = (name: string): name is Operator => Object.hasOwn(OPERATORS, name)

export function breaches({ operator, value: limit }: Threshold, value: number): boolean {
  return OPERATORS[operator].breaches(value, limit)
}

/** A data point at its time, epoch seconds. */
export interface JudgedPoint {
  readonly atSeconds: number
  readonly value: number
  readonly sampleCount: number | undefined
}

/** Why an alarm has its state, in CloudWatch's words: those that its notifications quote. */
export function stateReason(
  { state, filled }: Judgement,
  points: readonly JudgedPoint[],
  threshold: Threshold,
  rule: EvaluationRule,
): string {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule
  if (state === 'INSUFFICIENT_DATA') {
    const unknown = evaluationPeriods - points.length
    return `Insufficient Data: ${unknown} ${unknown === 1 ? 'datapoint was' : 'datapoints were'} unknown.`
  }
  const treated = `missing ${filled === 1 ? 'datapoint was' : 'datapoints were'} treated as [${treatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching'}]`
  if (points.length === 0) {
    const periods = `${evaluationPeriods} ${evaluationPeriods === 1 ? 'period' : 'periods'}`
    return `Threshold Crossed: no datapoints were received for ${periods} and ${filled} ${treated}.`
  }
  const isAlarm = state === 'ALARM'
  const named = points.filter(({ value }) => breaches(threshold, value) === isAlarm)
  const list = named.toReversed().map(({ value, atSeconds }) => `${decimal(value)} (${dayAndTime(atSeconds)})`)
  const comparison = `${named.length === 1 ? 'was' : 'were'} ${isAlarm ? '' : 'not '}${OPERATORS[threshold.operator].words}`
  const needed = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1
  const transition = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK'
  return [
    `Threshold Crossed: ${named.length} out of the last ${evaluationPeriods} datapoints [${list.join(', ')}] ${comparison}`,
    ` the threshold (${decimal(threshold.value)}) (minimum ${needed} ${needed === 1 ? 'datapoint' : 'datapoints'} for`,
    ` ${transition} transition)${filled > 0 ? ` and ${filled} ${treated}` : ''}.`,
  ].join('')
}

/** `StateReasonData` of an alarm on one statistic. */
export function stateReasonData(facts: {
  readonly queriedAtMs: number
  readonly startSeconds: number
  readonly unit: string | undefined
  readonly statistic: string
  readonly periodSeconds: number
  readonly points: readonly JudgedPoint[]
  readonly threshold: number
}): string {
  const { queriedAtMs, startSeconds, unit, statistic, periodSeconds, points, threshold } = facts
  return JSON.stringify({
    version: '1.0',
    queryDate: isoWithOffset(queriedAtMs),
    ...(points.length > 0 && { startDate: isoWithOffset(startSeconds * 1000) }),
    ...(unit !== undefined && { unit }),
    statistic,
    period: periodSeconds,
    recentDatapoints: points.map(({ value }) => value),
    threshold,
    evaluatedDatapoints: points.toReversed().map(({ atSeconds, sampleCount, value }) => ({
      timestamp: isoWithOffset(atSeconds * 1000),
      ...(sampleCount !== undefined && { sampleCount }),
      value,
    })),
  })
}

/** `2018-08-15T21:20:02.381+0000` */
export function isoWithOffset(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000')
}

/** A double, as Java writes it: `70.0`. */
function decimal(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value)
}

/** `15/08/18 21:15:00` */
function dayAndTime(atSeconds: number): string {
  const [date = '', time = ''] = new Date(atSeconds * 1000).toISOString().slice(2, 19).split('T')
  return `${date.split('-').reverse().join('/')} ${time}`
}

/** What an alarm says before it was looked at. */
export const UNCHECKED: { readonly value: StateValue; readonly reason: string } = {
  value: 'INSUFFICIENT_DATA',
  reason: 'Unchecked: Initial alarm creation',
}
