import { type ByteReader, malformed, protocolError } from './byte-reader.ts'

/** Decoded properties of any packet (MQTT 5.0 §2.2.2.2); numbers are as sent, intervals in seconds. */
export interface Properties {
  payloadFormatIndicator?: number
  messageExpiryInterval?: number
  contentType?: string
  responseTopic?: string
  correlationData?: Buffer
  subscriptionIdentifiers?: number[]
  sessionExpiryInterval?: number
  assignedClientIdentifier?: string
  serverKeepAlive?: number
  authenticationMethod?: string
  authenticationData?: Buffer
  requestProblemInformation?: number
  willDelayInterval?: number
  requestResponseInformation?: number
  reasonString?: string
  receiveMaximum?: number
  topicAliasMaximum?: number
  topicAlias?: number
  maximumQos?: number
  retainAvailable?: number
  maximumPacketSize?: number
  wildcardSubscriptionAvailable?: number
  subscriptionIdentifierAvailable?: number
  sharedSubscriptionAvailable?: number
  /** In the order sent, repeated names included. */
  userProperties?: (readonly [name: string, value: string])[]
  /** Bytes that the user properties take, names and values, without their length fields. */
  userPropertiesBytes?: number
}

/** A packet that has properties, or the will inside CONNECT. */
export type PropertyOwner =
  | 'connect'
  | 'will'
  | 'connack'
  | 'publish'
  | 'puback'
  | 'subscribe'
  | 'suback'
  | 'unsubscribe'
  | 'unsuback'
  | 'disconnect'

type Kind = 'bit' | 'byte' | 'uint16' | 'positive16' | 'uint32' | 'positive32' | 'string' | 'binary'

type ValueName<Value> = {
  [Name in keyof Properties]-?: NonNullable<Properties[Name]> extends Value ? Name : never
}[keyof Properties]

type Definition = { owners: readonly PropertyOwner[] } & (
  | { kind: Exclude<Kind, 'string' | 'binary'>; name: Exclude<ValueName<number>, 'userPropertiesBytes'> }
  | { kind: 'string'; name: ValueName<string> }
  | { kind: 'binary'; name: ValueName<Buffer> }
)

const MESSAGE = ['publish', 'will'] as const
const ANSWER = ['connack', 'puback', 'suback', 'unsuback', 'disconnect'] as const

const USER_PROPERTY = 0x26
const SUBSCRIPTION_IDENTIFIER = 0x0b

/** MQTT 5.0 table 2-4, without the two identifiers that may occur more than once. */
const DEFINITIONS = new Map<number, Definition>([
  [0x01, { name: 'payloadFormatIndicator', kind: 'bit', owners: MESSAGE }],
  [0x02, { name: 'messageExpiryInterval', kind: 'uint32', owners: MESSAGE }],
  [0x03, { name: 'contentType', kind: 'string', owners: MESSAGE }],
  [0x08, { name: 'responseTopic', kind: 'string', owners: MESSAGE }],
  [0x09, { name: 'correlationData', kind: 'binary', owners: MESSAGE }],
  [0x11, { name: 'sessionExpiryInterval', kind: 'uint32', owners: ['connect', 'connack', 'disconnect'] }],
  [0x12, { name: 'assignedClientIdentifier', kind: 'string', owners: ['connack'] }],
  [0x13, { name: 'serverKeepAlive', kind: 'uint16', owners: ['connack'] }],
  [0x15, { name: 'authenticationMethod', kind: 'string', owners: ['connect', 'connack'] }],
  [0x16, { name: 'authenticationData', kind: 'binary', owners: ['connect', 'connack'] }],
  [0x17, { name: 'requestProblemInformation', kind: 'bit', owners: ['connect'] }],
  [0x18, { name: 'willDelayInterval', kind: 'uint32', owners: ['will'] }],
  [0x19, { name: 'requestResponseInformation', kind: 'bit', owners: ['connect'] }],
  [0x1f, { name: 'reasonString', kind: 'string', owners: ANSWER }],
  [0x21, { name: 'receiveMaximum', kind: 'positive16', owners: ['connect', 'connack'] }],
  [0x22, { name: 'topicAliasMaximum', kind: 'uint16', owners: ['connect', 'connack'] }],
  [0x23, { name: 'topicAlias', kind: 'uint16', owners: ['publish'] }],
  [0x24, { name: 'maximumQos', kind: 'bit', owners: ['connack'] }],
  [0x25, { name: 'retainAvailable', kind: 'bit', owners: ['connack'] }],
  [0x27, { name: 'maximumPacketSize', kind: 'positive32', owners: ['connect', 'connack'] }],
  [0x28, { name: 'wildcardSubscriptionAvailable', kind: 'bit', owners: ['connack'] }],
  [0x29, { name: 'subscriptionIdentifierAvailable', kind: 'bit', owners: ['connack'] }],
  [0x2a, { name: 'sharedSubscriptionAvailable', kind: 'bit', owners: ['connack'] }],
])

/**
 * Reads a property block, its length included.
 * @throws {PacketError} 0x81 for a property that `owner` cannot have or of an unknown identifier (§2.2.2.2), 0x82 for
 *   one that occurs twice or has a value it may not have.
 */
export function decodeProperties(reader: ByteReader, owner: PropertyOwner): Properties {
  const length = reader.variableByteInteger()
  if (length > reader.remaining) throw malformed('The packet ends inside its properties')
  const end = reader.position + length
  const properties: Properties = {}
  while (reader.position < end) decodeProperty(reader, owner, properties)
  if (reader.position !== end) throw malformed('A property passes the end of the properties')
  return properties
}

function decodeProperty(reader: ByteReader, owner: PropertyOwner, properties: Properties): void {
  const identifier = reader.variableByteInteger()
  if (identifier === USER_PROPERTY) {
    decodeUserProperty(reader, properties)
    return
  }
  if (identifier === SUBSCRIPTION_IDENTIFIER && (owner === 'publish' || owner === 'subscribe')) {
    const value = reader.variableByteInteger()
    if (value === 0) throw protocolError('A subscription identifier is 0')
    properties.subscriptionIdentifiers ??= []
    properties.subscriptionIdentifiers.push(value)
    return
  }
  const definition = DEFINITIONS.get(identifier)
  if (!definition?.owners.includes(owner)) throw malformed(`Property ${identifier} does not belong here`)
  if (properties[definition.name] !== undefined) throw protocolError(`Property ${identifier} occurs twice`)
  if (definition.kind === 'string') properties[definition.name] = reader.string()
  else if (definition.kind === 'binary') properties[definition.name] = reader.binary()
  else properties[definition.name] = decodeNumber(reader, definition.kind, identifier)
}

function decodeUserProperty(reader: ByteReader, properties: Properties): void {
  const start = reader.position
  const property = [reader.string(), reader.string()] as const
  properties.userProperties ??= []
  properties.userProperties.push(property)
  properties.userPropertiesBytes = (properties.userPropertiesBytes ?? 0) + reader.position - start - 4
}

function decodeNumber(reader: ByteReader, kind: Kind, identifier: number): number {
  switch (kind) {
    case 'uint16':
      return reader.uint16()
    case 'uint32':
      return reader.uint32()
    default: {
      const value = kind === 'positive16' ? reader.uint16() : kind === 'positive32' ? reader.uint32() : reader.byte()
      const allowed = kind === 'bit' ? value <= 1 : value > 0
      if (!allowed) throw protocolError(`Property ${identifier} cannot be ${value}`)
      return value
    }
  }
}

/** The bytes of a property block, its length included. */
export function encodeProperties(properties: Properties): Buffer {
  const parts: Buffer[] = []
  for (const [identifier, { name, kind }] of DEFINITIONS) {
    const value = properties[name]
    if (value === undefined) continue
    parts.push(Buffer.of(identifier), encodeValue(kind, value))
  }
  for (const identifier of properties.subscriptionIdentifiers ?? []) {
    parts.push(Buffer.of(SUBSCRIPTION_IDENTIFIER), encodeVariableByteInteger(identifier))
  }
  for (const [name, value] of properties.userProperties ?? []) {
    parts.push(Buffer.of(USER_PROPERTY), encodeBinary(Buffer.from(name)), encodeBinary(Buffer.from(value)))
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([encodeVariableByteInteger(length), ...parts])
}

function encodeValue(kind: Kind, value: number | string | Buffer): Buffer {
  if (typeof value === 'string') return encodeBinary(Buffer.from(value))
  if (typeof value !== 'number') return encodeBinary(value)
  const bytes = Buffer.alloc(
    kind === 'uint32' || kind === 'positive32' ? 4 : kind === 'uint16' || kind === 'positive16' ? 2 : 1,
  )
  bytes.writeUIntBE(value, 0, bytes.length)
  return bytes
}

/** Two bytes of length, then the bytes. */
function encodeBinary(bytes: Buffer): Buffer {
  const length = Buffer.allocUnsafe(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

export function encodeVariableByteInteger(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  do {
    const digit = rest & 0x7f
    rest >>>= 7
    bytes.push(rest > 0 ? digit | 0x80 : digit)
  } while (rest > 0)
  return Buffer.from(bytes)
}
