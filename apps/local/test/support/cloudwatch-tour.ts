import * as cloudwatch from '@aws-sdk/client-cloudwatch'

const DIMENSIONS = [{ Name: 'Protocol', Value: 'MQTT' }]
const METRIC = { Namespace: 'Tour', MetricName: 'Pump', Dimensions: DIMENSIONS }
const RANGE = { StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 60_000) }

const ACTIONS = { OKActions: [], AlarmActions: [], InsufficientDataActions: [] }
const STATISTIC = { Statistic: 'Sum' as const, Period: 60, Unit: 'Count' as const }
const RULE = { EvaluationPeriods: 2, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' as const }
const ALARM_ARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors'
const PAGE = { MaxRecords: 10, NextToken: 'next' }

/** Not looked at, and why, in the words of `InputReads`. */
export const KNOWN_OF_CLOUDWATCH: Readonly<Record<string, string>> = {
  'cloudwatch.PutMetricAlarm ActionConfiguration.*': 'refused whatever is in it',
  'cloudwatch.PutMetricAlarm EvaluationCriteria.*': 'refused whatever is in it',
  'cloudwatch.PutMetricAlarm EvaluationWindow.*': 'refused whatever is in it',
  'cloudwatch.PutMetricAlarm WarmUpConfiguration.*': 'refused whatever is in it',
  'cloudwatch.PutCompositeAlarm ActionConfiguration.*': 'refused whatever is in it',
  'cloudwatch.PutMetricData EntityMetricData.Entity.*': 'refused whatever is in it',
}

/**
 * Calls every operation of CloudWatch with all that it can be given.
 * @param refusable awaits a call that may be refused
 */
export async function tourOfCloudWatch(
  client: cloudwatch.CloudWatchClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { Namespace, ...metric } = { ...METRIC, Timestamp: new Date(), Unit: 'Count' as const }
  const StatisticValues = { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 }
  const MetricData = [
    { ...metric, Value: 1, StorageResolution: 1 },
    { ...metric, Values: [1, 2], Counts: [1, 1] },
    { ...metric, StatisticValues },
  ]
  const Entity = { KeyAttributes: { Type: 'Service', Name: 'pumps' }, Attributes: {} }
  const EntityMetricData = [{ MetricData }]
  await client.send(new cloudwatch.PutMetricDataCommand({ Namespace, MetricData, EntityMetricData }))
  for (const beyond of [{ StrictEntityValidation: true }, { EntityMetricData: [{ Entity, MetricData }] }]) {
    await refusable(client.send(new cloudwatch.PutMetricDataCommand({ Namespace, ...beyond })))
  }
  await client.send(
    new cloudwatch.ListMetricsCommand({
      ...METRIC,
      RecentlyActive: 'PT3H',
      IncludeLinkedAccounts: true,
      OwningAccount: '123456789012',
    }),
  )
  await refusable(client.send(new cloudwatch.ListMetricsCommand({ NextToken: 'next' })))
  const statistics = { Statistics: ['Sum' as const], ExtendedStatistics: ['p99'] }
  await client.send(
    new cloudwatch.GetMetricStatisticsCommand({ ...METRIC, ...RANGE, ...statistics, Period: 60, Unit: 'Count' }),
  )
  const MetricStat = { Metric: METRIC, Period: 60, Stat: 'Sum', Unit: 'Count' as const }
  const paging = { MaxDatapoints: 10, ScanBy: 'TimestampAscending' as const, LabelOptions: { Timezone: '+0130' } }
  const MetricDataQueries = [{ Id: 'm1', Label: 'm', MetricStat, ReturnData: true, AccountId: '123456789012' }]
  await client.send(new cloudwatch.GetMetricDataCommand({ ...RANGE, ...paging, MetricDataQueries }))
  const expressions = [{ Id: 'e1', Expression: 'm1', Period: 60 }]
  await refusable(
    client.send(new cloudwatch.GetMetricDataCommand({ ...RANGE, MetricDataQueries: expressions, NextToken: 'next' })),
  )
}

/** The same of the operations on alarms. */
export async function tourOfAlarms(
  client: cloudwatch.CloudWatchClient,
  refusable: (call: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const Tags = [{ Key: 'site', Value: 'north' }]
  const named = { AlarmName: 'errors', AlarmDescription: 'd', ActionsEnabled: true, Tags, ...ACTIONS }
  const alarm = { ...named, ...METRIC, ...STATISTIC, ...RULE, DatapointsToAlarm: 1, TreatMissingData: 'missing' }
  await client.send(new cloudwatch.PutMetricAlarmCommand({ ...alarm, EvaluateLowSampleCountPercentile: 'ignore' }))
  const beyond: readonly Partial<cloudwatch.PutMetricAlarmCommandInput>[] = [
    { ExtendedStatistic: 'p99' },
    { ThresholdMetricId: 'm1' },
    { EvaluationInterval: 60 },
    { EvaluationCriteria: { PromQLCriteria: { Query: 'up' } } },
  ]
  for (const one of beyond) await refusable(client.send(new cloudwatch.PutMetricAlarmCommand({ ...alarm, ...one })))
  const MetricStat = { Metric: METRIC, Period: 60, Stat: 'Sum', Unit: 'Count' as const }
  const Metrics = [
    { Id: 'm1', MetricStat, ReturnData: false, Label: 'm', AccountId: '123456789012' },
    { Id: 'e1', Expression: 'm1', Period: 60 },
  ]
  await client.send(new cloudwatch.PutMetricAlarmCommand({ AlarmName: 'expression', ...RULE, Metrics }))
  const composite = { ...named, AlarmName: 'both', AlarmRule: 'ALARM(errors)' }
  await client.send(new cloudwatch.PutCompositeAlarmCommand(composite))
  const suppression = {
    ActionsSuppressor: 'errors',
    ActionsSuppressorWaitPeriod: 1,
    ActionsSuppressorExtensionPeriod: 1,
  }
  await refusable(client.send(new cloudwatch.PutCompositeAlarmCommand({ ...composite, ...suppression })))
  const types: readonly cloudwatch.AlarmType[] = ['MetricAlarm', 'CompositeAlarm']
  const filters = { AlarmNamePrefix: 'e', StateValue: 'OK' as const, ActionPrefix: 'arn', AlarmTypes: [...types] }
  await refusable(
    client.send(new cloudwatch.DescribeAlarmsCommand({ ...filters, ...PAGE, ChildrenOfAlarmName: 'both' })),
  )
  await client.send(new cloudwatch.DescribeAlarmsCommand({ AlarmNames: ['errors'], ParentsOfAlarmName: 'errors' }))
  const ofMetric = { ...METRIC, Period: 60, Unit: 'Count' as const }
  await client.send(new cloudwatch.DescribeAlarmsForMetricCommand({ ...ofMetric, Statistic: 'Sum' }))
  await client.send(new cloudwatch.DescribeAlarmsForMetricCommand({ ...ofMetric, ExtendedStatistic: 'p99' }))
  const history = { AlarmName: 'errors', AlarmTypes: [...types], HistoryItemType: 'StateUpdate' as const }
  const span = { StartDate: RANGE.StartTime, EndDate: RANGE.EndTime, ScanBy: 'TimestampAscending' as const }
  await refusable(client.send(new cloudwatch.DescribeAlarmHistoryCommand({ ...history, ...span, ...PAGE })))
  await refusable(client.send(new cloudwatch.DescribeAlarmHistoryCommand({ AlarmContributorId: '1' })))
  const state = { AlarmName: 'errors', StateValue: 'ALARM' as const, StateReason: 'r', StateReasonData: '{}' }
  await client.send(new cloudwatch.SetAlarmStateCommand(state))
  const AlarmNames = ['errors']
  await client.send(new cloudwatch.DisableAlarmActionsCommand({ AlarmNames }))
  await client.send(new cloudwatch.EnableAlarmActionsCommand({ AlarmNames }))
  await client.send(new cloudwatch.TagResourceCommand({ ResourceARN: ALARM_ARN, Tags }))
  await client.send(new cloudwatch.ListTagsForResourceCommand({ ResourceARN: ALARM_ARN }))
  await client.send(new cloudwatch.UntagResourceCommand({ ResourceARN: ALARM_ARN, TagKeys: ['site'] }))
  await client.send(new cloudwatch.DeleteAlarmsCommand({ AlarmNames: ['both', 'errors', 'expression'] }))
}
