import { type CloudWatchClient, type Dimension, ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { METRIC_NAMESPACES, type Metric, type MetricList, type MetricNamespace } from '@thingdeck/contract'

/** Of 500 metrics each (CloudWatch API reference, ListMetrics): rules and jobs have many. */
const MOST_PAGES = 20

/** Which metrics of a namespace CloudWatch lists. */
export async function readMetricList(
  cloudwatch: CloudWatchClient,
  namespace: MetricNamespace,
  abortSignal: AbortSignal,
): Promise<MetricList> {
  const metrics: Metric[] = []
  let NextToken: string | undefined
  let pages = 0
  do {
    const page = await cloudwatch.send(new ListMetricsCommand({ Namespace: namespace, NextToken }), { abortSignal })
    for (const found of page.Metrics ?? []) {
      const metric = toMetric(found)
      if (metric) metrics.push(metric)
    }
    NextToken = page.NextToken
    pages += 1
  } while (NextToken !== undefined && pages < MOST_PAGES)
  return { outcome: 'read', metrics, isAll: NextToken === undefined }
}

interface SdkMetric {
  readonly Namespace?: string | undefined
  readonly MetricName?: string | undefined
  readonly Dimensions?: readonly Dimension[] | undefined
}

/** A metric as the contract has it; undefined for one of another namespace. */
export function toMetric({ Namespace, MetricName, Dimensions = [] }: SdkMetric): Metric | undefined {
  const namespace = METRIC_NAMESPACES.find((each) => each === Namespace)
  if (namespace === undefined || MetricName === undefined) return undefined
  return {
    namespace,
    metricName: MetricName,
    dimensions: Dimensions.map(({ Name = '', Value = '' }) => ({ name: Name, value: Value })),
  }
}
