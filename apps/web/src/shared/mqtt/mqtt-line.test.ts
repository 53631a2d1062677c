// @vitest-environment node
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createBroker, type Limits } from '@thingdeck/broker'
import { expect, test } from 'vitest'
import { createWebSocketStream, WebSocketServer } from 'ws'
import type { MqttMessage } from './message.ts'
import { openMqttLine } from './mqtt-line.ts'

/** A broker behind a WebSocket, as the page meets it. What begins with `secret` is refused. */
async function startBroker(limits: Partial<Limits> = {}) {
  const isOpen = (topic: string) => !topic.startsWith('secret')
  const broker = createBroker<undefined>({
    limits,
    hooks: {
      authenticate: () => ({ ok: true, context: undefined }),
      authorizePublish: (_client, topic) => isOpen(topic),
      authorizeSubscribe: (_client, filter) => isOpen(filter),
      authorizeReceive: () => true,
    },
  })
  const server = new WebSocketServer({ port: 0, host: 'localhost' })
  server.on('connection', (socket) => {
    const stream = createWebSocketStream(socket)
    const address = { remoteAddress: '', remotePort: 0, localAddress: '', localPort: 0 }
    broker.accept(stream, { kind: 'websocket', ...address, identity: undefined })
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    broker,
    url: `ws://localhost:${port}/mqtt`,
    async [Symbol.asyncDispose]() {
      await broker.close()
      server.close()
    },
  }
}

async function open(url: string) {
  const heard: MqttMessage[] = []
  let onHeard = () => {}
  const closed = Promise.withResolvers<string>()
  const line = await openMqttLine(
    { url, clientId: 'console-ada-1', cleanStart: true },
    {
      onArrival: () => {},
      onMessage: (message) => {
        heard.push({ ...message, payload: Uint8Array.from(message.payload) })
        onHeard()
      },
      onClose: closed.resolve,
    },
  )
  const hears = async (count: number) => {
    while (heard.length < count) await new Promise<void>((resolve) => (onHeard = resolve))
    return heard
  }
  return { line, hears, closed: closed.promise }
}

const PAYLOAD = Uint8Array.of(0xff, 0x00, 0x7b)

test('a message comes back as it was sent, bytes and properties', async () => {
  await using server = await startBroker()
  const { line, hears } = await open(server.url)
  expect(await line.subscribe([{ filter: 'dt/#', qos: 1 }])).toEqual([{ kind: 'active', qos: 1 }])
  const properties = {
    payloadFormatIndicator: false,
    contentType: 'application/cbor',
    responseTopic: 'dt/answer',
    correlationData: Uint8Array.of(1, 2),
    userProperties: [
      ['a', '1'],
      ['a', '2'],
    ] as const,
  }
  await line.publish({ topic: 'dt/a', payload: PAYLOAD, qos: 1, properties })
  const [message] = await hears(1)
  expect(message).toMatchObject({ topic: 'dt/a', payload: PAYLOAD, qos: 1, retain: false, dup: false, properties })
  line.end()
})

test('user properties come in the order in which they were sent, names between each other and numbers too', async () => {
  const server = new WebSocketServer({ port: 0, host: 'localhost' })
  await once(server, 'listening')
  const text = (value: string) => [0, value.length, ...Buffer.from(value)]
  const sent = ['b', '1', '7', '2', 'b', '3', 'a', '4']
  const pairs = [0, 2, 4, 6].map((at) => sent.slice(at, at + 2))
  const properties = pairs.flatMap((pair) => [0x26, ...pair.flatMap(text)])
  const body = [...text('dt/a'), properties.length, ...properties]
  server.on('connection', (socket) => {
    socket.once('message', () => socket.send(Uint8Array.from([0x20, 3, 0, 0, 0, 0x30, body.length, ...body])))
  })
  const { line, hears } = await open(`ws://localhost:${(server.address() as AddressInfo).port}/mqtt`)
  const [message] = await hears(1)
  expect(message?.properties?.userProperties).toEqual(pairs)
  line.end()
  server.close()
})

test('user properties are sent in their order, of any name: numbers, twice, and what every object has', async () => {
  await using server = await startBroker()
  const { line, hears } = await open(server.url)
  await line.subscribe([{ filter: 'dt/#', qos: 0 }])
  const names = ['b', '7', 'constructor', 'b', '__proto__', '', 'a', '__proto__', '3']
  const userProperties = names.map((name, index) => [name, index === 2 ? '' : `${index}`] as const)
  await line.publish({ topic: 'dt/a', payload: PAYLOAD, qos: 0, properties: { userProperties } })
  const [message] = await hears(1)
  expect(message?.properties?.userProperties).toEqual(userProperties)
  line.end()
})

test('at QoS 1 the PUBACK says what became of it; at QoS 0 nobody does', async () => {
  await using server = await startBroker()
  const { line } = await open(server.url)
  const send = (topic: string, qos: 0 | 1) => line.publish({ topic, payload: PAYLOAD, qos })
  expect(await Promise.all([send('dt/a', 1), send('dt/b', 1), send('dt/c', 0)])).toEqual([
    { reasonCode: expect.any(Number) },
    { reasonCode: expect.any(Number) },
    {},
  ])
  await expect(send('secret/a', 1)).rejects.toMatchObject({ code: 'MQTT_0x87' })
  line.end()
})

test('messages of both QoS come once each and in their order, and are acknowledged', async () => {
  // It sends so many at QoS 1 that wait for their PUBACK, and no more.
  await using server = await startBroker({ outboundPublishesPerSecond: Number.POSITIVE_INFINITY, outboundInFlight: 10 })
  const { line, hears } = await open(server.url)
  await line.subscribe([{ filter: 'dt/#', qos: 1 }])
  const sent = Array.from({ length: 100 }, (_, n) => ({
    topic: `dt/${n}`,
    qos: n % 3 === 0 ? (0 as const) : (1 as const),
  }))
  for (const each of sent) await server.broker.publish({ ...each, payload: Buffer.from(PAYLOAD) })
  const heard = (await hears(sent.length)).map(({ topic, qos }) => ({ topic, qos }))
  // A broker keeps the order of each QoS (MQTT 5.0 §4.6), not between them.
  for (const qos of [0, 1]) {
    const of = (messages: typeof sent) => messages.filter((each) => each.qos === qos)
    expect(of(heard)).toEqual(of(sent))
  }
  line.end()
})

const SUBSCRIBE = 0x82

test('a PUBLISH that is not right ends the connection, and the reason says so', async () => {
  const server = new WebSocketServer({ port: 0, host: 'localhost' })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    socket.once('message', () => {
      socket.send(Uint8Array.from([0x20, 3, 0, 0, 0]))
      // No PUBLISH has a property 0x24 (MQTT 5.0 §2.2.2.2: Maximum QoS).
      socket.on('message', (bytes: Buffer) => {
        if (bytes[0] === SUBSCRIBE) socket.send(Uint8Array.from([0x30, 6, 0, 1, 0x61, 2, 0x24, 1]))
      })
    })
  })
  const { line, closed } = await open(`ws://localhost:${(server.address() as AddressInfo).port}/mqtt`)
  const answer = line.subscribe([{ filter: 'a', qos: 0 }])
  await expect(answer).rejects.toThrow() // nobody answered
  expect(await closed).toMatch(/malformed.*0x81/)
  server.close()
})

test('of many filters each has its own answer', async () => {
  await using server = await startBroker()
  const { line } = await open(server.url)
  const requests = Array.from({ length: 20 }, (_, n) => ({ filter: n === 9 ? 'secret/#' : `dt/${n}`, qos: 0 as const }))
  const kinds = (await line.subscribe(requests)).map(({ kind }) => kind)
  expect(kinds).toEqual(requests.map(({ filter }) => (filter === 'secret/#' ? 'refused' : 'active')))
  line.end()
})

test('the broker says why it hangs up', async () => {
  await using server = await startBroker()
  const { closed } = await open(server.url)
  server.broker.disconnect('console-ada-1')
  expect(await closed).toMatch(/administrator|0x98/)
})
