import type { Account } from '../../../foundation/account.ts'
import type { Alarm, AlarmState } from './alarm.ts'
import { isoWithOffset } from './state-reason.ts'

/** As CloudWatch names them to people; others are named by their code. */
const REGIONS: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'eu-north-1': 'EU (Stockholm)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'sa-east-1': 'South America (Sao Paulo)',
}

const STATISTICS: Readonly<Record<string, string>> = {
  SampleCount: 'SAMPLE_COUNT',
  Average: 'AVERAGE',
  Sum: 'SUM',
  Minimum: 'MINIMUM',
  Maximum: 'MAXIMUM',
}

/** Of a mail; SNS takes 100 characters. */
export function subjectOf(account: Account, alarm: Alarm, state: AlarmState): string {
  return `${state.value}: "${alarm.name}" in ${REGIONS[account.region] ?? account.region}`.slice(0, 100)
}

/** The document that CloudWatch publishes to a topic of SNS when an alarm changes its state. */
export function messageOf(account: Account, arn: string, alarm: Alarm, state: AlarmState): string {
  const { definition, state: old } = alarm
  return JSON.stringify({
    AlarmName: alarm.name,
    AlarmDescription: definition.AlarmDescription ?? null,
    AWSAccountId: account.id,
    AlarmConfigurationUpdatedTimestamp: isoWithOffset(alarm.configuredAtMs),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: isoWithOffset(state.updatedAtMs),
    Region: REGIONS[account.region] ?? account.region,
    AlarmArn: arn,
    OldStateValue: old.value,
    OKActions: definition.OKActions ?? [],
    AlarmActions: definition.AlarmActions ?? [],
    InsufficientDataActions: definition.InsufficientDataActions ?? [],
    ...(alarm.kind === 'MetricAlarm'
      ? { Trigger: triggerOf(alarm.definition) }
      : { AlarmRule: alarm.definition.AlarmRule }),
  })
}

function triggerOf(definition: Extract<Alarm, { kind: 'MetricAlarm' }>['definition']) {
  const { Metrics, Statistic, ExtendedStatistic, Dimensions = [], Unit } = definition
  const common = {
    Period: definition.Period,
    EvaluationPeriods: definition.EvaluationPeriods,
    DatapointsToAlarm: definition.DatapointsToAlarm,
    ComparisonOperator: definition.ComparisonOperator,
    Threshold: definition.Threshold,
    TreatMissingData: definition.TreatMissingData ?? '',
    EvaluateLowSampleCountPercentile: definition.EvaluateLowSampleCountPercentile ?? '',
  }
  if (Metrics) return { ...common, Metrics }
  return {
    MetricName: definition.MetricName,
    Namespace: definition.Namespace,
    StatisticType: Statistic === undefined ? 'ExtendedStatistic' : 'Statistic',
    ...(Statistic === undefined ? { ExtendedStatistic } : { Statistic: STATISTICS[Statistic] ?? Statistic }),
    Unit: Unit ?? null,
    Dimensions: Dimensions.map(({ Name, Value }) => ({ value: Value, name: Name })),
    ...common,
  }
}
