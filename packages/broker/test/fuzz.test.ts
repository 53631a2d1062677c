import fc from 'fast-check'
import { generate, type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { TestBroker } from './test-broker.ts'

type Version = 4 | 5

/** Packets a client may send, small enough that a mutation often hits a field that matters. */
const PACKETS: readonly Packet[] = [
  { cmd: 'connect', protocolId: 'MQTT', clientId: 'x', clean: true, keepalive: 60 },
  {
    cmd: 'connect',
    protocolId: 'MQTT',
    clientId: 'x',
    clean: false,
    keepalive: 60,
    username: 'u',
    password: Buffer.from('p'),
    will: { topic: 'w', payload: Buffer.from('1'), qos: 1, retain: true, properties: { willDelayInterval: 1 } },
    properties: { sessionExpiryInterval: 60, receiveMaximum: 2, maximumPacketSize: 100, topicAliasMaximum: 2 },
  },
  { cmd: 'publish', topic: 'a', payload: '1', qos: 0, retain: false, dup: false },
  { cmd: 'publish', topic: 'a/b', payload: '12', qos: 1, messageId: 1, retain: true, dup: false },
  {
    cmd: 'publish',
    topic: 'a',
    payload: '1',
    qos: 1,
    messageId: 2,
    retain: false,
    dup: true,
    properties: {
      topicAlias: 1,
      messageExpiryInterval: 5,
      contentType: 'c',
      responseTopic: 'r',
      correlationData: Buffer.from('d'),
      userProperties: { k: 'v' },
    },
  },
  { cmd: 'subscribe', messageId: 3, subscriptions: [{ topic: '#', qos: 1, rh: 1 }] },
  { cmd: 'subscribe', messageId: 4, subscriptions: [{ topic: '$share/g/+', qos: 0 }] },
  { cmd: 'unsubscribe', messageId: 5, unsubscriptions: ['#'] },
  { cmd: 'puback', messageId: 1 },
  { cmd: 'pingreq' },
  { cmd: 'disconnect', reasonCode: 4, properties: { sessionExpiryInterval: 1 } },
]

type Mutation = [kind: 'none' | 'set' | 'insert' | 'delete' | 'cut', at: number, value: number]

const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.constantFrom('none', 'set', 'set', 'insert', 'delete', 'cut'),
  fc.nat(63),
  fc.nat(255),
)

function mutate(frame: Buffer, [kind, at, value]: Mutation): Buffer {
  const bytes = [...frame]
  const index = at % bytes.length
  if (kind === 'set') bytes[index] = value
  if (kind === 'insert') bytes.splice(index, 0, value)
  if (kind === 'delete') bytes.splice(index, 1)
  if (kind === 'cut') bytes.length = index
  return Buffer.from(bytes)
}

const attack = fc.array(fc.tuple(fc.constantFrom(...PACKETS), mutation), { minLength: 1, maxLength: 12 })

/**
 * Whatever comes over one connection: a bystander notices nothing, no hook or store is made to throw, and the attacker is
 * answered in MQTT or is closed, with a reason where its version has one.
 */
async function survive(version: Version, isConnected: boolean, streams: readonly Buffer[]): Promise<void> {
  await using test = new TestBroker()
  const bystander = await test.connect(5, 'bystander')
  await bystander.subscribe('bystander')
  const attacker = test.open(version)
  if (isConnected) await attacker.connect({ clientId: 'attacker' })
  for (const bytes of streams) attacker.write(bytes)
  attacker.stream.end()
  const answers = await attacker.receiveUntilClosed()
  for (const answer of answers) {
    expect(['connack', 'publish', 'puback', 'suback', 'unsuback', 'pingresp', 'disconnect']).toContain(answer.cmd)
  }
  for (const answer of answers.slice(0, -1)) expect(answer.cmd).not.toBe('disconnect')
  await test.broker.publish({ topic: 'bystander', payload: Buffer.from('1') })
  expect(await bystander.receiveAll()).toMatchObject([{ topic: 'bystander' }])
  expect(test.errors).toEqual([])
  expect([...test.broker.clients()].map(({ clientId }) => clientId)).toEqual(['bystander'])
}

test('mutated packets', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom<Version>(4, 5), fc.boolean(), attack, async (version, isConnected, packets) => {
      const frames = packets.map(([packet, change]) =>
        mutate(generate({ ...packet, protocolVersion: version } as Packet, { protocolVersion: version }), change),
      )
      await survive(version, isConnected, frames)
    }),
    { numRuns: 300 },
  )
})

test('random bytes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Version>(4, 5),
      fc.boolean(),
      fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 5 }),
      (version, isConnected, chunks) =>
        survive(
          version,
          isConnected,
          chunks.map((chunk) => Buffer.from(chunk)),
        ),
    ),
    { numRuns: 200 },
  )
})

test.each([4, 5] as const)('a conversation of version %i, split at every boundary', async (version) => {
  const packets: Packet[] = PACKETS.filter(({ cmd }) => cmd !== 'disconnect').slice(1)
  const stream = Buffer.concat(
    packets.map((packet) => generate({ ...packet, protocolVersion: version } as Packet, { protocolVersion: version })),
  )
  const answersOf = async (at: number) => {
    await using test = new TestBroker()
    const client = test.open(version)
    client.write(stream.subarray(0, at))
    await new Promise((resolve) => setImmediate(resolve))
    client.write(stream.subarray(at))
    client.stream.end()
    return (await client.receiveUntilClosed()).map(({ cmd }) => cmd)
  }
  const whole = await answersOf(0)
  expect(whole).toContain('unsuback')
  for (let at = 1; at < stream.length; at++) expect((await answersOf(at)).toSorted()).toEqual(whole.toSorted())
})
