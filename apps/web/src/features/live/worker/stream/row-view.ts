import type { MessageRowView } from '../../protocol/stream.ts'
import { ownTimeOf } from '../payload/own-time.ts'
import { previewOf } from '../payload/preview.ts'
import type { MessageRing, StoredMessage } from '../ring/message-ring.ts'

/** One message as the list shows it. `ownTime`: see `WindowRequest`. */
export function rowView(ring: MessageRing, row: StoredMessage, subscription: number, ownTime = ''): MessageRowView {
  const { kind, sequence, receivedAtMs, topic, payload, qos, retain, dup, order } = row
  const hint = ring.hintOf(row)
  const own = ownTime === '' ? undefined : ownTimeOf(payload, ownTime, hint)
  const client = clientOf(row)
  return {
    kind,
    sequence,
    receivedAtMs,
    ...(row.notBeforeMs === undefined ? {} : { notBeforeMs: row.notBeforeMs }),
    ...(own && ('atMs' in own ? { ownTimeMs: own.atMs } : { ownTimeWithoutZone: own.withoutZone })),
    topic,
    sizeBytes: payload.length,
    qos,
    retain,
    dup,
    ...(order ? { order } : {}),
    subscription,
    ...(client === undefined ? {} : { client }),
    ...previewOf(payload, hint),
  }
}

/** AWS IoT guide, "Lifecycle events": `$aws/events/presence/connected/CLIENT`, `$aws/events/subscriptions/subscribed/CLIENT`. */
const LIFECYCLE = /^\$aws\/events\/(?:presence|subscriptions)\/[^/]+\/([^/]+)$/

/** The client that a message says it is from or about; MQTT itself does not say. */
export function clientOf({ topic, properties }: Pick<StoredMessage, 'topic' | 'properties'>): string | undefined {
  const subject = topic.startsWith('$') ? LIFECYCLE.exec(topic)?.[1] : undefined
  return subject ?? properties?.userProperties?.find(([name]) => /^client-?id$/i.test(name))?.[1]
}
