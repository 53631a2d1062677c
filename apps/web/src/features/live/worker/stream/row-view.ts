import type { EncodingHint } from '../../../../shared/decode/binary.ts'
import type { SparkplugBirths } from '../../../../shared/decode/protobuf/sparkplug-births.ts'
import type { MessageRowView } from '../../protocol/stream.ts'
import { ownTimeOf } from '../payload/own-time.ts'
import { previewOf } from '../payload/preview.ts'
import type { StoredMessage } from '../ring/message-ring.ts'

/** One message as the list shows it. `ownTime`: see `WindowRequest`. */
export function rowView(
  row: StoredMessage,
  subscription: number,
  births: SparkplugBirths,
  ownTime = '',
): MessageRowView {
  const { kind, sequence, receivedAtMs, topic, payload, qos, retain, dup, order } = row
  const hint = hintOf(row, births)
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

/** What a message, and those before it, say of how its payload is encoded. */
export const hintOf = (
  { topic, properties, sequence }: Pick<StoredMessage, 'topic' | 'properties' | 'sequence'>,
  births: SparkplugBirths,
): EncodingHint => ({
  topic,
  contentType: properties?.contentType,
  births: births.before(topic, sequence),
})

/** AWS IoT guide, "Lifecycle events": `$aws/events/presence/connected/CLIENT`, `$aws/events/subscriptions/subscribed/CLIENT`. */
const LIFECYCLE = /^\$aws\/events\/(?:presence|subscriptions)\/[^/]+\/([^/]+)$/

/** The client that a message says it is from or about; MQTT itself does not say. */
export function clientOf({ topic, properties }: Pick<StoredMessage, 'topic' | 'properties'>): string | undefined {
  const subject = topic.startsWith('$') ? LIFECYCLE.exec(topic)?.[1] : undefined
  return subject ?? properties?.userProperties?.find(([name]) => /^client-?id$/i.test(name))?.[1]
}
