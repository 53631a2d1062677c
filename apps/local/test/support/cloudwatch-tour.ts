import * as cloudwatch from '@aws-sdk/client-cloudwatch'

const DIMENSIONS = [{ Name: 'Protocol', Value: 'MQTT' }]
const METRIC = { Namespace: 'Tour', MetricName: 'Pump', Dimensions: DIMENSIONS }
const RANGE = { StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 60_000) }

/** Not looked at, and why, in the words of `InputReads`. */
export const KNOWN_OF_CLOUDWATCH: Readonly<Record<string, string>> = {
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
      OwningAccount: '1',
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
