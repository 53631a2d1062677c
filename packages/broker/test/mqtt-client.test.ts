import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import mqtt from 'mqtt'
import { describe, expect, test } from 'vitest'
import { type Broker, createBroker } from '../src/index.ts'

/** A broker on a TCP port, and MQTT.js clients connected to it. */
class Setup implements AsyncDisposable {
  readonly broker: Broker<undefined> = createBroker<undefined>({
    hooks: {
      authenticate: () => ({ ok: true, context: undefined }),
      authorizePublish: () => true,
      authorizeSubscribe: () => true,
      authorizeReceive: () => true,
    },
  })
  readonly #server = createServer((socket) => {
    const { remoteAddress = '', remotePort = 0, localAddress = '', localPort = 0 } = socket
    this.broker.accept(socket, { kind: 'tcp', remoteAddress, remotePort, localAddress, localPort, identity: undefined })
  })
  readonly #clients: mqtt.MqttClient[] = []

  /** `onMessage`: there from the start, for what a resumed session brings. */
  async connect(
    protocolVersion: 4 | 5,
    options: mqtt.IClientOptions = {},
    onMessage: (topic: string, payload: Buffer) => void = () => {},
  ): Promise<mqtt.MqttClient> {
    if (!this.#server.listening) {
      this.#server.listen(0, '127.0.0.1')
      await once(this.#server, 'listening')
    }
    const { port } = this.#server.address() as AddressInfo
    const client = mqtt.connect({ host: '127.0.0.1', port, protocolVersion, reconnectPeriod: 0, ...options })
    this.#clients.push(client)
    client.on('message', onMessage)
    await new Promise((resolve, reject) => client.once('connect', resolve).once('error', reject))
    return client
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.endAsync(true)))
    await this.broker.close()
    this.#server.close()
  }
}

function nextMessages(client: mqtt.MqttClient, count: number): Promise<[topic: string, payload: string][]> {
  return new Promise((resolve) => {
    const messages: [string, string][] = []
    client.on('message', (topic, payload) => {
      messages.push([topic, String(payload)])
      if (messages.length === count) resolve(messages)
    })
  })
}

describe.each([4, 5] as const)('MQTT.js over TCP, protocol level %i', (version) => {
  test('publishes, subscribes, unsubscribes, retains', async () => {
    await using setup = new Setup()
    const subscriber = await setup.connect(version)
    const publisher = await setup.connect(version)
    await subscriber.subscribeAsync({ 'dt/+/temp': { qos: 1 }, 'cmd/#': { qos: 0 } })
    const received = nextMessages(subscriber, 3)
    await publisher.publishAsync('dt/p7/temp', '21', { qos: 1, retain: true })
    await publisher.publishAsync('cmd/go', 'x'.repeat(100_000))
    await publisher.publishAsync('dt/p8/temp', '', { qos: 1 })
    expect(await received).toEqual([
      ['dt/p7/temp', '21'],
      ['cmd/go', 'x'.repeat(100_000)],
      ['dt/p8/temp', ''],
    ])
    await subscriber.unsubscribeAsync('dt/+/temp')
    const retained = nextMessages(publisher, 1)
    await publisher.subscribeAsync('dt/p7/temp', { qos: 1 })
    expect(await retained).toEqual([['dt/p7/temp', '21']])
  })

  test('resumes its session', async () => {
    await using setup = new Setup()
    const options = {
      clientId: 'device',
      clean: false,
      ...(version === 5 ? { properties: { sessionExpiryInterval: 600 } } : {}),
    }
    const first = await setup.connect(version, options)
    await first.subscribeAsync('cmd/#', { qos: 1 })
    await first.endAsync(true)
    const publisher = await setup.connect(version)
    for (const payload of ['1', '2', '3']) await publisher.publishAsync('cmd/go', payload, { qos: 1 })
    const received = Promise.withResolvers<string[]>()
    const payloads: string[] = []
    await setup.connect(version, options, (_, payload) => {
      if (payloads.push(String(payload)) === 3) received.resolve(payloads)
    })
    expect(await received.promise).toEqual(['1', '2', '3'])
  })

  test('the will of a client whose socket is gone reaches the others', async () => {
    await using setup = new Setup()
    const watcher = await setup.connect(version)
    await watcher.subscribeAsync('will/#')
    const received = nextMessages(watcher, 1)
    const will = { topic: 'will/d', payload: Buffer.from('gone'), qos: 1, retain: false } as const
    const client = await setup.connect(version, { will })
    client.stream.destroy()
    expect(await received).toEqual([['will/d', 'gone']])
  })
})

test('MQTT 5: properties, topic aliases both ways, and a DISCONNECT with its reason', async () => {
  await using setup = new Setup()
  const subscriber = await setup.connect(5, {
    clientId: 's',
    properties: { topicAliasMaximum: 5 },
    autoUseTopicAlias: true,
  })
  const publisher = await setup.connect(5, { autoAssignTopicAlias: true })
  await subscriber.subscribeAsync('a/#', { qos: 1 })
  const packets: unknown[] = []
  subscriber.on('message', (topic, _, { properties }) => packets.push({ topic, ...properties }))
  const received = nextMessages(subscriber, 4)
  const properties = { contentType: 'text/plain', responseTopic: 'r', correlationData: Buffer.from('c') }
  for (const topic of ['a/1', 'a/2', 'a/1', 'a/2']) await publisher.publishAsync(topic, '', { qos: 1, properties })
  expect((await received).map(([topic]) => topic)).toEqual(['a/1', 'a/2', 'a/1', 'a/2'])
  expect(packets[0]).toMatchObject(properties)
  const disconnected = new Promise((resolve) => subscriber.once('disconnect', resolve))
  setup.broker.disconnect('s')
  expect(await disconnected).toMatchObject({ reasonCode: 0x98 })
})
