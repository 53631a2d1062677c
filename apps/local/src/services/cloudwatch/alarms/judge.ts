import type { StateValue } from './alarm.ts'

export type MissingDataTreatment = 'breaching' | 'notBreaching' | 'ignore' | 'missing'

/** How many data points are looked at, and how many of them have to breach. */
export interface EvaluationRule {
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly treatMissingData: MissingDataTreatment
}

export interface Judgement {
  readonly state: StateValue
  /** Indexes of the data points that it stands on, those that are there, the oldest first. */
  readonly evaluated: readonly number[]
  /** How many of the missing ones were taken for breaching, or not. */
  readonly filled: number
}

/** Beyond the evaluation periods, in which real data points are preferred to missing ones. */
export const EXTRA_PERIODS = 2

/**
 * The state that an alarm goes to.
 * @param breaches of each period of the evaluation range, the oldest first: whether its data point breaches; undefined
 *   where there is none
 * @returns undefined where the state stays as it is
 * @see Amazon CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data", whose tables are the tests
 */
export function judge(breaches: readonly (boolean | undefined)[], rule: EvaluationRule): Judgement | undefined {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = rule
  const present = breaches.flatMap((breach, index) => (breach === undefined ? [] : [index]))
  const evaluated = present.slice(-evaluationPeriods)
  const breaching = evaluated.filter((index) => breaches[index]).length
  const missing = evaluationPeriods - evaluated.length
  const filled = treatMissingData === 'breaching' || treatMissingData === 'notBreaching' ? missing : 0
  const counted = breaching + (treatMissingData === 'breaching' ? missing : 0)
  const to = (state: StateValue): Judgement => ({ state, evaluated, filled })
  if (counted >= datapointsToAlarm) return to('ALARM')
  if (missing === 0 || filled > 0 || breaching < evaluated.length) return to('OK')
  if (treatMissingData === 'ignore') return undefined
  // All that are there breach; the oldest of them so long ago that those since would have sufficed.
  const oldest = evaluated[0]
  if (oldest !== undefined && breaches.length - oldest >= datapointsToAlarm) return to('ALARM')
  return to('INSUFFICIENT_DATA')
}
