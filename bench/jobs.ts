/**
 * Whether clients notice that jobs are rolled out to many things: the time from a QoS 1 publish to its arrival at a
 * subscriber, at the 50th and 99th percentile, while several jobs find the things of a dynamic group and tell the first of
 * them. Beside it: the same server before there was a job.
 *
 * `npm run bench jobs -- --things 100000 --jobs 5 --seconds 10`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  CreateDynamicThingGroupCommand,
  CreateJobCommand,
  CreateThingCommand,
  DescribeJobCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
} from '@aws-sdk/client-iot'
import { presignMqttUrl } from '@thingdeck/sigv4'
import { connectAsync, type MqttClient } from 'mqtt'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { seedThings } from './measure/fleet.ts'
import { percentile } from './measure/statistics.ts'

const { values } = parseArgs({
  options: {
    things: { type: 'string', default: '100000' },
    jobs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '10' },
  },
})
const things = Number(values.things)
const seconds = Number(values.seconds)

/** A message is sent so often. */
const EVERY_MS = 5
const TOPIC = 'bench/round-trip'

/** Milliseconds of each round trip, until `isOver`. */
async function roundTrips(client: MqttClient, isOver: () => boolean): Promise<number[]> {
  const sent = new Map<string, number>()
  const times: number[] = []
  const onMessage = (_topic: string, payload: Buffer) => {
    const at = sent.get(payload.toString())
    if (at !== undefined) times.push(performance.now() - at)
  }
  client.on('message', onMessage)
  for (let index = 0; !isOver(); index += 1) {
    sent.set(String(index), performance.now())
    client.publish(TOPIC, String(index), { qos: 1 })
    await setTimeout(EVERY_MS)
  }
  await setTimeout(1_000)
  client.off('message', onMessage)
  return times
}

const after = (ms: number) => {
  const end = performance.now() + ms
  return () => performance.now() > end
}

const folder = mkdtempSync(join(tmpdir(), 'bench-jobs-'))
seedThings(folder, things)
const server = await startEmbeddedServer({ args: ['--data', folder] })
const iot = new IoTClient(server.sdk)
const url = await presignMqttUrl({ url: server.ws, region: server.region, credentials: server.sdk.credentials })
const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0 })
try {
  await client.subscribeAsync(TOPIC, { qos: 1 })
  await iot.send(
    new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } }),
  )
  await iot.send(new CreateDynamicThingGroupCommand({ thingGroupName: 'pumps', queryString: 'thingTypeName:pump' }))
  // The first ones are slower; so is the first job, for which what is seldom used is loaded.
  const first = `arn:aws:iot:${server.region}:${server.account}:thing/first`
  await iot.send(new CreateThingCommand({ thingName: 'first' }))
  await iot.send(new CreateJobCommand({ jobId: 'first', targets: [first], document: '{}' }))
  await iot.send(new DescribeJobCommand({ jobId: 'first' }))
  await roundTrips(client, after(1_000))
  const before = await roundTrips(client, after(seconds * 1_000))

  const targets = [`arn:aws:iot:${server.region}:${server.account}:thinggroup/pumps`]
  const jobIds = Array.from({ length: Number(values.jobs) }, (_, index) => `job-${index}`)
  const begun = performance.now()
  let isFound = false
  const isOver = after(seconds * 1_000)
  const watching = (async () => {
    for (const jobId of jobIds) await iot.send(new CreateJobCommand({ jobId, targets, document: '{}' }))
    for (const jobId of jobIds) {
      let processing: unknown = true
      while (processing) {
        await setTimeout(200)
        processing = (await iot.send(new DescribeJobCommand({ jobId }))).job?.jobProcessDetails?.processingTargets
      }
    }
    isFound = true
  })()
  const during = await roundTrips(client, () => isOver() && isFound)
  await watching
  const tookSeconds = (performance.now() - begun) / 1000
  let queued = 0
  for (const jobId of jobIds) {
    queued += (await iot.send(new DescribeJobCommand({ jobId }))).job?.jobProcessDetails?.numberOfQueuedThings ?? 0
  }
  console.log(`${jobIds.length} jobs to ${things} things each: found in ${tookSeconds.toFixed(1)} s, ${queued} told`)
  for (const part of [0.5, 0.99]) {
    const [idle, busy] = [percentile(before, part), percentile(during, part)]
    const figures = `${busy.toFixed(2)} ms, ×${(busy / idle).toFixed(2)} of before (${idle.toFixed(2)} ms)`
    console.log(`round trip, p${part * 100}`.padEnd(24) + figures)
  }
} finally {
  await client.endAsync(true)
  iot.destroy()
  await server[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
}
