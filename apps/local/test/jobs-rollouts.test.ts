import {
  AddThingToThingGroupCommand,
  AssociateTargetsWithJobCommand,
  CreateDynamicThingGroupCommand,
  CreateJobCommand,
  type CreateJobCommandInput,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeleteThingCommand,
  DescribeJobCommand,
  DescribeJobExecutionCommand,
  IoTClient,
  ListJobExecutionsForJobCommand,
  RemoveThingFromThingGroupCommand,
  UpdateDynamicThingGroupCommand,
  UpdateEventConfigurationsCommand,
  UpdateIndexingConfigurationCommand,
  UpdateJobCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { IoTJobsDataPlaneClient, StartNextPendingJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MakeService } from '../src/foundation/service.ts'
import { type Local, startLocal } from '../src/index.ts'
import { jobsDevice } from './support/jobs-device.ts'
import { startWithServices } from './support/local-with-services.ts'
import { connectWebSocket } from './support/mqtt-client.ts'
import { until } from './support/until.ts'

let local: Local
let iot: IoTClient

beforeEach(async () => {
  // The clock is put forward by hours, and devices stay.
  local = await startLocal({ limits: { keepAliveMaxSeconds: Number.POSITIVE_INFINITY } })
  iot = new IoTClient(local.sdk)
})
afterEach(async () => {
  iot.destroy()
  await local.close()
})

const MINUTE = 60_000
const arnOf = (tail: string) => `arn:aws:iot:us-east-1:123456789012:${tail}`

const createJob = (jobId: string, targets: readonly string[], more: Partial<CreateJobCommandInput> = {}) =>
  iot.send(new CreateJobCommand({ jobId, targets: targets.map(arnOf), document: '{}', ...more }))

const describeJob = async (jobId: string) => (await iot.send(new DescribeJobCommand({ jobId }))).job ?? {}

/** How many executions of a job there are in each state: as the job says, and as they are listed. */
async function countsOf(jobId: string): Promise<Record<string, number>> {
  const { jobProcessDetails: details = {} } = await describeJob(jobId)
  const { executionSummaries = [] } = await iot.send(new ListJobExecutionsForJobCommand({ jobId, maxResults: 250 }))
  const listed: Record<string, number> = {}
  for (const { jobExecutionSummary } of executionSummaries) {
    const status = jobExecutionSummary?.status ?? ''
    listed[status] = (listed[status] ?? 0) + 1
  }
  const told = {
    QUEUED: details.numberOfQueuedThings,
    IN_PROGRESS: details.numberOfInProgressThings,
    SUCCEEDED: details.numberOfSucceededThings,
    FAILED: details.numberOfFailedThings,
    REJECTED: details.numberOfRejectedThings,
    TIMED_OUT: details.numberOfTimedOutThings,
    CANCELED: details.numberOfCanceledThings,
    REMOVED: details.numberOfRemovedThings,
  }
  expect(listed).toEqual(Object.fromEntries(Object.entries(told).filter(([, count]) => count !== 0)))
  return listed
}

/** Waits until the executions of a job are so. */
const untilCounts = (jobId: string, wanted: Record<string, number>) =>
  until(async () => {
    const counts = await countsOf(jobId)
    const same = JSON.stringify(Object.entries(counts).sort()) === JSON.stringify(Object.entries(wanted).sort())
    return same ? counts : undefined
  })

async function makeThings(prefix: string, count: number, thingGroupName?: string): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`)
  if (thingGroupName !== undefined) await iot.send(new CreateThingGroupCommand({ thingGroupName }))
  for (const thingName of names) {
    await iot.send(new CreateThingCommand({ thingName }))
    if (thingGroupName !== undefined) await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }))
  }
  return names
}

describe('a rollout', () => {
  test('goes at its rate, which grows with who was notified', async () => {
    await makeThings('pump', 130, 'pumps')
    await createJob('slow', ['thinggroup/pumps'], {
      jobExecutionsRolloutConfig: {
        maximumPerMinute: 100,
        exponentialRate: {
          baseRatePerMinute: 10,
          incrementFactor: 3,
          rateIncreaseCriteria: { numberOfNotifiedThings: 20 },
        },
      },
    })
    await untilCounts('slow', { QUEUED: 10 })
    const group = arnOf('thinggroup/pumps')
    // Until the last one is told, not only until the group is read.
    const rolling = { isConcurrent: true, jobProcessDetails: { processingTargets: [group] } }
    expect(await describeJob('slow')).toMatchObject(rolling)
    for (const queued of [20, 50, 130]) {
      local.advanceClock(MINUTE)
      await untilCounts('slow', { QUEUED: queued })
    }
    const told = await describeJob('slow')
    expect(told).toMatchObject({ isConcurrent: false, status: 'IN_PROGRESS' })
    expect(told.jobProcessDetails).not.toHaveProperty('processingTargets')
  })

  test('names the things that wait for their turn', async () => {
    await makeThings('lamp', 3)
    const things = [1, 2, 3].map((number) => `thing/lamp-${number}`)
    await createJob('one-by-one', things, { jobExecutionsRolloutConfig: { maximumPerMinute: 1 } })
    await untilCounts('one-by-one', { QUEUED: 1 })
    expect((await describeJob('one-by-one')).jobProcessDetails?.processingTargets).toEqual(things.slice(1).map(arnOf))
  })

  test('is aborted by failures, and leaves what is in progress', async () => {
    await using bad = await jobsDevice(local, 'bad')
    await using busy = await jobsDevice(local, 'busy')
    await makeThings('rest', 3)
    await createJob('abort', ['thing/bad', 'thing/busy', 'thing/rest-1', 'thing/rest-2', 'thing/rest-3'], {
      abortConfig: {
        criteriaList: [
          { failureType: 'FAILED', action: 'CANCEL', thresholdPercentage: 50, minNumberOfExecutedThings: 1 },
        ],
      },
    })
    await busy.ask('start-next')
    await bad.ask('abort/update', { status: 'FAILED' })
    await untilCounts('abort', { FAILED: 1, IN_PROGRESS: 1, CANCELED: 3 })
    expect(await describeJob('abort')).toMatchObject({ status: 'CANCELED', comment: expect.any(String) })
    await busy.ask('abort/update', { status: 'SUCCEEDED' })
    expect(await countsOf('abort')).toEqual({ FAILED: 1, SUCCEEDED: 1, CANCELED: 3 })
  })

  test('tries again after failures and time-outs, each as often as it was said', async () => {
    await using pump = await jobsDevice(local, 'retry')
    await createJob('retry', ['thing/retry'], {
      timeoutConfig: { inProgressTimeoutInMinutes: 5 },
      jobExecutionsRetryConfig: {
        criteriaList: [
          { failureType: 'FAILED', numberOfRetries: 1 },
          { failureType: 'TIMED_OUT', numberOfRetries: 1 },
        ],
      },
    })
    const started = async (executionNumber: number) => {
      expect(await pump.next('notify-next')).toMatchObject({ execution: { executionNumber, status: 'QUEUED' } })
      expect(await pump.ask('start-next')).toMatchObject({ execution: { executionNumber } })
    }
    await started(1)
    await pump.ask('retry/update', { status: 'FAILED' })
    expect(Object.keys(await pump.next('notify-next'))).toEqual(['timestamp'])
    await started(2)
    local.advanceClock(5 * MINUTE)
    expect(Object.keys(await pump.next('notify-next'))).toEqual(['timestamp'])
    await started(3)
    await pump.ask('retry/update', { status: 'FAILED' })
    await untilCounts('retry', { FAILED: 2, TIMED_OUT: 1 })
    expect(await describeJob('retry')).toMatchObject({ status: 'COMPLETED' })
    const { executionSummaries = [] } = await iot.send(new ListJobExecutionsForJobCommand({ jobId: 'retry' }))
    expect(executionSummaries.map(({ jobExecutionSummary }) => jobExecutionSummary?.retryAttempt)).toEqual([0, 1, 2])
  })

  test('a step that takes too long times out before the whole', async () => {
    await using pump = await jobsDevice(local, 'step')
    await createJob('step', ['thing/step'], { timeoutConfig: { inProgressTimeoutInMinutes: 60 } })
    const { execution } = await pump.ask('start-next', { stepTimeoutInMinutes: 2 })
    expect(execution).toMatchObject({ approximateSecondsBeforeTimedOut: 120 })
    local.advanceClock(2 * MINUTE)
    await untilCounts('step', { TIMED_OUT: 1 })
    expect(await pump.refused('step/update', { status: 'SUCCEEDED' })).toMatchObject({ code: 'InvalidStateTransition' })
  })

  test('UpdateJob changes what is to come; retries can only be taken away', async () => {
    await makeThings('update', 30, 'updates')
    await createJob('update', ['thinggroup/updates'], { jobExecutionsRolloutConfig: { maximumPerMinute: 5 } })
    await untilCounts('update', { QUEUED: 5 })
    await iot.send(
      new UpdateJobCommand({
        jobId: 'update',
        description: 'faster',
        jobExecutionsRolloutConfig: { maximumPerMinute: 50 },
      }),
    )
    local.advanceClock(MINUTE)
    await untilCounts('update', { QUEUED: 30 })
    expect(await describeJob('update')).toMatchObject({
      description: 'faster',
      jobExecutionsRolloutConfig: { maximumPerMinute: 50 },
    })
    const jobExecutionsRetryConfig = { criteriaList: [{ failureType: 'FAILED' as const, numberOfRetries: 1 }] }
    await expect(iot.send(new UpdateJobCommand({ jobId: 'update', jobExecutionsRetryConfig }))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidRequestException' }),
    )
  })
})

describe('a continuous job', () => {
  test('reaches who joins its groups and those below, and lets go of who leaves', async () => {
    await makeThings('first', 2, 'floor')
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'room', parentGroupName: 'floor' }))
    await createJob('always', ['thinggroup/floor'], { targetSelection: 'CONTINUOUS' })
    await untilCounts('always', { QUEUED: 2 })
    await makeThings('later', 2)
    await iot.send(new AddThingToThingGroupCommand({ thingName: 'later-1', thingGroupName: 'room' }))
    await untilCounts('always', { QUEUED: 3 })
    await iot.send(new RemoveThingFromThingGroupCommand({ thingName: 'first-1', thingGroupName: 'floor' }))
    await untilCounts('always', { QUEUED: 2, REMOVED: 1 })
    await iot.send(new AddThingToThingGroupCommand({ thingName: 'first-1', thingGroupName: 'floor' }))
    await untilCounts('always', { QUEUED: 3, REMOVED: 1 })
    await iot.send(new DeleteThingCommand({ thingName: 'first-2' }))
    await untilCounts('always', { QUEUED: 2, REMOVED: 2 })
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'other' }))
    await iot.send(new AddThingToThingGroupCommand({ thingName: 'later-2', thingGroupName: 'other' }))
    await iot.send(new AssociateTargetsWithJobCommand({ jobId: 'always', targets: [arnOf('thinggroup/other')] }))
    await untilCounts('always', { QUEUED: 3, REMOVED: 2 })
    expect(await describeJob('always')).toMatchObject({ status: 'IN_PROGRESS', targetSelection: 'CONTINUOUS' })
  })

  test('follows a dynamic group', async () => {
    await iot.send(
      new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } }),
    )
    await makeThings('dynamic', 2)
    const attributes = (site: string) => ({ attributePayload: { attributes: { site } } })
    await iot.send(new UpdateThingCommand({ thingName: 'dynamic-1', ...attributes('north') }))
    await iot.send(
      new CreateDynamicThingGroupCommand({ thingGroupName: 'north', queryString: 'attributes.site:north' }),
    )
    await createJob('dynamic', ['thinggroup/north'], { targetSelection: 'CONTINUOUS' })
    await untilCounts('dynamic', { QUEUED: 1 })
    await iot.send(new UpdateThingCommand({ thingName: 'dynamic-2', ...attributes('north') }))
    await untilCounts('dynamic', { QUEUED: 2 })
    await iot.send(new UpdateThingCommand({ thingName: 'dynamic-1', ...attributes('south') }))
    await untilCounts('dynamic', { QUEUED: 1, REMOVED: 1 })
  })
})

test('a dynamic group gets another query while its things are found: the job goes on, and so do others', async () => {
  await iot.send(
    new UpdateIndexingConfigurationCommand({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } }),
  )
  await makeThings('many', 150, 'static')
  const group = { thingGroupName: 'many', thingGroupProperties: {} }
  await iot.send(new CreateDynamicThingGroupCommand({ ...group, queryString: 'thingName:many-*' }))
  await createJob('changed', ['thinggroup/many'])
  await iot.send(new UpdateDynamicThingGroupCommand({ ...group, queryString: 'thingName:man*' }))
  await createJob('other', ['thinggroup/static'])
  await untilCounts('other', { QUEUED: 150 })
  await untilCounts('changed', { QUEUED: 150 })
})

describe('a schedule', () => {
  const timeIn = (minutes: number) =>
    new Date(Math.ceil(Date.now() / MINUTE) * MINUTE + minutes * MINUTE).toISOString().slice(0, 16).replace('T', ' ')

  test('begins when it is time, and ends with its end behavior', async () => {
    await using pump = await jobsDevice(local, 'timed')
    await makeThings('idle', 1)
    await createJob('timed', ['thing/timed', 'thing/idle-1'], {
      schedulingConfig: { startTime: timeIn(60), endTime: timeIn(120), endBehavior: 'CANCEL' },
    })
    expect(await describeJob('timed')).toMatchObject({ status: 'SCHEDULED' })
    expect(await pump.ask('get')).toMatchObject({ queuedJobs: [] })
    local.advanceClock(61 * MINUTE)
    expect(await pump.next('notify-next')).toMatchObject({ execution: { jobId: 'timed' } })
    await pump.ask('start-next')
    expect(await describeJob('timed')).toMatchObject({ status: 'IN_PROGRESS' })
    local.advanceClock(60 * MINUTE)
    await untilCounts('timed', { IN_PROGRESS: 1, CANCELED: 1 })
    expect(await describeJob('timed')).toMatchObject({ status: 'IN_PROGRESS' })
    await pump.ask('timed/update', { status: 'SUCCEEDED' })
    await until(async () => ((await describeJob('timed')).status === 'COMPLETED' ? true : undefined))
  })

  test('shows what is queued within windows alone', async () => {
    await using pump = await jobsDevice(local, 'window')
    await iot.send(new CreateThingGroupCommand({ thingGroupName: 'windows' }))
    await iot.send(new AddThingToThingGroupCommand({ thingName: 'window', thingGroupName: 'windows' }))
    // A window of ten minutes that opens half an hour from now, every day.
    const opens = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE + 30 * MINUTE)
    const startTime = `cron(${opens.getUTCMinutes()} ${opens.getUTCHours()} * * ? *)`
    await createJob('window', ['thinggroup/windows'], {
      targetSelection: 'CONTINUOUS',
      schedulingConfig: { maintenanceWindows: [{ startTime, durationInMinutes: 10 }] },
    })
    const { scheduledJobRollouts = [], status } = await describeJob('window')
    expect(status).toBe('SCHEDULED')
    expect(scheduledJobRollouts).toHaveLength(7)
    expect(scheduledJobRollouts[0]).toEqual({ startTime: opens.toISOString().slice(0, 16).replace('T', ' ') })
    local.advanceClock(31 * MINUTE)
    expect(await pump.next('notify')).toMatchObject({ jobs: { QUEUED: [{ jobId: 'window' }] } })
    expect(await pump.next('notify-next')).toMatchObject({ execution: { jobId: 'window' } })
    local.advanceClock(10 * MINUTE)
    expect(await pump.next('notify')).toMatchObject({ jobs: {} })
    expect(Object.keys(await pump.next('notify-next'))).toEqual(['timestamp'])
    expect(await pump.ask('start-next')).not.toHaveProperty('execution')
    expect(await describeJob('window')).toMatchObject({ status: 'SCHEDULED' })
    expect(await countsOf('window')).toEqual({ QUEUED: 1 })
    local.advanceClock(24 * 60 * MINUTE - 10 * MINUTE)
    expect(await pump.next('notify-next')).toMatchObject({ execution: { jobId: 'window' } })
  })
})

test('events tell of jobs and executions, where they are on', async () => {
  await iot.send(
    new UpdateEventConfigurationsCommand({
      eventConfigurations: { JOB: { Enabled: true }, JOB_EXECUTION: { Enabled: true } },
    }),
  )
  await using operator = await connectWebSocket(local)
  await operator.mqtt.subscribeAsync(['$aws/events/job/#', '$aws/events/jobExecution/#'], { qos: 1 })
  await using pump = await jobsDevice(local, 'event')
  await createJob('event', ['thing/event'], { description: 'of events' })
  await pump.ask('event/update', { status: 'SUCCEEDED', statusDetails: { version: '2' } })
  expect(await operator.json('$aws/events/jobExecution/event/succeeded')).toEqual({
    eventType: 'JOB_EXECUTION',
    eventId: expect.any(String),
    timestamp: expect.any(Number),
    operation: 'succeeded',
    jobId: 'event',
    thingArn: arnOf('thing/event'),
    status: 'SUCCEEDED',
    statusDetails: { version: '2' },
  })
  const completed = await operator.json('$aws/events/job/event/completed')
  expect(completed).toMatchObject({
    eventType: 'JOB',
    operation: 'completed',
    status: 'COMPLETED',
    targetSelection: 'SNAPSHOT',
    targets: [arnOf('thing/event')],
    description: 'of events',
    jobProcessDetails: { numberOfSucceededThings: 1, numberOfFailedThings: 0 },
  })
  expect(String(completed.timestamp)).toHaveLength(10)
  expect(String(completed.createdAt)).toHaveLength(13)
})

test('a thing that is in two groups of a job executes it once', async () => {
  await makeThings('twice', 1, 'one')
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'two' }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'twice-1', thingGroupName: 'two' }))
  await createJob('twice', ['thing/twice-1', 'thinggroup/one', 'thinggroup/two'])
  await until(async () => ((await describeJob('twice')).jobProcessDetails?.processingTargets ? undefined : true))
  expect(await countsOf('twice')).toEqual({ QUEUED: 1 })
  const which = { jobId: 'twice', thingName: 'twice-1' }
  expect((await iot.send(new DescribeJobExecutionCommand(which))).execution).toMatchObject({ executionNumber: 1 })
})

test('what fails for one execution keeps no other from timing out', async () => {
  const timedOut: string[] = []
  const stumbling: MakeService = ({ database, jobChanges }) => {
    database.run(`CREATE TRIGGER stumble BEFORE UPDATE ON job_executions
      WHEN NEW.thing_name = 'pump-0' AND NEW.status = 'TIMED_OUT' BEGIN SELECT RAISE(ABORT, 'in vain'); END`)
    jobChanges.subscribe((change) => {
      if (change.type === 'execution' && change.operation === 'timed_out') timedOut.push(change.thingName)
    })
    return { name: 'stumbling' }
  }
  await using other = await startWithServices([stumbling])
  const [control, data] = [new IoTClient(other.sdk), new IoTJobsDataPlaneClient(other.sdk)]
  const names = ['pump-0', 'pump-1', 'pump-2']
  for (const thingName of names) {
    await control.send(new CreateThingCommand({ thingName }))
    const timeoutConfig = { inProgressTimeoutInMinutes: 1 }
    const targets = [arnOf(`thing/${thingName}`)]
    await control.send(new CreateJobCommand({ jobId: thingName, targets, document: '{}', timeoutConfig }))
    await until(async () => (await data.send(new StartNextPendingJobExecutionCommand({ thingName }))).execution)
  }
  other.server.advanceClock(MINUTE)
  await until(async () => timedOut.length >= 2 || undefined)
  expect(timedOut).toEqual(['pump-1', 'pump-2'])
  control.destroy()
  data.destroy()
})
