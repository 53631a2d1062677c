import type { FullMessage } from '../../protocol/stream.ts'
import type { MessageRing, StoredMessage } from '../ring/message-ring.ts'
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
