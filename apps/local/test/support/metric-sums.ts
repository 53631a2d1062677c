import { CloudWatchClient, GetMetricStatisticsCommand, paginateListMetrics } from '@aws-sdk/client-cloudwatch'
import type { Local } from '../../src/index.ts'

const HOUR_MS = 3_600_000

/** What has been counted in a namespace up to now: `Connect.Success MQTT` → 3. */
export async function metricSums(local: Pick<Local, 'sdk'>, Namespace = 'AWS/IoT'): Promise<Record<string, number>> {
  const client = new CloudWatchClient(local.sdk)
  const sums: Record<string, number> = {}
  for await (const { Metrics = [] } of paginateListMetrics({ client }, { Namespace })) {
    for (const { MetricName = '', Dimensions = [] } of Metrics) {
      const { Datapoints = [] } = await client.send(
        new GetMetricStatisticsCommand({
          Namespace,
          MetricName,
          Dimensions,
          StartTime: new Date(Date.now() - HOUR_MS),
          EndTime: new Date(Date.now() + HOUR_MS),
          Period: 60,
          Statistics: ['Sum'],
          Unit: 'Count',
        }),
      )
      const name = [MetricName, ...Dimensions.map(({ Value }) => Value)].join(' ')
      sums[name] = Datapoints.reduce((total, { Sum = 0 }) => total + Sum, 0)
    }
  }
  client.destroy()
  return sums
}
