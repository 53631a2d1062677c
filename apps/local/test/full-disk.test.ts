import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateThingCommand, DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Local } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { connectDevice } from './support/mqtt-client.ts'
import { type DiskRoom, failingStartOnFullDisk, ServerProcess } from './support/server-process.ts'

type Server = Pick<Local, 'sdk' | 'urls' | 'rootCa'>

const KILOBYTE = 1024
const PERSISTENT = { clean: false, properties: { sessionExpiryInterval: 3600 } }
const RATES = ['storedMessagesPerSecond', 'inboundPublishesPerSecond', 'outboundPublishesPerSecond']
const OFF = RATES.flatMap((name) => ['--limit', `${name}=off`])

let folder: string
const running = new Set<ServerProcess>()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-full-'))
})
afterAll(async () => {
  for (const server of running) await server.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

async function start(data: string, room?: DiskRoom): Promise<Server & { stop(signal: NodeJS.Signals): Promise<void> }> {
  const server = await ServerProcess.start(['--data', data, ...OFF], {}, room)
  running.add(server)
  return {
    ...server.local,
    rootCa: await readFile(server.ready.rootCaPath, 'utf8'),
    stop: async (signal) => {
      running.delete(server)
      await server.stop(signal)
    },
  }
}

/** Publishes at QoS 1, several at a time, until the server takes no more; returns what it acknowledged. */
async function publishUntilRefused(server: Server, device: DeviceIdentity, round: number): Promise<Set<string>> {
  const acknowledged = new Set<string>()
  const { mqtt } = await connectDevice(server, device, { clientId: `publisher-${round}` })
  const closed = new Promise<'closed'>((resolve) => mqtt.once('close', () => resolve('closed')))
  let isClosed = false
  void closed.then(() => {
    isClosed = true
  })
  let count = 0
  const publisher = async () => {
    while (!isClosed) {
      const id = `${round}-${count++}`
      const sent = mqtt.publishAsync('queue/1', `${id}:${'x'.repeat(2 * KILOBYTE)}`, { qos: 1 })
      // A client that is never answered waits for good.
      const settled = sent.then(
        () => 'acknowledged',
        () => 'refused',
      )
      if ((await Promise.race([settled, closed])) === 'acknowledged') acknowledged.add(id)
    }
  }
  await Promise.all(Array.from({ length: 6 }, publisher))
  mqtt.end(true)
  return acknowledged
}

/** Makes things all the while: its commits take the broker's writes along. Answers with those that were made. */
async function makeThingsUntil(server: Server, isOver: () => boolean, round: number): Promise<string[]> {
  const iot = new IoTClient({ ...server.sdk, maxAttempts: 1 })
  const made: string[] = []
  for (let index = 0; !isOver(); index += 1) {
    const thingName = `thing-${round}-${index}`
    const attributes = { note: 'n'.repeat(700) }
    try {
      await iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }))
      made.push(thingName)
    } catch (error) {
      // 500: the disk is full, and the thing is not promised.
      if (!(error instanceof Error) || error.name === 'ValidationException') throw error
    }
  }
  iot.destroy()
  return made
}

test('what was acknowledged before the disk was full, and while it is, is there afterwards', {
  timeout: 120_000,
}, async () => {
  const data = join(folder, 'account')
  const roomy = await start(data)
  const device = await makeDevice(roomy)
  const sleeper = await connectDevice(roomy, device, { clientId: 'sleeper', ...PERSISTENT })
  await sleeper.mqtt.subscribeAsync('queue/#', { qos: 1 })
  await sleeper.mqtt.endAsync()
  await roomy.stop('SIGTERM')

  const acknowledged = new Set<string>()
  const things: string[] = []
  for (let round = 1; round <= 3; round += 1) {
    const tight = await start(data, { fileBytes: (700 + 150 * round) * KILOBYTE })
    let isFull = false
    const making = makeThingsUntil(tight, () => isFull, round)
    const published = await publishUntilRefused(tight, device, round)
    isFull = true
    things.push(...(await making))
    for (const id of published) acknowledged.add(id)
    await tight.stop('SIGKILL')
  }
  expect(acknowledged.size).toBeGreaterThan(0)
  expect(things.length).toBeGreaterThan(0)

  const after = await start(data)
  const received = new Set<string>()
  const awake = await connectDevice(after, device, { clientId: 'sleeper', ...PERSISTENT })
  awake.mqtt.on('message', (_topic, payload) => received.add(payload.toString().split(':', 1)[0] ?? ''))
  for (const { text } of awake.inbox.rest) received.add(text.split(':', 1)[0] ?? '')
  // What was not acknowledged may be there as well; the last message tells that all before it have come.
  await awake.mqtt.publishAsync('queue/1', 'last:', { qos: 1 })
  while (!received.has('last')) await awake.inbox.take()
  expect([...acknowledged].filter((id) => !received.has(id))).toEqual([])
  const iot = new IoTClient(after.sdk)
  for (const thingName of things) await iot.send(new DescribeThingCommand({ thingName }))
  iot.destroy()
  await awake.mqtt.endAsync()
  await after.stop('SIGTERM')
})

test('a start on a full disk ends with one sentence', async () => {
  for (const fileBytes of [0, 20 * KILOBYTE, 60 * KILOBYTE, 100 * KILOBYTE]) {
    const { code, stdout, stderr } = await failingStartOnFullDisk(
      { fileBytes },
      '--data',
      join(folder, `new-${fileBytes}`),
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^The (disk|database).*--data DIR.*\n$/)
  }
})
