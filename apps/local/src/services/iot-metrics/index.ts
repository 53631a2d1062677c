import type { Metrics } from '../../foundation/metrics.ts'
import type { MakeService, ServiceContext } from '../../foundation/service.ts'
import { countConnections, countMessages } from './broker-metrics.ts'
import { NAMESPACE } from './outcome-counters.ts'

/** AWS IoT's own metrics, `AWS/IoT`, of all that is told here; services count what only they know. */
export const iotMetricsService: MakeService = ({ traffic, metrics, logs }) => {
  countConnections(traffic, metrics)
  countMessages(traffic, metrics)
  countLostEntries(logs, metrics)
  return { name: 'iot-metrics' }
}

/** Of the account's log; the guide's table, "Logging metrics". */
function countLostEntries({ lost }: ServiceContext['logs'], metrics: Metrics): void {
  const count = { namespace: NAMESPACE, unit: 'Count' } as const
  const batches = metrics.counter({ ...count, name: 'NumLogBatchesFailedToPublishThrottled', dimensions: {} })
  const events = metrics.counter({ ...count, name: 'NumLogEventsFailedToPublishThrottled', dimensions: {} })
  lost.subscribe(({ logGroupName: LogGroup, entries, reason }) => {
    if (reason === 'failed') {
      metrics.record({ ...count, name: 'CloudwatchLogs:PutLogEventsFailed', dimensions: { LogGroup } })
      return
    }
    batches.add()
    events.add(1, entries)
  })
}
