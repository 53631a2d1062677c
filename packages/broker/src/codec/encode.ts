import type { ProtocolVersion } from './packet-type.ts'
import { PACKET_TYPE } from './packet-type.ts'
import { encodeProperties, encodeVariableByteInteger, type Properties } from './properties.ts'
import type { ReasonCode, ReturnCode } from './reason-codes.ts'

export const PINGRESP = Buffer.of(PACKET_TYPE.PINGRESP << 4, 0)

export function encodeConnack(
  version: ProtocolVersion,
  sessionPresent: boolean,
  code: ReasonCode | ReturnCode,
  properties: Properties = {},
): Buffer {
  const head = Buffer.of(sessionPresent ? 1 : 0, code)
  return encodePacket(PACKET_TYPE.CONNACK << 4, version === 5 ? [head, encodeProperties(properties)] : [head])
}

/** MQTT 5 leaves reason code and properties out where they say nothing (§3.4.2.1). */
export function encodePuback(
  version: ProtocolVersion,
  packetId: number,
  code: ReasonCode = 0,
  properties?: Properties,
): Buffer {
  const parts = [uint16(packetId)]
  if (version === 5 && (code !== 0 || properties)) parts.push(Buffer.of(code))
  if (version === 5 && properties) parts.push(encodeProperties(properties))
  return encodePacket(PACKET_TYPE.PUBACK << 4, parts)
}

/** `codes`: in the order of the SUBSCRIBE; in MQTT 3.1.1, 0x80 for any failure. */
export function encodeSuback(
  version: ProtocolVersion,
  packetId: number,
  codes: readonly number[],
  properties: Properties = {},
): Buffer {
  const parts = [uint16(packetId)]
  if (version === 5) parts.push(encodeProperties(properties))
  parts.push(Buffer.from(codes))
  return encodePacket(PACKET_TYPE.SUBACK << 4, parts)
}

/** `codes`: in the order of the UNSUBSCRIBE; MQTT 3.1.1 has none. */
export function encodeUnsuback(
  version: ProtocolVersion,
  packetId: number,
  codes: readonly number[],
  properties: Properties = {},
): Buffer {
  const parts = [uint16(packetId)]
  if (version === 5) parts.push(encodeProperties(properties), Buffer.from(codes))
  return encodePacket(PACKET_TYPE.UNSUBACK << 4, parts)
}

/** MQTT 5 only: a server of 3.1.1 cannot say why it closes. */
export function encodeDisconnect(code: ReasonCode, properties: Properties = {}): Buffer {
  return encodePacket(PACKET_TYPE.DISCONNECT << 4, [Buffer.of(code), encodeProperties(properties)])
}

function encodePacket(firstByte: number, parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Buffer.of(firstByte), encodeVariableByteInteger(length), ...parts])
}

function uint16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff)
}
