import type { Client } from '../client.ts'
import { protocolError } from '../codec/byte-reader.ts'
import { encodePuback } from '../codec/encode.ts'
import { PacketError } from '../codec/packet-error.ts'
import { type PublishFrame, PublishPacket } from '../codec/publish.ts'
import { REASON, type ReasonCode } from '../codec/reason-codes.ts'
import { PAUSE } from '../connection.ts'
import { Delivery } from '../delivery.ts'
import type { Engine } from '../engine.ts'
import type { Limits } from '../limits.ts'
import { isExceeding, toMessageProperties } from '../message-properties.ts'
import { type Failure, failureOf } from '../observer.ts'
import type { DisconnectReason, Message } from '../types.ts'

/** What each PUBLISH is parsed into: it is handled before the next one is looked at. */
const packet = new PublishPacket()

/** Its topic, once it is known. */
let topic: string | undefined

/** PUBLISH from a client: MQTT 3.1.1 and 5.0 §3.3. */
export function handlePublish<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  flags: number,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  topic = undefined
  try {
    packet.decode(flags, bytes, start, end, client.version)
    takePublish(engine, client, start, end)
  } catch (error) {
    const isBadTopic = error instanceof PacketError && error.reasonCode === REASON.TOPIC_NAME_INVALID
    if (isBadTopic) topic = legibleTopic()
    client.onPublishRefused({ topic, retain: (flags & 0x01) !== 0 }, failureOf(error))
    throw error
  }
}

function takePublish<Context>(engine: Engine<Context>, client: Client<Context>, start: number, end: number): void {
  if (packet.qos === 2) {
    refuseQos2(client)
    return
  }
  if (packet.qos === 1 && !checkInFlight(client, packet)) return
  topic = client.inbound.topicOf(packet)
  checkSize(engine.limits, packet)
  const refusal =
    checkProperties(engine.limits, packet) ??
    checkRate(client) ??
    checkAuthorization(engine, client, topic, packet.retain) ??
    checkRetained(engine, packet, topic)
  if (refusal) refuse(client, packet, topic, refusal)
  else accept(engine, client, packet, topic, start, end)
}

/** How a PUBLISH is refused: PUBACK where there is one in MQTT 5, else as `otherwise` says. */
interface Refusal extends Failure {
  code: ReasonCode
  /** Undefined: the message is silently discarded. */
  otherwise: DisconnectReason | undefined
}

const UNAUTHORIZED: Refusal = {
  code: REASON.NOT_AUTHORIZED,
  message: 'Not authorized to publish to this topic',
  otherwise: 'AUTH_ERROR',
  kind: 'NOT_AUTHORIZED',
}
const THROTTLED: Refusal = {
  code: REASON.QUOTA_EXCEEDED,
  message: 'Too many publishes',
  otherwise: undefined,
  kind: 'THROTTLED',
}
const NO_ROOM: Refusal = { ...THROTTLED, message: 'There is no room for another retained message' }
const PROPERTIES_TOO_LARGE: Refusal = {
  code: REASON.QUOTA_EXCEEDED,
  message: 'The properties are too large',
  otherwise: 'CLIENT_ERROR',
  kind: 'CLIENT_ERROR',
}
const QOS_2: Failure = { kind: 'CLIENT_ERROR', message: 'QoS 2 is not supported' }
const IN_USE: Failure = { kind: 'CLIENT_ERROR', message: 'The packet identifier is in use' }

/** MQTT 3.1.1 hears nothing, not even a PUBACK. AWS IoT developer guide, "MQTT Quality of Service". */
function refuseQos2<Context>(client: Client<Context>): void {
  topic = legibleTopic()
  if (client.version === 5) throw new PacketError(REASON.QOS_NOT_SUPPORTED, QOS_2.message) // [MQTT-3.2.2-11]
  client.onPublishRefused({ topic, retain: packet.retain }, QOS_2)
}

/** The topic as it was sent, whatever is wrong with it; undefined where an alias stands for it. */
function legibleTopic(): string | undefined {
  try {
    return packet.topic() || undefined
  } catch {
    return undefined
  }
}

/** [MQTT-3.3.4-7], for messages whose PUBACK waits for a hook. False where this one goes no further. */
function checkInFlight<Context>(client: Client<Context>, { packetId, retain }: PublishPacket): boolean {
  const { inbound, version } = client
  if (!inbound.isInFlight(packetId)) {
    inbound.checkWindow()
    return true
  }
  if (version === 5) {
    client.connection.send(encodePuback(5, packetId, REASON.PACKET_IDENTIFIER_IN_USE))
    client.onPublishRefused({ topic: undefined, retain }, IN_USE)
  }
  return false
}

/** AWS closes the connection of whoever sends too much, in both versions. */
function checkSize(limits: Limits, packet: PublishPacket): void {
  if (packet.payloadEnd - packet.payloadStart > limits.payloadBytes) {
    throw new PacketError(REASON.PACKET_TOO_LARGE, 'The payload is too large')
  }
}

function checkProperties(limits: Limits, { properties }: PublishPacket): Refusal | undefined {
  if (!properties) return undefined
  if (properties.subscriptionIdentifiers) throw protocolError('A client sent a subscription identifier') // [MQTT-3.3.4-6]
  if (/[+#]/.test(properties.responseTopic ?? '')) throw protocolError('The response topic has a wildcard') // [MQTT-3.3.2-14]
  if (!isExceeding(properties, limits)) return undefined
  return PROPERTIES_TOO_LARGE
}

function checkRate<Context>(client: Client<Context>): Refusal | undefined {
  if (client.inbound.admit(client.connection.nowMs)) return undefined
  client.onThrottled('inboundPublishesPerSecond')
  return THROTTLED
}

function checkAuthorization<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  topic: string,
  retain: boolean,
): Refusal | undefined {
  return engine.hooks.authorizePublish(client.view, topic, retain) ? undefined : UNAUTHORIZED
}

/** At the limit, only topics that have a retained message get another. */
function checkRetained<Context>(engine: Engine<Context>, packet: PublishPacket, topic: string): Refusal | undefined {
  if (!packet.retain || packet.payloadEnd === packet.payloadStart) return undefined
  // Its properties are small, and counted once it is there.
  return engine.mayRetain(topic, packet.payloadEnd - packet.payloadStart + topic.length) ? undefined : NO_ROOM
}

function refuse<Context>(client: Client<Context>, packet: PublishPacket, topic: string, refusal: Refusal): void {
  const { connection, version } = client
  client.onPublishRefused({ topic, retain: packet.retain }, refusal)
  if (version === 5 && packet.qos === 1) {
    const properties = client.reasonString(refusal.message)
    connection.send(encodePuback(5, packet.packetId, refusal.code, properties.reasonString ? properties : undefined))
  } else if (refusal.otherwise) {
    connection.close({ reason: refusal.otherwise, reasonCode: refusal.code, message: refusal.message })
  }
}

function accept<Context>(
  engine: Engine<Context>,
  client: Client<Context>,
  packet: PublishPacket,
  topic: string,
  start: number,
  end: number,
): void {
  const { connection } = client
  const { packetId, qos } = packet
  const delivery = new Delivery(toMessage(engine, packet, topic, connection.nowMs), connection.nowMs)
  if (isForwardable(engine, packet)) delivery.adopt(client.version, qos === 1 ? 1 : 0, frameOf(packet, start, end))
  const published = engine.publish(delivery, client)
  if (published) acknowledgeLater(client, qos === 1 ? packetId : 0, end - start, delivery.message, published)
  else if (qos === 1) acknowledge(client, packetId)
}

function toMessage<Context>(engine: Engine<Context>, packet: PublishPacket, topic: string, nowMs: number): Message {
  const message: Message = {
    topic,
    payload: packet.payload(),
    qos: packet.qos === 1 ? 1 : 0,
    retain: packet.retain,
    properties: toMessageProperties(packet.properties),
    receivedAtMs: nowMs,
    traceId: undefined, // one shape for all
  }
  const interval = packet.properties?.messageExpiryInterval
  if (interval !== undefined) message.expiresAtMs = nowMs + engine.messageExpirySeconds(interval) * 1000
  return message
}

/** Whether subscribers of the same version get the very bytes that the publisher sent, packet identifier apart. */
function isForwardable<Context>(engine: Engine<Context>, { dup, retain, properties }: PublishPacket): boolean {
  if (dup || retain) return false
  if (!properties) return true
  const interval = properties.messageExpiryInterval
  const isInterval = interval === undefined || engine.messageExpirySeconds(interval) === interval
  return properties.topicAlias === undefined && isInterval
}

function frameOf(packet: PublishPacket, start: number, end: number): PublishFrame {
  const length = end - start
  const headerBytes = length < 0x80 ? 2 : length < 0x4000 ? 3 : length < 0x200000 ? 4 : 5
  const packetIdOffset = packet.qos === 1 ? packet.topicEnd - start + headerBytes : 0
  return { bytes: packet.bytes, start: start - headerBytes, end, packetIdOffset }
}

const PUBACK: PublishFrame = { bytes: encodePuback(4, 0), start: 0, end: 4, packetIdOffset: 2 }

function acknowledge<Context>(client: Client<Context>, packetId: number): void {
  client.connection.output.pushPublish(PUBACK, packetId)
  client.connection.wrote()
}

function acknowledgeLater<Context>(
  client: Client<Context>,
  packetId: number,
  sizeBytes: number,
  { topic, retain }: Message,
  published: Promise<void>,
): void {
  const { connection, inbound } = client
  inbound.wait(packetId, sizeBytes)
  connection.memory.add(sizeBytes)
  if (inbound.isFull || !connection.memory.hasRoom) connection.pause(PAUSE.IN_FLIGHT)
  published.then(
    () => {
      inbound.settle(packetId, sizeBytes)
      connection.memory.add(-sizeBytes)
      if (connection.state === 'closed') return
      if (packetId > 0) acknowledge(client, packetId)
      connection.resume(PAUSE.IN_FLIGHT)
    },
    (error: unknown) => {
      connection.memory.add(-sizeBytes)
      client.onPublishRefused({ topic, retain }, failureOf(error))
      connection.fail(error)
    },
  )
}
