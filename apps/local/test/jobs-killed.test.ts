import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AddThingToThingGroupCommand,
  CreateJobCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DescribeJobCommand,
  IoTClient,
  ListJobExecutionsForJobCommand,
} from '@aws-sdk/client-iot'
import { IoTJobsDataPlaneClient, UpdateJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Local } from '../src/index.ts'
import { jobsDevice } from './support/jobs-device.ts'
import { ServerProcess } from './support/server-process.ts'
import { until } from './support/until.ts'

/** A longer form: `JOBS_KILLED_THINGS=10000`. A thousand are rolled out in a minute. */
const THINGS = Number(process.env.JOBS_KILLED_THINGS ?? 400)
const TIMEOUT_MS = 180_000 + (THINGS / 1_000) * 120_000
const jobId = 'killed'

/** How many executions there are in each state, as they are listed; they are as many as the job says. */
async function sumsOf(iot: IoTClient): Promise<Record<string, number>> {
  const listed: Record<string, number> = {}
  let nextToken: string | undefined
  do {
    const page = await iot.send(new ListJobExecutionsForJobCommand({ jobId, maxResults: 250, nextToken }))
    for (const { jobExecutionSummary } of page.executionSummaries ?? []) {
      const status = jobExecutionSummary?.status ?? ''
      listed[status] = (listed[status] ?? 0) + 1
    }
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return listed
}

async function toldBy(iot: IoTClient): Promise<Record<string, number>> {
  const { jobProcessDetails: d = {} } = (await iot.send(new DescribeJobCommand({ jobId }))).job ?? {}
  const told = {
    QUEUED: d.numberOfQueuedThings,
    SUCCEEDED: d.numberOfSucceededThings,
    FAILED: d.numberOfFailedThings,
    CANCELED: d.numberOfCanceledThings,
  }
  return Object.fromEntries(Object.entries(told).flatMap(([status, n]) => (n ? [[status, n]] : [])))
}

/**
 * The executions as they are listed. While a rollout goes on they are not fewer than the job said before, and not more
 * than it says afterwards: where both are the same, these are the sums.
 */
async function lookAt(iot: IoTClient): Promise<Record<string, number>> {
  const [before, listed, after] = [await toldBy(iot), await sumsOf(iot), await toldBy(iot)]
  for (const status of Object.keys({ ...before, ...listed, ...after })) {
    expect(listed[status] ?? 0).toBeGreaterThanOrEqual(before[status] ?? 0)
    expect(listed[status] ?? 0).toBeLessThanOrEqual(after[status] ?? 0)
  }
  return listed
}

/** Asks again as long as the thing has not been reached. @throws where the server is gone */
async function report(
  devices: IoTJobsDataPlaneClient,
  thingName: string,
  status: 'FAILED' | 'SUCCEEDED',
): Promise<void> {
  try {
    await devices.send(new UpdateJobExecutionCommand({ thingName, jobId, status }))
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error
    await report(devices, thingName, status)
  }
}

test('a rollout goes on where it was when its server is killed, again and again, until failures abort it', {
  timeout: TIMEOUT_MS,
}, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  console.log(`seed ${seed}`)
  const draws = fc.sample(fc.nat(999), { seed, numRuns: 5 * THINGS })
  const random = () => (draws.pop() ?? 0) / 1000
  const data = mkdtempSync(join(tmpdir(), 'jobs-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  let server = await ServerProcess.start(['--data', data])
  let iot = new IoTClient(server.local.sdk)
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'all' }))
  const names = Array.from({ length: THINGS }, (_, index) => `t${index}`)
  for (const thingName of names) {
    await iot.send(new CreateThingCommand({ thingName }))
    await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: 'all' }))
  }
  await iot.send(
    new CreateJobCommand({
      jobId,
      targets: ['arn:aws:iot:us-east-1:123456789012:thinggroup/all'],
      document: '{}',
      abortConfig: {
        criteriaList: [
          { failureType: 'FAILED', action: 'CANCEL', thresholdPercentage: 20, minNumberOfExecutedThings: THINGS / 2 },
        ],
      },
    }),
  )
  /** What devices were told is kept. */
  const acknowledged = new Map<string, string>()
  for (let round = 0; round < 3; round += 1) {
    const devices = new IoTJobsDataPlaneClient({ ...server.local.sdk, maxAttempts: 1 })
    const toReport = names.filter((name) => !acknowledged.has(name)).slice(0, 0.15 * THINGS)
    const reports = toReport.map(async (thingName) => {
      const status = random() < 0.1 ? ('FAILED' as const) : ('SUCCEEDED' as const)
      await report(devices, thingName, status)
      acknowledged.set(thingName, status)
    })
    const killing = Promise.allSettled(reports.slice(0, Math.floor(random() * 40) + 1)).then(() =>
      server.stop('SIGKILL'),
    )
    await Promise.allSettled([...reports, killing])
    devices.destroy()
    iot.destroy()
    server = await ServerProcess.start(['--data', data])
    iot = new IoTClient(server.local.sdk)
    const listed = await lookAt(iot)
    const finished = (listed.SUCCEEDED ?? 0) + (listed.FAILED ?? 0)
    expect(finished).toBeGreaterThanOrEqual(acknowledged.size)
  }
  const total = (sums: Record<string, number>) => Object.values(sums).reduce((sum, n) => sum + n, 0)
  await vi.waitFor(async () => expect(total(await lookAt(iot))).toBe(THINGS), { timeout: TIMEOUT_MS, interval: 100 })
  expect(await sumsOf(iot)).toEqual(await toldBy(iot))

  // A device that comes now is told of its job, whatever was told before.
  const rootCa = await readFile(server.ready.rootCaPath, 'utf8')
  const local: Pick<Local, 'sdk' | 'urls' | 'rootCa'> = { ...server.local, rootCa }
  await using late = await jobsDevice(local, 'late')
  expect(await late.ask('get')).toMatchObject({ queuedJobs: [] })

  const devices = new IoTJobsDataPlaneClient(server.local.sdk)
  for (const thingName of names.filter((name) => !acknowledged.has(name))) {
    const { status } = (await iot.send(new DescribeJobCommand({ jobId }))).job ?? {}
    if (status !== 'IN_PROGRESS') break
    await devices.send(new UpdateJobExecutionCommand({ thingName, jobId, status: 'FAILED' })).catch((error: Error) => {
      if (error.name !== 'InvalidStateTransitionException') throw error // canceled meanwhile, or reported unheard
    })
  }
  await until(async () =>
    (await iot.send(new DescribeJobCommand({ jobId }))).job?.status === 'CANCELED' ? true : undefined,
  )
  const sums = await sumsOf(iot)
  expect(sums).toEqual(await toldBy(iot))
  expect(total(sums)).toBe(THINGS)
  expect(sums.QUEUED).toBeUndefined()
  expect(sums.FAILED ?? 0).toBeGreaterThanOrEqual(THINGS / 10)
  devices.destroy()
  iot.destroy()
  await server.stop('SIGTERM')
})
