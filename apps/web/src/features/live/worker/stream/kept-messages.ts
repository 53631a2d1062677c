import { matches } from '@thingdeck/topics'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import { perTopic } from '../filter/row-filter.ts'
import { type MessageRing, RowCursor, type StoredMessage } from '../ring/message-ring.ts'
import { clientOf } from './row-view.ts'

/** A message whole, with its bytes copied. Undefined once it has aged out, and for a gap. */
export function fullMessage(
  ring: MessageRing,
  sequence: number,
  subscriptionsOf: (topic: string) => readonly number[],
): FullMessage | undefined {
  const row = ring.get(sequence)
  if (row?.kind !== 'message') return undefined
  const { kind: _, ...message } = row
  const previousOnTopic = ring.previousOnTopic(sequence)
  const client = clientOf(row)
  return {
    ...message,
    payload: message.payload.slice(),
    subscriptions: subscriptionsOf(row.topic),
    ...(previousOnTopic === undefined ? {} : { previousOnTopic }),
    ...(client === undefined ? {} : { client }),
    hint: ring.hintOf(row),
  }
}

/** Messages of one topic that are older than `before`, newest first. */
export function* messagesOfTopic(ring: MessageRing, topic: string, before: number): Generator<StoredMessage> {
  let sequence = ring.newestOnTopic(topic)
  while (sequence !== undefined && sequence >= ring.first) {
    const row = sequence < before ? ring.get(sequence) : undefined
    if (row?.kind === 'message') yield row
    sequence = ring.previousOnTopic(sequence)
  }
}

/** The newest messages of a topic filter, at most so many, with their bytes copied; the oldest first. */
export function newestOf(ring: MessageRing, filter: string, count: number): readonly MqttMessage[] {
  const isOfFilter = perTopic(ring.topics, (topic) => matches(filter, topic))
  const cursor = new RowCursor()
  const found: MqttMessage[] = []
  for (let sequence = ring.next - 1; sequence >= ring.first && found.length < count; sequence -= 1) {
    if (!ring.read(sequence, cursor) || cursor.isGap || !isOfFilter(cursor)) continue
    const row = ring.get(sequence)
    if (row?.kind !== 'message') continue
    const { kind: _, sequence: __, order: ___, ...message } = row
    found.push({ ...message, payload: message.payload.slice() })
  }
  return found.reverse()
}
