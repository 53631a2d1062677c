import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Input } from '@thingdeck/aws-api'
import { paginate } from '../../foundation/paging.ts'
import { invalidValue } from './cloudwatch-errors.ts'
import { type Dimension, dimensionsOf } from './dimensions.ts'
import { LISTED_SECONDS, type MetricStore } from './metric-store.ts'
import type { MetricTable, SeriesRow } from './metric-table.ts'

const PAGE_SIZE = 500
const RECENT_SECONDS = 3 * 3_600

interface ListedMetric {
  readonly id: number
  readonly Namespace: string
  readonly MetricName: string
  readonly Dimensions: readonly Dimension[]
}

type ListMetricsInput = Input<typeof sdk, 'ListMetrics'>

/**
 * `ListMetrics`, in the order in which metrics came.
 * @throws {AwsError} InvalidParameterValueException
 */
export function listMetrics(store: MetricStore, table: MetricTable, accountId: string, input: ListMetricsInput) {
  const { RecentlyActive, NextToken, IncludeLinkedAccounts, OwningAccount } = input
  const isOwn = OwningAccount === undefined || OwningAccount === accountId
  store.takeOver()
  const since = store.nowSeconds - (RecentlyActive === 'PT3H' ? RECENT_SECONDS : LISTED_SECONDS)
  const page = paginate(
    { maxResults: PAGE_SIZE, nextToken: NextToken },
    'ListMetrics',
    [0],
    ([after]: readonly [number], count) => (isOwn ? metricsBehind(table, input, since, after, count) : []),
    ({ id }) => [id],
    () => invalidValue('Request parameter NextToken is invalid'),
  )
  return {
    Metrics: page.items.map(({ id: _, ...metric }) => ({ ...metric, Dimensions: [...metric.Dimensions] })),
    NextToken: page.nextToken,
    ...(IncludeLinkedAccounts && { OwningAccounts: page.items.map(() => accountId) }),
  }
}

function metricsBehind(
  table: MetricTable,
  { Namespace, MetricName, Dimensions = [] }: ListMetricsInput,
  sinceSeconds: number,
  after: number,
  count: number,
): ListedMetric[] {
  const found: ListedMetric[] = []
  for (const row of table.seriesSince(sinceSeconds, { after, namespace: Namespace, name: MetricName })) {
    const metric = metricOf(row)
    const fits = Dimensions.every(({ Name, Value }) =>
      metric.Dimensions.some((own) => own.Name === Name && (Value === undefined || own.Value === Value)),
    )
    if (fits) found.push(metric)
    if (found.length === count) break
  }
  return found
}

function metricOf({ id, namespace, name, dimensions }: SeriesRow): ListedMetric {
  return { id, Namespace: namespace, MetricName: name, Dimensions: dimensionsOf(dimensions) }
}
