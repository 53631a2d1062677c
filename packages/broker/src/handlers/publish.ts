import { validateTopicName } from '@thingdeck/topics'
import type { Client } from '../client.ts'
import { malformed, protocolError } from '../codec/byte-reader.ts'
import { encodePuback } from '../codec/encode.ts'
import { PacketError } from '../codec/packet-error.ts'
import { type PublishFrame, PublishPacket } from '../codec/publish.ts'
import { REASON, type ReasonCode } from '../codec/reason-codes.ts'
import { PAUSE } from '../connection.ts'
import { Delivery } from '../delivery.ts'
import { isExceeding, toMessageProperties } from '../message-properties.ts'
import type { DisconnectReason, Message } from '../types.ts'

/** What each PUBLISH is parsed into: it is handled before the next one is looked at. */
const packet = new PublishPacket()

/** PUBLISH from a client: MQTT 3.1.1 and 5.0 §3.3. */
export function handlePublish<Context>(
  client: Client<Context>,
  flags: number,
  bytes: Buffer,
  start: number,
  end: number,
): void {
  packet.decode(flags, bytes, start, end, client.version)
  if (packet.qos === 2) {
    refuseQos2(client)
    return
  }
  if (packet.qos === 1 && !checkInFlight(client, packet)) return
  const topic = resolveTopic(client, packet)
  checkSize(client, packet)
  const refusal =
    checkProperties(client, packet) ??
    checkRate(client) ??
    checkAuthorization(client, topic, packet.retain) ??
    checkRetained(client, packet, topic)
  if (refusal) refuse(client, packet, refusal)
  else accept(client, packet, topic, start, end)
}

/** How a PUBLISH is refused: PUBACK where there is one in MQTT 5, else as `otherwise` says. */
interface Refusal {
  code: ReasonCode
  message: string
  /** Undefined: the message is silently discarded. */
  otherwise: DisconnectReason | undefined
}

const UNAUTHORIZED: Refusal = {
  code: REASON.NOT_AUTHORIZED,
  message: 'Not authorized to publish to this topic',
  otherwise: 'AUTH_ERROR',
}
const THROTTLED: Refusal = { code: REASON.QUOTA_EXCEEDED, message: 'Too many publishes', otherwise: undefined }

/** MQTT 3.1.1 hears nothing, not even a PUBACK. AWS IoT developer guide, "MQTT Quality of Service". */
function refuseQos2<Context>(client: Client<Context>): void {
  if (client.version === 5) throw new PacketError(REASON.QOS_NOT_SUPPORTED, 'QoS 2 is not supported') // [MQTT-3.2.2-11]
}

/** [MQTT-3.3.4-7] and [MQTT-3.3.4-9], for messages whose PUBACK waits for a hook. False where this one goes no further. */
function checkInFlight<Context>(client: Client<Context>, packet: PublishPacket): boolean {
  const { unacknowledged, version } = client
  if (unacknowledged.size === 0) return true
  if (unacknowledged.has(packet.packetId)) {
    if (version === 5) client.connection.send(encodePuback(5, packet.packetId, REASON.PACKET_IDENTIFIER_IN_USE))
    return false
  }
  if (version === 5 && unacknowledged.size >= client.connection.engine.limits.inboundInFlight) {
    throw new PacketError(REASON.RECEIVE_MAXIMUM_EXCEEDED, 'More messages in flight than the receive maximum')
  }
  return true
}

/** The topic, by its alias if need be (MQTT 5.0 §3.3.2.3.4). */
function resolveTopic<Context>(client: Client<Context>, packet: PublishPacket): string {
  const alias = packet.properties?.topicAlias
  if (alias === undefined) return checkedTopic(client, packet)
  if (alias === 0 || alias > client.connection.engine.limits.topicAliases) {
    throw new PacketError(REASON.TOPIC_ALIAS_INVALID, `Topic alias ${alias} is out of range`) // [MQTT-3.3.2-8], [MQTT-3.3.2-9]
  }
  if (packet.topicStart === packet.topicEnd) {
    const topic = client.inboundAliases[alias]
    if (topic === undefined) throw protocolError(`Topic alias ${alias} stands for no topic`)
    return topic
  }
  const topic = checkedTopic(client, packet)
  client.inboundAliases[alias] = topic // [MQTT-3.3.2-12]
  return topic
}

/** [MQTT-3.3.2-1], [MQTT-3.3.2-2] */
function checkedTopic<Context>(client: Client<Context>, packet: PublishPacket): string {
  const { bytes, topicStart, topicEnd } = packet
  const { lastTopicBytes } = client
  if (topicEnd - topicStart === lastTopicBytes.length && lastTopicBytes.length > 0) {
    let index = 0
    while (index < lastTopicBytes.length && bytes[topicStart + index] === lastTopicBytes[index]) index++
    if (index === lastTopicBytes.length) return client.lastTopic
  }
  const topic = packet.topic()
  if (topic === '') {
    throw client.version === 5 ? protocolError('No topic and no topic alias') : malformed('The topic is empty')
  }
  const problem = validateTopicName(topic, client.connection.engine.topicLimits)
  if (problem) throw new PacketError(REASON.TOPIC_NAME_INVALID, problem.message)
  client.lastTopicBytes = Buffer.from(bytes.subarray(topicStart, topicEnd))
  client.lastTopic = topic
  return topic
}

/** AWS closes the connection of whoever sends too much, in both versions. */
function checkSize<Context>(client: Client<Context>, packet: PublishPacket): void {
  if (packet.payloadEnd - packet.payloadStart > client.connection.engine.limits.payloadBytes) {
    throw new PacketError(REASON.PACKET_TOO_LARGE, 'The payload is too large')
  }
}

function checkProperties<Context>(client: Client<Context>, { properties }: PublishPacket): Refusal | undefined {
  if (!properties) return undefined
  if (properties.subscriptionIdentifiers) throw protocolError('A client sent a subscription identifier') // [MQTT-3.3.4-6]
  if (/[+#]/.test(properties.responseTopic ?? '')) throw protocolError('The response topic has a wildcard') // [MQTT-3.3.2-14]
  if (!isExceeding(properties, client.connection.engine.limits)) return undefined
  return { code: REASON.QUOTA_EXCEEDED, message: 'The properties are too large', otherwise: 'CLIENT_ERROR' }
}

function checkRate<Context>(client: Client<Context>): Refusal | undefined {
  return !client.inboundRate || client.inboundRate.take(client.connection.nowMs) ? undefined : THROTTLED
}

function checkAuthorization<Context>(client: Client<Context>, topic: string, retain: boolean): Refusal | undefined {
  return client.connection.engine.hooks.authorizePublish(client.view, topic, retain) ? undefined : UNAUTHORIZED
}

/** At the limit, only topics that have a retained message get another. */
function checkRetained<Context>(client: Client<Context>, packet: PublishPacket, topic: string): Refusal | undefined {
  if (!packet.retain || packet.payloadEnd === packet.payloadStart) return undefined
  return client.connection.engine.mayRetain(topic) ? undefined : THROTTLED
}

function refuse<Context>(client: Client<Context>, packet: PublishPacket, refusal: Refusal): void {
  const { connection, version } = client
  if (version === 5 && packet.qos === 1) {
    const properties = client.reasonString(refusal.message)
    connection.send(encodePuback(5, packet.packetId, refusal.code, properties.reasonString ? properties : undefined))
  } else if (refusal.otherwise) {
    connection.close({ reason: refusal.otherwise, reasonCode: refusal.code, message: refusal.message })
  }
}

function accept<Context>(
  client: Client<Context>,
  packet: PublishPacket,
  topic: string,
  start: number,
  end: number,
): void {
  const { connection } = client
  const { packetId, qos } = packet
  const delivery = new Delivery(toMessage(client, packet, topic), connection.nowMs)
  if (isForwardable(client, packet)) delivery.adopt(client.version, qos === 1 ? 1 : 0, frameOf(packet, start, end))
  const published = connection.engine.publish(delivery, client)
  if (published) acknowledgeLater(client, qos === 1 ? packetId : 0, published)
  else if (qos === 1) acknowledge(client, packetId)
}

function toMessage<Context>(client: Client<Context>, packet: PublishPacket, topic: string): Message {
  const { engine, nowMs } = client.connection
  const message: Message = {
    topic,
    payload: packet.payload(),
    qos: packet.qos === 1 ? 1 : 0,
    retain: packet.retain,
    properties: toMessageProperties(packet.properties),
    receivedAtMs: nowMs,
  }
  const interval = packet.properties?.messageExpiryInterval
  if (interval !== undefined) message.expiresAtMs = nowMs + engine.messageExpirySeconds(interval) * 1000
  return message
}

/** Whether subscribers of the same version get the very bytes that the publisher sent, packet identifier apart. */
function isForwardable<Context>(client: Client<Context>, { dup, retain, properties }: PublishPacket): boolean {
  if (dup || retain) return false
  if (!properties) return true
  const interval = properties.messageExpiryInterval
  const isInterval = interval === undefined || client.connection.engine.messageExpirySeconds(interval) === interval
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

function acknowledgeLater<Context>(client: Client<Context>, packetId: number, published: Promise<void>): void {
  const { connection, unacknowledged } = client
  const { inboundInFlight, pendingMessages } = connection.engine.limits
  client.pendingMessages++
  if (packetId > 0) unacknowledged.add(packetId)
  const isWindowFull = client.version === 4 && unacknowledged.size >= inboundInFlight // it was not told of a window
  if (isWindowFull || client.pendingMessages >= pendingMessages) connection.pause(PAUSE.IN_FLIGHT)
  published.then(
    () => {
      client.pendingMessages--
      if (connection.state === 'closed') return
      unacknowledged.delete(packetId)
      if (packetId > 0) acknowledge(client, packetId)
      connection.resume(PAUSE.IN_FLIGHT)
    },
    (error: unknown) => connection.fail(error),
  )
}
