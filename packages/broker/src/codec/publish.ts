import { ByteReader, decodeString, malformed } from './byte-reader.ts'
import type { ProtocolVersion } from './packet-type.ts'
import { PACKET_TYPE } from './packet-type.ts'
import { decodeProperties, type Properties } from './properties.ts'

/**
 * A PUBLISH whose parts are still in the buffer it was read from. One object serves packet after packet, since this is
 * the hot path: what it holds is good until the next packet.
 */
export class PublishPacket {
  qos: 0 | 1 | 2 = 0
  dup = false
  retain = false
  /** 0 with QoS 0. */
  packetId = 0
  bytes: Buffer = EMPTY
  topicStart = 0
  topicEnd = 0
  properties: Properties | undefined
  payloadStart = 0
  payloadEnd = 0

  /**
   * Decodes the part of a PUBLISH behind its fixed header (MQTT 3.1.1 and 5.0 §3.3), all but the topic's text.
   * `flags`: the lower four bits of the first byte.
   */
  decode(flags: number, bytes: Buffer, start: number, end: number, version: ProtocolVersion): void {
    const qos = (flags >> 1) & 0x03
    if (qos === 3) throw malformed('A PUBLISH with QoS 3') // [MQTT-3.3.1-4]
    if (qos === 0 && flags & 0x08) throw malformed('DUP with QoS 0') // [MQTT-3.3.1-2]
    let at = start + 2
    if (at > end) throw malformed('The packet ends inside a field')
    this.bytes = bytes
    this.topicStart = at
    at += ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0)
    this.topicEnd = at
    this.qos = qos as 0 | 1 | 2
    this.dup = (flags & 0x08) !== 0
    this.retain = (flags & 0x01) !== 0
    this.packetId = 0
    if (qos > 0) {
      this.packetId = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
      at += 2
    }
    if (at > end) throw malformed('The packet ends inside a field')
    if (qos > 0 && this.packetId === 0) throw malformed('A packet identifier is 0') // [MQTT-2.2.1-3]
    this.properties = undefined
    if (version === 5) at = this.#decodeProperties(at, end)
    this.payloadStart = at
    this.payloadEnd = end
  }

  #decodeProperties(at: number, end: number): number {
    if (at < end && this.bytes[at] === 0) return at + 1
    const reader = new ByteReader(this.bytes, at, end)
    this.properties = decodeProperties(reader, 'publish')
    return reader.position
  }

  topic(): string {
    return decodeString(this.bytes, this.topicStart, this.topicEnd)
  }

  /** A view, not a copy. */
  payload(): Buffer {
    return this.bytes.subarray(this.payloadStart, this.payloadEnd)
  }
}

const EMPTY = Buffer.alloc(0)

/** An encoded PUBLISH: bytes `start` to `end` of a buffer, with the packet identifier (QoS 1) at `packetIdAt`. */
export interface PublishFrame {
  bytes: Buffer
  start: number
  end: number
  /** From `start`; 0 with QoS 0. */
  packetIdOffset: number
}

/**
 * Encodes a PUBLISH with packet identifier 0, for the sender to put in.
 * `properties`: an encoded property block, in MQTT 5 only.
 */
export function encodePublish(
  topic: string,
  payload: Uint8Array,
  qos: 0 | 1,
  retain: boolean,
  properties: Buffer | undefined,
): PublishFrame {
  const topicLength = Buffer.byteLength(topic)
  const remaining = 2 + topicLength + (qos > 0 ? 2 : 0) + (properties?.length ?? 0) + payload.length
  const lengthBytes = remaining < 0x80 ? 1 : remaining < 0x4000 ? 2 : remaining < 0x200000 ? 3 : 4
  const bytes = Buffer.allocUnsafe(1 + lengthBytes + remaining)
  bytes[0] = (PACKET_TYPE.PUBLISH << 4) | (qos << 1) | (retain ? 1 : 0)
  let at = 1
  for (let rest = remaining; at <= lengthBytes; at++) {
    bytes[at] = at < lengthBytes ? (rest & 0x7f) | 0x80 : rest
    rest >>>= 7
  }
  at = bytes.writeUInt16BE(topicLength, at)
  at += bytes.write(topic, at)
  const packetIdOffset = qos > 0 ? at : 0
  if (qos > 0) at = bytes.writeUInt16BE(0, at)
  if (properties) {
    bytes.set(properties, at)
    at += properties.length
  }
  bytes.set(payload, at)
  return { bytes, start: 0, end: bytes.length, packetIdOffset }
}
