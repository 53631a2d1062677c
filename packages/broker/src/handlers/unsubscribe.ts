import { validateTopicFilter } from '@thingdeck/topics'
import type { Client } from '../client.ts'
import { decodeUnsubscribe, type UnsubscribePacket } from '../codec/decode.ts'
import { encodeUnsuback } from '../codec/encode.ts'
import { REASON } from '../codec/reason-codes.ts'
import type { Engine } from '../engine.ts'
import { type Failure, failureOf } from '../observer.ts'

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
  let packet: UnsubscribePacket | undefined
  try {
    packet = decodeUnsubscribe(bytes, start, end, client.version)
    unsubscribe(engine, client, packet)
  } catch (error) {
    const filters = packet?.filters.map((filter) => ({ filter, reasonCode: REASON.UNSPECIFIED_ERROR })) ?? []
    engine.observer?.unsubscribed(client.view, filters, failureOf(error))
    throw error
  }
}

function unsubscribe<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  { packetId, filters }: UnsubscribePacket,
): void {
  const { connection, session, version } = client
  client.countFilters(filters.length)
  const removed = filters.filter((filter) => engine.sessions.unsubscribe(session, filter))
  if (removed.length > 0) session.save()
  const results = filters.map((filter) => resultOf(engine, filter))
  const codes = results.map(({ reasonCode }) => reasonCode)
  connection.send(encodeUnsuback(version, packetId, codes)) // [MQTT-3.10.4-4], [MQTT-3.10.4-5]
  engine.observer?.unsubscribed(client.view, results, undefined)
  if (removed.length > 0) engine.notify(() => engine.hooks.onUnsubscribed?.(client.view, removed))
}

function resultOf<Context>({ topicLimits }: Engine<Context>, filter: string) {
  const problem = validateTopicFilter(filter, topicLimits)
  if (!problem) return { filter, reasonCode: REASON.SUCCESS }
  const failure: Failure = { kind: 'CLIENT_ERROR', message: problem.message }
  return { filter, reasonCode: REASON.TOPIC_FILTER_INVALID, failure }
}
