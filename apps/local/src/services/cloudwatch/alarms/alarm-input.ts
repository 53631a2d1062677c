import {
  bothGiven,
  invalidCombination,
  invalidValue,
  missingParameter,
  validationFailed,
} from '../cloudwatch-errors.ts'
import { MetricQueries, type QueryScope } from '../metric-queries.ts'
import type { MetricReader } from '../metric-reader.ts'
import { parseStatistic } from '../statistics.ts'
import type { CompositeAlarm, CompositeAlarmInput, MetricAlarm, MetricAlarmInput } from './alarm.ts'
import { AlarmRuleError, parseAlarmRule } from './alarm-rule.ts'
import type { MissingDataTreatment } from './judge.ts'
import { isOperator } from './state-reason.ts'

const DAY_SECONDS = 86_400
const HOUR_SECONDS = 3_600
const TREATMENTS: readonly MissingDataTreatment[] = ['breaching', 'notBreaching', 'ignore', 'missing']
const LOW_SAMPLES = ['evaluate', 'ignore']
const SHORT_PERIODS = [10, 20, 30]
const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/

const KEPT_OF_ALL = [
  'AlarmName',
  'AlarmDescription',
  'ActionsEnabled',
  'OKActions',
  'AlarmActions',
  'InsufficientDataActions',
] as const

const KEPT_OF_METRIC_ALARMS = [
  ...KEPT_OF_ALL,
  'MetricName',
  'Namespace',
  'Statistic',
  'ExtendedStatistic',
  'Dimensions',
  'Period',
  'Unit',
  'EvaluationPeriods',
  'DatapointsToAlarm',
  'Threshold',
  'ComparisonOperator',
  'TreatMissingData',
  'EvaluateLowSampleCountPercentile',
  'Metrics',
] as const

const KEPT_OF_COMPOSITE_ALARMS = [...KEPT_OF_ALL, 'AlarmRule'] as const

/** What an alarm does without a setting of it. */
export const treatmentOf = (name: string | undefined): MissingDataTreatment =>
  TREATMENTS.find((treatment) => treatment === name) ?? 'missing'

/**
 * An alarm as it is kept.
 * @throws {AwsError} ValidationException, InvalidParameterValueException, InvalidParameterCombinationException,
 *   MissingRequiredParameterException
 */
export function readMetricAlarm(
  input: MetricAlarmInput,
  reader: MetricReader,
  scope: QueryScope,
): MetricAlarm['definition'] {
  refuseUnknown(input)
  const { EvaluationPeriods = 0, DatapointsToAlarm, ComparisonOperator, Threshold, Metrics } = input
  if (input.EvaluationPeriods === undefined) throw missingParameter('The parameter EvaluationPeriods is required.')
  if (ComparisonOperator === undefined) throw missingParameter('The parameter ComparisonOperator is required.')
  if (!isOperator(ComparisonOperator)) {
    throw validationFailed(
      `ComparisonOperator ${ComparisonOperator} is for anomaly detection, which is not there in this server`,
    )
  }
  if (Threshold === undefined) throw missingParameter('The parameter Threshold is required.')
  if (!Number.isFinite(Threshold)) throw invalidValue(`The value ${Threshold} for parameter Threshold is invalid.`)
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm > EvaluationPeriods) {
    throw validationFailed('DatapointsToAlarm must be less than or equal to EvaluationPeriods.')
  }
  const { TreatMissingData, EvaluateLowSampleCountPercentile } = input
  checkOption('TreatMissingData', TreatMissingData, TREATMENTS)
  checkOption('EvaluateLowSampleCountPercentile', EvaluateLowSampleCountPercentile, LOW_SAMPLES)
  checkActions(input)
  if (Metrics) checkQueries(input, Metrics, reader, scope)
  else checkStatistic(input)
  const kept = KEPT_OF_METRIC_ALARMS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))
  return Object.fromEntries(kept) // of the names that a definition has, each with its own value
}

function refuseUnknown(input: MetricAlarmInput): void {
  const { ThresholdMetricId, EvaluationCriteria, EvaluationInterval, EvaluationWindow } = input
  const { WarmUpConfiguration, ActionConfiguration } = input
  if (ThresholdMetricId !== undefined) {
    throw validationFailed('ThresholdMetricId is for anomaly detection, which is not there in this server')
  }
  const others = { EvaluationCriteria, EvaluationInterval, EvaluationWindow, WarmUpConfiguration, ActionConfiguration }
  refuseGiven(others, 'is not there in this server; leave it out')
}

function refuseGiven(members: Readonly<Record<string, unknown>>, why: string): void {
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) throw validationFailed(`${name} ${why}`)
  }
}

function checkStatistic(input: MetricAlarmInput): void {
  const { MetricName, Namespace, Period, Statistic, ExtendedStatistic, EvaluationPeriods = 0 } = input
  if (MetricName === undefined) throw missingParameter('The parameter MetricName is required.')
  if (Namespace === undefined) throw missingParameter('The parameter Namespace is required.')
  if (Period === undefined) throw missingParameter('The parameter Period is required.')
  if ((Statistic === undefined) === (ExtendedStatistic === undefined)) {
    throw invalidCombination('Exactly one of the parameters Statistic and ExtendedStatistic must be specified.')
  }
  if (ExtendedStatistic !== undefined && !parseStatistic(ExtendedStatistic)) {
    throw invalidValue(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`)
  }
  checkSpan(Period, EvaluationPeriods)
}

function checkSpan(periodSeconds: number, evaluationPeriods: number): void {
  if (!SHORT_PERIODS.includes(periodSeconds) && periodSeconds % 60 !== 0) {
    throw invalidValue('The parameter Period must be 10, 20, 30 or a multiple of 60.')
  }
  const spanSeconds = periodSeconds * evaluationPeriods
  if (periodSeconds < HOUR_SECONDS && spanSeconds > DAY_SECONDS) {
    throw validationFailed(
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    )
  }
  if (spanSeconds > 7 * DAY_SECONDS) {
    throw validationFailed(
      'Metrics cannot be checked across more than a week (EvaluationPeriods * Period must be <= 604800).',
    )
  }
}

function checkQueries(
  input: MetricAlarmInput,
  queries: NonNullable<MetricAlarmInput['Metrics']>,
  reader: MetricReader,
  scope: QueryScope,
): void {
  const { MetricName, Namespace, Period, Statistic, ExtendedStatistic, Dimensions, Unit, EvaluationPeriods = 0 } = input
  const own = { MetricName, Namespace, Dimensions, Period, Unit, Statistic, ExtendedStatistic }
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) throw validationFailed(bothGiven(name, 'Metrics'))
  }
  const returned = queries.filter(({ ReturnData = true }) => ReturnData)
  if (returned.length !== 1) throw validationFailed('Exactly one element of the metrics list should return data.')
  if (queries.some(({ Expression }) => /\bSEARCH\s*\(/.test(Expression ?? ''))) {
    throw validationFailed('SEARCH is not supported in the expression of an alarm.')
  }
  const parsed = new MetricQueries(reader, scope, queries)
  const periods = new Set(parsed.periods())
  if (periods.size > 1) throw validationFailed('All the metrics of an alarm must have the same period.')
  for (const period of periods) checkSpan(period, EvaluationPeriods)
}

/** A composite alarm as it is kept. @throws {AwsError} ValidationException */
export function readCompositeAlarm(input: CompositeAlarmInput): CompositeAlarm['definition'] {
  const { ActionsSuppressor, ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod } = input
  const { ActionConfiguration } = input
  refuseGiven(
    { ActionsSuppressor, ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod, ActionConfiguration },
    'is not there in this server: actions are not suppressed; leave it out',
  )
  checkActions(input)
  try {
    const { children } = parseAlarmRule(input.AlarmRule ?? '')
    if (children.includes(input.AlarmName ?? '')) throw new AlarmRuleError('it speaks of its own alarm')
  } catch (error) {
    if (error instanceof AlarmRuleError) throw validationFailed(`Invalid AlarmRule: ${error.message}`)
    throw error
  }
  const kept = KEPT_OF_COMPOSITE_ALARMS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]]))
  return Object.fromEntries(kept) // of the names that a definition has, each with its own value
}

function checkActions({
  OKActions = [],
  AlarmActions = [],
  InsufficientDataActions = [],
}: MetricAlarmInput | CompositeAlarmInput): void {
  for (const arn of [...OKActions, ...AlarmActions, ...InsufficientDataActions]) {
    if (!ARN.test(arn)) throw validationFailed(`Invalid arn syntax: ${arn}`)
  }
}

function checkOption(name: string, value: string | undefined, options: readonly string[]): void {
  if (value === undefined || options.includes(value)) return
  const last = options.at(-1)
  throw validationFailed(
    `Option ${value} is not supported. Supported options for parameter ${name} are ${options.slice(0, -1).join(', ')} and ${last}.`,
  )
}
