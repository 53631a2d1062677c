import type { ClientTraffic } from '@thingdeck/contract'
import type { IotLogs } from '../../aws/iot-logs/iot-logs.ts'
import { readEntries } from '../../aws/iot-logs/read-entries.ts'
import type { Clock } from '../../clock.ts'
import type { ClientTime } from './client-history.ts'
import { logReadOf } from './log-read.ts'

const MOST_TOPICS = 100

/** What a client sent, was sent, and what was kept for it, counted in the log: CloudWatch has no metrics of a client. */
export async function readClientTraffic(
  iotLogs: IotLogs,
  { clientId, fromMs, toMs }: ClientTime,
  clock: Clock,
  signal: AbortSignal,
): Promise<ClientTraffic> {
  const criteria = { clientId, eventTypes: ['Publish-In', 'Publish-Out', 'Queued'] }
  const read = await readEntries(iotLogs, { criteria, fromMs, toMs }, clock, signal)
  const total = { received: 0, refused: 0, delivered: 0, queued: 0 }
  const topics = new Map<string, { topic: string; received: number; delivered: number; queued: number }>()
  for (const { eventType, status, topicName: topic = '' } of read.entries) {
    const isFailure = status === 'Failure'
    if (isFailure && eventType === 'Publish-In') total.refused += 1
    if (isFailure) continue // what was not delivered, or not kept, did not reach it
    const counts = topics.get(topic) ?? { topic, received: 0, delivered: 0, queued: 0 }
    topics.set(topic, counts)
    const kind = eventType === 'Publish-In' ? 'received' : eventType === 'Publish-Out' ? 'delivered' : 'queued'
    counts[kind] += 1
    total[kind] += 1
  }
  const sum = ({ received, delivered, queued }: { received: number; delivered: number; queued: number }) =>
    received + delivered + queued
  const ordered = [...topics.values()].sort((one, other) => sum(other) - sum(one))
  const topicsLeftOut = ordered.length - MOST_TOPICS
  return {
    log: logReadOf(read),
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    ...total,
    received: total.received + total.refused,
    topics: ordered.slice(0, MOST_TOPICS),
    ...(topicsLeftOut > 0 && { topicsLeftOut }),
  }
}
