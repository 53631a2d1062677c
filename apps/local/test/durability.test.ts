import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { IoTClient } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane'
import { expect, test } from 'vitest'
import type { Local } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { type Clients, FICKLE, WRITERS, type Writer } from './support/durable-writers.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ServerProcess } from './support/server-process.ts'

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 4)
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)

/** Numerical Recipes' linear congruential generator: enough to choose moments that a seed repeats. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

type Server = Pick<Local, 'sdk' | 'urls' | 'rootCa'>

/** A client with a persistent session, and what it received in all its connections. */
interface Receiver {
  readonly clientId: string
  readonly filter: string
  /** Whether it is connected while the server is killed. */
  readonly isOnline: boolean
  readonly received: Set<string>
}

const receivers = (): Receiver[] => [
  { clientId: 'sleeper', filter: 'queue/#', isOnline: false, received: new Set() },
  { clientId: 'listener', filter: 'queue/+', isOnline: true, received: new Set() },
  { clientId: 'member', filter: '$share/group/queue/#', isOnline: false, received: new Set() },
]

const PERSISTENT = { clean: false, properties: { sessionExpiryInterval: 3600 } }

/** Everything that a round's load needs; nothing of it outlives the round. */
async function open(server: Server, device: DeviceIdentity, round: number): Promise<Clients> {
  const config = { ...server.sdk, maxAttempts: 1 }
  const publisher = await connectDevice(server, device, { clientId: `publisher-${round}` })
  const fickle = await connectDevice(server, device, { clientId: FICKLE, ...PERSISTENT })
  return { iot: new IoTClient(config), data: new IoTDataPlaneClient(config), publisher, fickle }
}

/** Writes of every kind, as fast as they are acknowledged, until the server is gone. */
async function load(clients: Clients, writers: readonly Writer[], counts: number[], onWarm: () => void): Promise<void> {
  const gone = Promise.withResolvers<'gone'>()
  let isGone = false
  let cold = writers.length
  clients.publisher.mqtt.once('close', () => {
    isGone = true
    gone.resolve('gone')
    for (const { mqtt } of [clients.publisher, clients.fickle]) mqtt.end(true)
  })
  const forever = async (writer: Writer, position: number) => {
    for (let isFirst = true; !isGone; isFirst = false) {
      const index = counts[position] ?? 0
      counts[position] = index + 1
      const written = writer.write(clients, index).catch((error: unknown) => {
        if (isAnswer(error)) throw error
      })
      await Promise.race([written, gone.promise]) // a client that waits for its connection may wait for good
      if (!isFirst) continue
      cold -= 1
      if (cold === 0) onWarm()
    }
  }
  await Promise.all(writers.map(forever))
}

/** Whether the server refused something, which it has no reason to; anything else is how its end looks from here. */
function isAnswer(error: unknown): boolean {
  const metadata: unknown = error instanceof Error && '$metadata' in error ? error.$metadata : undefined
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
}

/** Publishes to the receivers' topic. */
class Publisher implements Writer {
  readonly promised = new Set<string>()

  async write({ publisher }: Clients, index: number): Promise<void> {
    await publisher.mqtt.publishAsync('queue/1', String(index), { qos: 1 })
    this.promised.add(String(index))
  }

  async check(): Promise<void> {}

  get size(): number {
    return this.promised.size
  }
}

async function resume(server: Server, device: DeviceIdentity, { clientId, received }: Receiver): Promise<TestClient> {
  const client = await connectDevice(server, device, { clientId, ...PERSISTENT })
  client.mqtt.on('message', (_topic, payload) => received.add(payload.toString()))
  for (const { text } of client.inbox.rest) received.add(text)
  return client
}

/** Connects again and takes in messages until all that were promised are there. */
async function catchUp(server: Server, device: DeviceIdentity, receiver: Receiver, promised: Set<string>) {
  const client = await resume(server, device, receiver)
  while (!promised.isSubsetOf(receiver.received)) await client.inbox.take()
  await client.mqtt.endAsync()
}

test(`what was acknowledged survives kill -9 (KILL_SEED=${SEED}, ${ROUNDS} rounds)`, {
  timeout: 60_000 + ROUNDS * 20_000,
}, async () => {
  const random = randomFrom(SEED)
  const folder = await mkdtemp(join(tmpdir(), 'local-kill-'))
  const rates = ['stored', 'shared'].map((kind) => `${kind}MessagesPerSecond`)
  const limits = [...rates, 'inboundPublishesPerSecond', 'outboundPublishesPerSecond']
  let running: ServerProcess | undefined
  const start = async (): Promise<Server> => {
    const off = limits.flatMap((name) => ['--limit', `${name}=off`])
    running = await ServerProcess.start(['--data', folder, ...off])
    return { ...running.local, rootCa: await readFile(running.ready.rootCaPath, 'utf8') }
  }
  const stop = async (signal: NodeJS.Signals) => {
    const process = running
    running = undefined
    await process?.stop(signal)
  }
  try {
    const publisher = new Publisher()
    const writers = [...WRITERS.map((make) => make()), publisher]
    const counts: number[] = []
    const all = receivers()
    let server = await start()
    const device = await makeDevice(server)
    for (const { clientId, filter } of all) {
      const client = await connectDevice(server, device, { clientId, ...PERSISTENT })
      await client.mqtt.subscribeAsync(filter, { qos: 1 })
      await client.mqtt.endAsync()
    }
    for (let round = 1; round <= ROUNDS; round += 1) {
      const online = await Promise.all(
        all.filter(({ isOnline }) => isOnline).map((receiver) => resume(server, device, receiver)),
      )
      const clients = await open(server, device, round)
      const warm = Promise.withResolvers<void>()
      const writing = load(clients, writers, counts, warm.resolve)
      await Promise.race([warm.promise, writing])
      await delay(random() * 500) // the moment of the kill is what this test is about
      await stop('SIGKILL')
      await writing
      for (const { mqtt } of online) mqtt.end(true)
      server = await start()
      const fresh = { iot: new IoTClient(server.sdk), data: new IoTDataPlaneClient(server.sdk) }
      for (const writer of writers) await writer.check(fresh)
      for (const receiver of all) await catchUp(server, device, receiver, publisher.promised)
      for (const client of [clients.iot, clients.data, fresh.iot, fresh.data]) client.destroy()
    }
    for (const writer of writers) expect(writer.size).toBeGreaterThan(0)
    await stop('SIGTERM')
  } finally {
    await stop('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
})
