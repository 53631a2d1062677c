import { ByteReader, malformed, protocolError } from './byte-reader.ts'
import { PacketError } from './packet-error.ts'
import type { ProtocolVersion } from './packet-type.ts'
import { decodeProperties, type Properties } from './properties.ts'
import { REASON } from './reason-codes.ts'

export interface WillPacket {
  topic: string
  payload: Buffer
  qos: 0 | 1 | 2
  retain: boolean
  properties: Properties
}

export interface ConnectPacket {
  protocolVersion: ProtocolVersion
  cleanStart: boolean
  keepAliveSeconds: number
  clientId: string
  properties: Properties
  will?: WillPacket
  username?: string
  password?: Buffer
}

const NONE: Properties = {}

/** A CONNECT of a protocol version that is neither 4 nor 5. */
export class UnsupportedVersionError extends PacketError {
  readonly level: number

  constructor(level: number) {
    super(REASON.UNSUPPORTED_PROTOCOL_VERSION, `Protocol level ${level} is not supported`)
    this.level = level
  }
}

/** A CONNECT that cannot be, of a client whose protocol version is known: MQTT 5 is told why. */
export class ConnectError extends PacketError {
  readonly protocolVersion: ProtocolVersion

  constructor(protocolVersion: ProtocolVersion, cause: PacketError) {
    super(cause.reasonCode, cause.message)
    this.protocolVersion = protocolVersion
    this.cause = cause
  }
}

/**
 * Decodes the part of a CONNECT behind its fixed header (MQTT 3.1.1 and 5.0 §3.1).
 * @throws {UnsupportedVersionError} for another version, {@link ConnectError} for what is wrong behind the version,
 *   {@link PacketError} for what is wrong before it.
 */
export function decodeConnect(bytes: Buffer, start: number, end: number): ConnectPacket {
  const reader = new ByteReader(bytes, start, end)
  const name = reader.string()
  if (name !== 'MQTT' && name !== 'MQIsdp') throw protocolError('The protocol name is not MQTT') // [MQTT-3.1.2-1]
  const level = reader.byte()
  if (name === 'MQIsdp' || (level !== 4 && level !== 5)) throw new UnsupportedVersionError(level) // [MQTT-3.1.2-2]
  try {
    return decodeBody(reader, level)
  } catch (error) {
    throw error instanceof PacketError ? new ConnectError(level, error) : error
  }
}

function decodeBody(reader: ByteReader, protocolVersion: ProtocolVersion): ConnectPacket {
  const flags = decodeConnectFlags(reader.byte(), protocolVersion)
  const keepAliveSeconds = reader.uint16()
  const properties = protocolVersion === 5 ? decodeProperties(reader, 'connect') : NONE
  if (properties.authenticationData && properties.authenticationMethod === undefined) {
    throw protocolError('Authentication Data without an Authentication Method')
  }
  const packet: ConnectPacket = {
    protocolVersion,
    cleanStart: flags.cleanStart,
    keepAliveSeconds,
    clientId: reader.string(),
    properties,
  }
  if (flags.will) {
    const willProperties = protocolVersion === 5 ? decodeProperties(reader, 'will') : NONE
    packet.will = { topic: reader.string(), payload: reader.binary(), properties: willProperties, ...flags.will }
  }
  if (flags.username) packet.username = reader.string()
  if (flags.password) packet.password = reader.binary()
  reader.end()
  return packet
}

function decodeConnectFlags(flags: number, protocolVersion: ProtocolVersion) {
  if (flags & 0x01) throw malformed('The reserved connect flag is set') // [MQTT-3.1.2-3]
  const hasWill = (flags & 0x04) !== 0
  const qos = (flags >> 3) & 0x03
  const retain = (flags & 0x20) !== 0
  const username = (flags & 0x80) !== 0
  const password = (flags & 0x40) !== 0
  if (qos === 3) throw malformed('The will has QoS 3') // [MQTT-3.1.2-12]
  if (!hasWill && (qos !== 0 || retain)) throw malformed('Will flags without a will') // [MQTT-3.1.2-11]
  if (protocolVersion === 4 && password && !username) throw malformed('A password without a user name') // [MQTT-3.1.2-22]
  const will = hasWill ? { qos: qos as 0 | 1 | 2, retain } : undefined
  return { cleanStart: (flags & 0x02) !== 0, will, username, password }
}
