import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { Handlers } from '@thingdeck/aws-api'
import type { Caller } from '../../foundation/caller.ts'
import type { NeedsOf } from '../../foundation/control-plane-needs.ts'
import type { MakeService } from '../../foundation/service.ts'
import { CLOUDWATCH } from './cloudwatch-api.ts'
import { getMetricData } from './get-metric-data.ts'
import { getMetricStatistics } from './get-metric-statistics.ts'
import { listMetrics } from './list-metrics.ts'
import { MetricReader } from './metric-reader.ts'
import { MetricStore } from './metric-store.ts'
import { MetricTable } from './metric-table.ts'
import { putMetricData } from './put-metric-data.ts'
import { repeat } from './repeat.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** CloudWatch: metrics, of this server and of whoever puts them here, and alarms on them. */
export const cloudwatchService: MakeService = ({ account, after, clock, database, log, metrics, storage }) => {
  const table = new MetricTable(database)
  const store = new MetricStore(metrics, table, clock, storage.metricBytes)
  const reader = new MetricReader(store, table)
  const stop = [
    repeat(
      after,
      log,
      'metrics could not be kept',
      () => MINUTE_MS - (clock() % MINUTE_MS),
      () => store.takeOver(),
    ),
    repeat(
      after,
      log,
      'old metrics could not be made coarser',
      () => HOUR_MS,
      () => store.age(),
    ),
  ]
  return {
    name: 'cloudwatch',
    apis: { cloudwatch: CLOUDWATCH },
    handlers: {
      cloudwatch: {
        PutMetricData: (input) => {
          putMetricData(store, input)
          return {}
        },
        ListMetrics: (input) => listMetrics(store, table, account.id, input),
        GetMetricData: (input) => getMetricData(reader, account.id, input),
        GetMetricStatistics: (input) => getMetricStatistics(reader, input),
      } satisfies Handlers<typeof sdk, Caller>,
    },
    controlPlaneNeeds: NEEDS,
    reset: () => store.reset(),
    close: () => {
      for (const end of stop) end()
      store.takeOver()
    },
  }
}

const everything = () => ({ resources: ['*'] })

/** Service Authorization Reference, "Actions defined by Amazon CloudWatch": metrics have no ARN. */
const NEEDS: NeedsOf<typeof sdk> = {
  PutMetricData: everything,
  ListMetrics: everything,
  GetMetricData: everything,
  GetMetricStatistics: everything,
}
