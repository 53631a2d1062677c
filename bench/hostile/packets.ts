import { text } from '../broker/wire.ts'
import type { Random } from './random.ts'

export type Version = 4 | 5

/** A control packet of a whole length: unlike the load's, it may be as long as MQTT allows. */
function packet(firstByte: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const length: number[] = []
  let rest = body.length
  do {
    const more = rest > 127
    length.push((rest & 127) | (more ? 128 : 0))
    rest >>>= 7
  } while (rest > 0)
  return Buffer.concat([Buffer.of(firstByte, ...length), body])
}

/** A block of properties, each as its bytes; nothing in MQTT 3.1.1. */
function properties(version: Version, ...all: Uint8Array[]): Buffer {
  if (version === 4) return Buffer.alloc(0)
  const block = Buffer.concat(all)
  const length = block.length < 128 ? [block.length] : [(block.length & 127) | 128, block.length >> 7]
  return Buffer.concat([Buffer.of(...length), block])
}

const number32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** What topics and filters are made of here: ordinary ones, reserved ones, and some that are wrong. */
const TOPICS = [
  'a',
  'a/b',
  'queue/1',
  '$aws/things/lamp/shadow/update',
  '$aws/things/lamp/shadow/name/n/get',
  '$aws/rules/x/a',
  '$aws/certificates/create/json',
  '$aws/nothing/of/the/kind',
  'a/b/c/d/e/f/g/h/i/j',
  '',
  'é/日本',
  'a/\u0000/b',
  'x'.repeat(300),
]
const FILTERS = [...TOPICS, '#', '+', 'a/#', '+/b', 'a/#/b', 'a+', '$share/g/a', '$share/g/#', '$share//a', '$share/g']
const PAYLOADS = ['', '{}', '{"state":{"desired":{"on":true}}}', '{"state":', 'null', '[1e999]', '"\\ud800"']

const two = (value: number) => Buffer.of(value >> 8, value & 255)
const packetId = (random: Random) => two(random.chance(0.05) ? 0 : 1 + random.below(4))

/** The packets that a client may send, each with choices of its own. */
const MAKERS: readonly ((random: Random, version: Version) => Buffer)[] = [
  connectPacket,
  publishPacket,
  publishPacket,
  publishPacket,
  (random, version) =>
    packet(
      0x82,
      packetId(random),
      properties(version),
      ...Array.from({ length: 1 + random.below(9) }, () =>
        Buffer.concat([text(random.pick(FILTERS)), Buffer.of(random.pick([0, 1, 1, 2, 0x2d, 0xff]))]),
      ),
    ),
  (random, version) => packet(0xa2, packetId(random), properties(version), text(random.pick(FILTERS))),
  (random, version) => packet(0x40, packetId(random), ...(version === 5 ? [Buffer.of(random.pick([0, 0x80]))] : [])),
  (random) => packet(random.pick([0x50, 0x62, 0x70]), packetId(random)),
  () => Buffer.of(0xc0, 0),
  (random, version) => (version === 5 ? packet(0xe0, Buffer.of(random.pick([0, 4, 0x82]))) : Buffer.of(0xe0, 0)),
  (random) => packet(0xf0, Buffer.of(random.below(256)), Buffer.of(0)),
]

/** CONNECT of one of a few clients, so that they meet each other's sessions. */
export function connectPacket(random: Random, version: Version): Buffer {
  const hasWill = random.chance(0.3)
  const isClean = random.chance(0.5)
  const flags = (isClean ? 2 : 0) | (hasWill ? 4 | (random.pick([0, 1, 1, 2]) << 3) | (random.below(2) << 5) : 0)
  const expiry = random.chance(0.5) ? [Buffer.of(0x11), number32(random.pick([0, 1, 3600, 0xffff_ffff]))] : []
  const receiveMaximum = random.chance(0.3) ? [Buffer.of(0x21), two(1 + random.below(3))] : []
  const aliases = random.chance(0.3) ? [Buffer.of(0x22), two(random.below(4))] : []
  const will = hasWill ? [properties(version), text(random.pick(TOPICS)), text(random.pick(PAYLOADS))] : []
  return packet(
    0x10,
    text('MQTT'),
    Buffer.of(version, flags),
    two(random.pick([0, 1, 30, 60, 1200])),
    properties(version, ...expiry, ...receiveMaximum, ...aliases),
    text(random.chance(0.1) ? '' : `attacker-${random.below(6)}`),
    ...will,
  )
}

function publishPacket(random: Random, version: Version): Buffer {
  const qos = random.pick([0, 1, 1, 1, 2])
  const some = (part: number, ...bytes: Uint8Array[]) => (random.chance(part) ? bytes : [])
  return packet(
    0x30 | (qos << 1) | (random.chance(0.2) ? 1 : 0) | (random.chance(0.1) ? 8 : 0),
    text(random.pick(TOPICS)),
    ...(qos > 0 ? [packetId(random)] : []),
    properties(
      version,
      ...some(0.2, Buffer.of(0x23), two(random.below(10))),
      ...some(0.2, Buffer.of(0x02), number32(random.pick([0, 1, 0xffff_ffff]))),
      ...some(0.2, Buffer.of(0x08), text(random.pick(FILTERS))),
      ...some(0.2, Buffer.of(0x09), text(random.pick(PAYLOADS))),
      ...some(0.2, Buffer.of(0x26), text('k'), text(random.pick(PAYLOADS))),
    ),
    random.chance(0.05) ? random.bytes(random.below(3000)) : Buffer.from(random.pick(PAYLOADS)),
  )
}

/** Makes something else of a packet, as a broken or an ill-willed client does; often nothing. */
function mutated(random: Random, frame: Buffer): Buffer {
  const at = random.below(frame.length)
  const kind = random.below(10)
  if (kind === 0) return Buffer.concat([frame.subarray(0, at), random.bytes(1), frame.subarray(at + 1)])
  if (kind === 1) return Buffer.concat([frame.subarray(0, at), random.bytes(1 + random.below(3)), frame.subarray(at)])
  if (kind === 2) return Buffer.concat([frame.subarray(0, at), frame.subarray(at + 1)])
  if (kind === 3) return frame.subarray(0, at)
  return frame
}

/** A conversation as one client leads it: mostly right at first, then anything in any order. */
export function conversation(random: Random): Buffer {
  const version = random.pick<Version>([4, 5])
  const first = random.chance(0.9) ? connectPacket(random, version) : random.bytes(random.below(30))
  const rest = Array.from({ length: random.below(14) }, () => mutated(random, random.pick(MAKERS)(random, version)))
  return Buffer.concat([random.chance(0.8) ? first : mutated(random, first), ...rest])
}

/** What a greedy client says once, and then over and over. */
export interface Greed {
  readonly once: Buffer
  readonly again?: Buffer
  /** It reads nothing of what it is sent. */
  readonly isDeaf: boolean
}

/** Ways to want more than one's share, by a client of that id. */
export const greedyPackets: Readonly<Record<string, (clientId: string) => Greed>> = {
  deaf: (clientId) => ({
    once: Buffer.concat([plainConnect(clientId), subscribePacket(['flood/#'])]),
    isDeaf: true,
  }),
  flood: (clientId) => ({
    once: plainConnect(clientId),
    again: packet(0x32, text('flood/a'), two(1), Buffer.alloc(4000)),
    isDeaf: false,
  }),
  subscribe: (clientId) => ({
    once: plainConnect(clientId),
    again: subscribePacket(Array.from({ length: 8 }, (_, index) => `${clientId}/${index}`)),
    isDeaf: false,
  }),
  retain: (clientId) => ({
    once: plainConnect(clientId),
    again: Buffer.concat(
      Array.from({ length: 8 }, (_, index) =>
        packet(0x33, text(`${clientId}/${index}`), two(1 + index), Buffer.alloc(2000)),
      ),
    ),
    isDeaf: false,
  }),
  ping: (clientId) => ({ once: plainConnect(clientId), again: Buffer.of(0xc0, 0), isDeaf: true }),
  shadow: (clientId) => ({
    once: Buffer.concat([plainConnect(clientId), subscribePacket([`$aws/things/${clientId}/shadow/#`])]),
    again: packet(
      0x30,
      text(`$aws/things/${clientId}/shadow/update`),
      Buffer.from(JSON.stringify({ state: { reported: { filling: 'x'.repeat(7000) } } })),
    ),
    isDeaf: true,
  }),
  // A persistent session that is taken over by itself.
  takeOver: () => ({ once: plainConnect('greedy-same', false), isDeaf: false }),
}

function plainConnect(clientId: string, isClean = true): Buffer {
  return packet(0x10, text('MQTT'), Buffer.of(4, isClean ? 2 : 0), two(60), text(clientId))
}

function subscribePacket(filters: readonly string[]): Buffer {
  return packet(0x82, two(1), ...filters.map((filter) => Buffer.concat([text(filter), Buffer.of(1)])))
}

/** CONNECT of a client whose session ends with its connection, and the end of that. */
export function connectAndLeave(clientId: string): Buffer {
  return Buffer.concat([plainConnect(clientId), Buffer.of(0xe0, 0)])
}
