import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import type { AlarmList, MetricData, MetricList, MetricNamespace, MetricQuery } from '@thingdeck/contract'
import { type Clock, SYSTEM_CLOCK } from '../../clock.ts'
import { KeptReads } from '../kept-reads.ts'
import { orUnread } from '../why-unread.ts'
import { readAlarms } from './alarms.ts'
import { MetricDataReader, type MetricRange } from './metric-data.ts'
import { readMetricList } from './metric-list.ts'

const LIST_KEPT_MS = 10_000
const ALARMS_KEPT_MS = 10_000

/**
 * CloudWatch, as far as it is about AWS IoT. Callers who ask for the same share one read, which ends when all of them
 * have left, and what was read serves others for a little while. That the console may not read, or that nothing serves
 * CloudWatch at this endpoint, is an outcome; other errors are AWS's own.
 */
export interface CloudWatch {
  /** Values of metrics: of each query one series, in their order. */
  data(queries: readonly MetricQuery[], range: MetricRange, signal?: AbortSignal): Promise<MetricData>
  metrics(namespace: MetricNamespace, signal?: AbortSignal): Promise<MetricList>
  alarms(signal?: AbortSignal): Promise<AlarmList>
}

export function createCloudWatch(client: CloudWatchClient, clock: Clock = SYSTEM_CLOCK): CloudWatch {
  const data = new MetricDataReader(client, clock)
  const lists = new KeptReads<MetricList>(clock, LIST_KEPT_MS)
  const alarms = new KeptReads<AlarmList>(clock, ALARMS_KEPT_MS)
  return {
    data: (queries, range, signal) => data.read(queries, range, signal),
    metrics: (namespace, signal) =>
      orUnread(() => lists.read(namespace, (mine) => readMetricList(client, namespace, mine), signal), {
        metrics: [],
        isAll: false,
      }),
    alarms: (signal) =>
      orUnread(() => alarms.read('all', (mine) => readAlarms(client, mine), signal), { alarms: [], isAll: false }),
  }
}
