import { parseSharedSubscription, validateTopicFilter } from '@thingdeck/topics'
import type { Client } from '../client.ts'
import { protocolError } from '../codec/byte-reader.ts'
import { decodeSubscribe, type SubscribePacket, type SubscriptionRequest } from '../codec/decode.ts'
import { encodeSuback } from '../codec/encode.ts'
import { PacketError } from '../codec/packet-error.ts'
import type { ProtocolVersion } from '../codec/packet-type.ts'
import { REASON, type ReasonCode } from '../codec/reason-codes.ts'
import { Delivery } from '../delivery.ts'
import type { Engine } from '../engine.ts'
import type { Limits } from '../limits.ts'
import { type Failure, type FilterResult, failureOf } from '../observer.ts'

/** In MQTT 3.1.1, any failure; in MQTT 5, an unspecified one. */
const FAILURE = 0x80

const QOS_2: Failure = { kind: 'CLIENT_ERROR', message: 'QoS 2 is not supported' }

/** SUBSCRIBE: MQTT 3.1.1 and 5.0 §3.8. */
export function handleSubscribe<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  let packet: SubscribePacket | undefined
  try {
    packet = decodeSubscribe(bytes, start, end, client.version)
    client.countFilters(packet.subscriptions.length)
    if (checkPacket(engine.limits, client.version, packet)) subscribe(engine, client, packet)
    else engine.observer?.subscribed(client.view, unanswered(packet), QOS_2)
  } catch (error) {
    engine.observer?.subscribed(client.view, packet ? unanswered(packet) : [], failureOf(error))
    throw error
  }
}

function subscribe<Context>(engine: Engine<Context>, client: Client<Context>, packet: SubscribePacket): void {
  const { connection, session, version } = client
  const results: FilterResult[] = []
  const granted: { request: SubscriptionRequest & { qos: 0 | 1 }; isNew: boolean }[] = []
  const added = new Set<string>()
  // Every filter is judged before one is subscribed to: a packet that ends the connection leaves the session as it was.
  for (const request of packet.subscriptions) {
    const { filter } = request
    const refusal = checkSubscription(engine, client, request, added)
    if (refusal) {
      results.push({ filter, reasonCode: refusal.code, failure: refusal })
      if (version === 4 && refusal.closes) {
        engine.observer?.subscribed(client.view, unanswered(packet), refusal)
        connection.close({ reason: refusal.closes, reasonCode: refusal.code, message: refusal.message })
        return
      }
      continue
    }
    const qos = request.qos === 1 ? 1 : 0
    const isNew = !session.subscriptions.has(filter) && !added.has(filter)
    if (isNew) added.add(filter)
    granted.push({ request: { ...request, qos }, isNew })
    results.push({ filter, reasonCode: qos })
  }
  const changes = granted.filter(({ request }) => engine.sessions.subscribe(session, request))
  if (changes.length > 0) session.save()
  const message = results.find(({ failure }) => failure)?.failure?.message
  const codes = results.map(({ reasonCode, failure }) => (failure && version === 4 ? FAILURE : reasonCode))
  connection.send(encodeSuback(version, packet.packetId, codes, client.reasonString(message))) // [MQTT-3.8.4-6]
  engine.observer?.subscribed(client.view, results, undefined)
  for (const { request, isNew } of granted) sendStored(engine, client, request, isNew)
  if (granted.length > 0) {
    const filters = granted.map(({ request }) => request.filter)
    engine.notify(() => engine.hooks.onSubscribed?.(client.view, filters))
  }
}

/** The filters of a packet that ends the connection, or gets no answer. */
const unanswered = ({ subscriptions }: SubscribePacket): FilterResult[] =>
  subscriptions.map(({ filter }) => ({ filter, reasonCode: FAILURE }))

/** What concerns the packet as a whole. False where it is not answered. */
function checkPacket(limits: Limits, version: ProtocolVersion, packet: SubscribePacket): boolean {
  if (packet.properties.subscriptionIdentifiers) {
    throw new PacketError(REASON.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED, 'Subscription identifiers are not supported')
  }
  if (packet.subscriptions.length > limits.filtersPerSubscribe) {
    throw new PacketError(REASON.QUOTA_EXCEEDED, `More than ${limits.filtersPerSubscribe} topic filters at once`)
  }
  if (!packet.subscriptions.some(({ qos }) => qos === 2)) return true
  if (version === 5) throw new PacketError(REASON.QOS_NOT_SUPPORTED, QOS_2.message)
  return false
}

interface Refusal extends Failure {
  code: ReasonCode
  /** How the connection of a 3.1.1 client ends for it; undefined: SUBACK 0x80. */
  closes?: 'CLIENT_ERROR' | 'AUTH_ERROR'
}

const UNAUTHORIZED: Refusal = {
  kind: 'NOT_AUTHORIZED',
  code: REASON.NOT_AUTHORIZED,
  message: 'Not authorized to subscribe to this filter',
  closes: 'AUTH_ERROR',
}

/** `added`: filters of the same packet that will count as subscriptions of their own. */
function checkSubscription<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  { filter, noLocal }: SubscriptionRequest,
  added: ReadonlySet<string>,
): Refusal | undefined {
  const problem = validateTopicFilter(filter, engine.topicLimits)
  if (problem) {
    const isTooLong = problem.code === 'TOO_LONG' || problem.code === 'TOO_MANY_SLASHES'
    const refusal: Refusal = { kind: 'CLIENT_ERROR', code: REASON.TOPIC_FILTER_INVALID, message: problem.message }
    return isTooLong ? refusal : { ...refusal, closes: 'CLIENT_ERROR' } // [MQTT-4.7.1-1]
  }
  const shared = parseSharedSubscription(filter)
  if (shared && noLocal) throw protocolError('No Local on a shared subscription') // [MQTT-3.8.3-4]
  if (shared && Buffer.byteLength(shared.shareName) > engine.limits.shareNameBytes) {
    return { kind: 'CLIENT_ERROR', code: REASON.TOPIC_FILTER_INVALID, message: 'The share name is too long' }
  }
  if (!engine.hooks.authorizeSubscribe(client.view, filter)) return UNAUTHORIZED
  const { subscriptions } = client.session
  const isAnother = !subscriptions.has(filter) && !added.has(filter)
  if (isAnother && subscriptions.size + added.size >= engine.limits.subscriptionsPerClient) {
    return { kind: 'THROTTLED', code: REASON.QUOTA_EXCEEDED, message: 'Too many subscriptions' }
  }
  if (isAnother && !client.session.hasRoom) {
    return { kind: 'THROTTLED', code: REASON.QUOTA_EXCEEDED, message: 'There is no room for another subscription' }
  }
  return undefined
}

/** What waits for a new subscriber: the retained message, or the queue of a shared subscription. */
function sendStored<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  request: SubscriptionRequest & { qos: 0 | 1 },
  isNew: boolean,
): void {
  if (client.connection.state !== 'connected') return
  const subscription = client.session.subscriptions.get(request.filter)
  if (subscription?.kind === 'shared') subscription.group.drain()
  else sendRetained(engine, client, request, isNew)
}

/**
 * AWS sends a retained message only where the filter is its very topic: not for wildcards, not for `$share`.
 * Retain handling: MQTT 5.0 §3.8.3.1. AWS IoT developer guide, "MQTT retained messages".
 */
function sendRetained<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  request: SubscriptionRequest & { qos: 0 | 1 },
  isNew: boolean,
): void {
  const { filter, qos, retainHandling } = request
  if (retainHandling === 2 || (retainHandling === 1 && !isNew)) return // [MQTT-3.3.1-10], [MQTT-3.3.1-11]
  const message = engine.retained(filter)
  if (!message || !client.takes(message)) return
  const delivery = new Delivery(message, engine.clock.now())
  client.session.deliver(delivery, message.qos === 1 && qos === 1 ? 1 : 0, true) // [MQTT-3.3.1-8]
}
