import { validateTopicFilter } from '@thingdeck/topics'
import type { Client } from '../client.ts'
import { decodeUnsubscribe } from '../codec/decode.ts'
import { encodeUnsuback } from '../codec/encode.ts'
import { REASON } from '../codec/reason-codes.ts'
import { PAUSE } from '../connection.ts'
import type { Engine } from '../engine.ts'

/**
 * UNSUBSCRIBE: MQTT 3.1.1 and 5.0 §3.10. A filter that was not subscribed to is no failure; AWS does not use 0x11.
 */
export function handleUnsubscribe<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  const { connection, session, version } = client
  const { packetId, filters } = decodeUnsubscribe(bytes, start, end, version)
  connection.pauseFor(PAUSE.FILTERS, client.inbound.countFilters(connection.nowMs, filters.length))
  const removed = filters.filter((filter) => engine.sessions.unsubscribe(session, filter))
  if (removed.length > 0) session.save()
  const codes = filters.map((filter) =>
    validateTopicFilter(filter, engine.topicLimits) ? REASON.TOPIC_FILTER_INVALID : REASON.SUCCESS,
  )
  connection.send(encodeUnsuback(version, packetId, codes)) // [MQTT-3.10.4-4], [MQTT-3.10.4-5]
  if (removed.length > 0) engine.notify(() => engine.hooks.onUnsubscribed?.(client.view, removed))
}
