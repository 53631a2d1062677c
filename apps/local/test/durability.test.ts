import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CreateThingCommand, DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot'
import {
  GetRetainedMessageCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { expect, test } from 'vitest'
import type { Local } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ServerProcess } from './support/server-process.ts'

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 4)
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000)
const TOPICS = 5

/** Numerical Recipes' linear congruential generator: enough to choose moments that a seed repeats. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** What clients were promised: everything here was acknowledged. */
class Promises {
  things = 0
  shadowVersion = 0
  shadowValue = 0
  readonly retained = new Map<string, number>()
  readonly queued = new Set<string>()
  received = new Set<string>()
}

type Server = Pick<Local, 'sdk' | 'urls' | 'rootCa'>

const SLEEPER = { clientId: 'sleeper', clean: false, properties: { sessionExpiryInterval: 3600 } }

/** Writes of every kind, as fast as they are acknowledged, until the server is gone. */
async function load(
  server: Server,
  device: DeviceIdentity,
  promises: Promises,
  round: number,
  onWarm: () => void,
): Promise<void> {
  const iot = new IoTClient({ ...server.sdk, maxAttempts: 1 })
  const data = new IoTDataPlaneClient({ ...server.sdk, maxAttempts: 1 })
  const client = await connectDevice(server, device, { clientId: `writer-${round}` })
  let gone = false
  let cold = 4
  const forever = async (write: (index: number) => Promise<void>) => {
    for (let index = 0; !gone; index += 1) {
      await write(index).catch(() => {})
      if (index > 0) continue
      cold -= 1
      if (cold === 0) onWarm()
    }
  }
  client.mqtt.once('close', () => {
    gone = true
    client.mqtt.end(true) // what waits for its acknowledgement fails now
  })
  await Promise.all([
    forever(async () => {
      await iot.send(new CreateThingCommand({ thingName: `thing-${promises.things}` }))
      promises.things += 1
    }),
    forever(async (index) => {
      const value = round * 1e6 + index
      const payload = Buffer.from(JSON.stringify({ state: { reported: { value } } }))
      const answer = await data.send(new UpdateThingShadowCommand({ thingName: 'shadowed', payload }))
      promises.shadowVersion = JSON.parse(Buffer.from(answer.payload ?? []).toString()).version
      promises.shadowValue = value
    }),
    forever(async (index) => {
      const topic = `retained/${index % TOPICS}`
      const value = round * 1e6 + index
      await client.mqtt.publishAsync(topic, String(value), { qos: 1, retain: true })
      promises.retained.set(topic, value)
    }),
    forever(async (index) => {
      const text = `${round}-${index}`
      await client.mqtt.publishAsync('queue/1', text, { qos: 1 })
      promises.queued.add(text)
    }),
  ])
  iot.destroy()
  data.destroy()
}

/** Compares the server with what was promised; what was under way at the end may be there or not. */
async function check(server: Server, sleeper: TestClient, promises: Promises): Promise<void> {
  const iot = new IoTClient(server.sdk)
  const data = new IoTDataPlaneClient(server.sdk)
  for (let index = Math.max(0, promises.things - 20); index < promises.things; index += 1) {
    await iot.send(new DescribeThingCommand({ thingName: `thing-${index}` }))
  }
  const { payload } = await data.send(new GetThingShadowCommand({ thingName: 'shadowed' }))
  const { version, state } = JSON.parse(Buffer.from(payload ?? []).toString())
  expect(version).toBeGreaterThanOrEqual(promises.shadowVersion)
  expect(state.reported.value).toBeGreaterThanOrEqual(promises.shadowValue)
  for (const [topic, value] of promises.retained) {
    const found = await data.send(new GetRetainedMessageCommand({ topic }))
    expect(Number(Buffer.from(found.payload ?? []).toString())).toBeGreaterThanOrEqual(value)
  }
  while (!promises.queued.isSubsetOf(promises.received)) promises.received.add((await sleeper.inbox.take()).text)
  iot.destroy()
  data.destroy()
}

test(`what was acknowledged survives kill -9 (KILL_SEED=${SEED}, ${ROUNDS} rounds)`, { timeout: 120_000 }, async () => {
  const random = randomFrom(SEED)
  const folder = await mkdtemp(join(tmpdir(), 'local-kill-'))
  const limits = ['storedMessagesPerSecond', 'inboundPublishesPerSecond', 'outboundPublishesPerSecond']
  const start = async (): Promise<[ServerProcess, Server]> => {
    const off = limits.flatMap((name) => ['--limit', `${name}=off`])
    const process = await ServerProcess.start(['--data', folder, ...off])
    return [process, { ...process.local, rootCa: await readFile(process.ready.rootCaPath, 'utf8') }]
  }
  try {
    const promises = new Promises()
    let [process, server] = await start()
    const device = await makeDevice(server)
    const first = await connectDevice(server, device, SLEEPER)
    await first.mqtt.subscribeAsync('queue/#', { qos: 1 })
    await first.mqtt.endAsync()
    for (let round = 1; round <= ROUNDS; round += 1) {
      const warm = Promise.withResolvers<void>()
      const writing = load(server, device, promises, round, warm.resolve)
      await Promise.race([warm.promise, writing])
      await delay(random() * 500) // the moment of the kill is what this test is about
      await process.stop('SIGKILL')
      await writing
      ;[process, server] = await start()
      const sleeper = await connectDevice(server, device, SLEEPER)
      await check(server, sleeper, promises)
      await sleeper.mqtt.endAsync()
    }
    expect(promises.queued.size).toBeGreaterThan(0)
    await process.stop('SIGTERM')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
