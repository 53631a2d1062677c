import type { Metrics } from '../../foundation/metrics.ts'
import type { MakeService, ServiceContext } from '../../foundation/service.ts'
import type { Traffic } from '../../foundation/traffic.ts'
import { countConnections, countMessages } from './broker-metrics.ts'
import { NAMESPACE, protocolCounter } from './outcome-counters.ts'

/** AWS IoT's own metrics, `AWS/IoT`, of all that is told here; services count what only they know. */
export const iotMetricsService: MakeService = ({ traffic, metrics, logs }) => {
  countConnections(traffic, metrics)
  countMessages(traffic, metrics)
  countShadowRequests(traffic, metrics)
  countLostEntries(logs, metrics)
  return { name: 'iot-metrics' }
}

/** Operations of the Device Shadow service over HTTP; the guide's table, "Device Shadow metrics". */
const SHADOW_METRICS: Readonly<Record<string, string>> = {
  GetThingShadow: 'GetThingShadow.Accepted',
  UpdateThingShadow: 'UpdateThingShadow.Accepted',
  DeleteThingShadow: 'DeleteThingShadow.Accepted',
  ListNamedShadowsForThing: 'ListThingShadow.Accepted',
}

function countShadowRequests(traffic: Traffic, metrics: Metrics): void {
  const counters = new Map(
    Object.entries(SHADOW_METRICS).map(([operation, name]) => [operation, protocolCounter(metrics, name, 'HTTP')]),
  )
  traffic.operations.subscribe(({ operation, outcome }) => {
    if (outcome.kind === 'Success') counters.get(operation)?.add()
  })
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
