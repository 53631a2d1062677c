import { CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { stack } from './stack.ts'

/** The most that one request takes (CloudWatch API reference, PutMetricData). */
const MOST_AT_ONCE = 1_000
const MINUTE_MS = 60_000

/** A metric of AWS IoT, and what it counted in each minute; the last value is of the minute that was over last. */
export interface SeededMetric {
  readonly metricName: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly perMinute: readonly number[]
  /** So long ago was the last minute. */
  readonly agoMs?: number
}

/** Puts counts into CloudWatch as AWS IoT would have. */
export async function seedMetrics(metrics: readonly SeededMetric[], sdk = stack.sdk): Promise<void> {
  const client = new CloudWatchClient(sdk)
  const lastMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - MINUTE_MS
  const data = metrics.flatMap(({ metricName, dimensions, perMinute, agoMs = 0 }): MetricDatum[] =>
    perMinute.map((Value, index) => ({
      MetricName: metricName,
      Dimensions: Object.entries(dimensions).map(([Name, value]) => ({ Name, Value: value })),
      Timestamp: new Date(lastMs - agoMs - (perMinute.length - 1 - index) * MINUTE_MS),
      Value,
      Unit: 'Count',
    })),
  )
  for (let start = 0; start < data.length; start += MOST_AT_ONCE) {
    const MetricData = data.slice(start, start + MOST_AT_ONCE)
    await client.send(new PutMetricDataCommand({ Namespace: 'AWS/IoT', MetricData }))
  }
}
