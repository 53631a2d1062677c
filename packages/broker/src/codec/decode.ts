import { ByteReader, malformed, protocolError } from './byte-reader.ts'
import type { ProtocolVersion } from './packet-type.ts'
import { decodeProperties, type Properties } from './properties.ts'

/** One topic filter of a SUBSCRIBE and its options. */
export interface SubscriptionRequest {
  filter: string
  qos: 0 | 1 | 2
  noLocal: boolean
  retainAsPublished: boolean
  /** 0 = send retained messages, 1 = only if the subscription is new, 2 = never. */
  retainHandling: 0 | 1 | 2
}

export interface SubscribePacket {
  packetId: number
  properties: Properties
  subscriptions: SubscriptionRequest[]
}

export interface UnsubscribePacket {
  packetId: number
  filters: string[]
}

export interface DisconnectPacket {
  reasonCode: number
  properties: Properties
}

const NONE: Properties = {}

/** Decodes the part of a SUBSCRIBE behind its fixed header (MQTT 3.1.1 and 5.0 §3.8). */
export function decodeSubscribe(bytes: Buffer, start: number, end: number, version: ProtocolVersion): SubscribePacket {
  const reader = new ByteReader(bytes, start, end)
  const packetId = decodePacketId(reader)
  const properties = version === 5 ? decodeProperties(reader, 'subscribe') : NONE
  const subscriptions: SubscriptionRequest[] = []
  while (reader.remaining > 0) subscriptions.push(decodeSubscription(reader, version))
  if (subscriptions.length === 0) throw protocolError('A SUBSCRIBE without a topic filter') // [MQTT-3.8.3-2]
  return { packetId, properties, subscriptions }
}

function decodeSubscription(reader: ByteReader, version: ProtocolVersion): SubscriptionRequest {
  const filter = reader.string()
  const options = reader.byte()
  const qos = options & 0x03
  const retainHandling = (options >> 4) & 0x03
  if (options & (version === 5 ? 0xc0 : 0xfc)) throw malformed('A reserved subscription option is set') // [MQTT-3.8.3-5]
  if (qos === 3) throw malformed('A subscription with QoS 3') // [MQTT-3.8.3-4] of 3.1.1
  if (retainHandling === 3) throw protocolError('A subscription with retain handling 3')
  return {
    filter,
    qos: qos as 0 | 1 | 2,
    noLocal: (options & 0x04) !== 0,
    retainAsPublished: (options & 0x08) !== 0,
    retainHandling: retainHandling as 0 | 1 | 2,
  }
}

/** Decodes the part of an UNSUBSCRIBE behind its fixed header (MQTT 3.1.1 and 5.0 §3.10). */
export function decodeUnsubscribe(
  bytes: Buffer,
  start: number,
  end: number,
  version: ProtocolVersion,
): UnsubscribePacket {
  const reader = new ByteReader(bytes, start, end)
  const packetId = decodePacketId(reader)
  if (version === 5) decodeProperties(reader, 'unsubscribe')
  const filters: string[] = []
  while (reader.remaining > 0) filters.push(reader.string())
  if (filters.length === 0) throw protocolError('An UNSUBSCRIBE without a topic filter') // [MQTT-3.10.3-2]
  return { packetId, filters }
}

/** Decodes the part of a PUBACK behind its fixed header; answers its packet id (MQTT 3.1.1 and 5.0 §3.4). */
export function decodePuback(bytes: Buffer, start: number, end: number, version: ProtocolVersion): number {
  const reader = new ByteReader(bytes, start, end)
  const packetId = decodePacketId(reader)
  if (version === 5 && reader.remaining > 0) {
    reader.byte() // the reason: whatever it is, the message is not sent again
    if (reader.remaining > 0) decodeProperties(reader, 'puback')
  }
  reader.end()
  return packetId
}

/** Decodes the part of a DISCONNECT behind its fixed header (MQTT 3.1.1 and 5.0 §3.14). */
export function decodeDisconnect(
  bytes: Buffer,
  start: number,
  end: number,
  version: ProtocolVersion,
): DisconnectPacket {
  const reader = new ByteReader(bytes, start, end)
  const packet: DisconnectPacket = { reasonCode: 0, properties: NONE }
  if (version === 5 && reader.remaining > 0) {
    packet.reasonCode = reader.byte()
    if (reader.remaining > 0) packet.properties = decodeProperties(reader, 'disconnect')
  }
  reader.end()
  return packet
}

function decodePacketId(reader: ByteReader): number {
  const packetId = reader.uint16()
  if (packetId === 0) throw malformed('A packet identifier is 0') // [MQTT-2.2.1-3]
  return packetId
}
