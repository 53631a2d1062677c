import {
  CancelJobCommand,
  CancelJobExecutionCommand,
  CreateJobCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeleteJobCommand,
  DeleteJobExecutionCommand,
  DescribeJobCommand,
  DescribeJobExecutionCommand,
  IoTClient,
  ListJobExecutionsForJobCommand,
  ListJobExecutionsForThingCommand,
  ListJobsCommand,
  type ListJobsCommandInput,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { jobsDevice } from './support/jobs-device.ts'

let local: Local
let iot: IoTClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
})
afterAll(async () => {
  iot.destroy()
  await local.close()
})

const arnOf = (thingName: string) => `arn:aws:iot:us-east-1:123456789012:thing/${thingName}`

/** A job on some things; its document says which job it is. */
const createJob = (jobId: string, thingNames: readonly string[], more: object = {}) =>
  iot.send(
    new CreateJobCommand({ jobId, targets: thingNames.map(arnOf), document: JSON.stringify({ op: jobId }), ...more }),
  )

const describeJob = async (jobId: string) => (await iot.send(new DescribeJobCommand({ jobId }))).job

const deviceOf = (thingName: string) => jobsDevice(local, thingName)

describe('a device over MQTT', () => {
  test('takes a job, tells how it goes, and brings it to its end', async () => {
    await using pump = await deviceOf('pump-1')
    await createJob('first', ['pump-1'], { description: 'the first' })
    expect(await pump.next('notify')).toEqual({
      timestamp: expect.any(Number),
      jobs: {
        QUEUED: [
          {
            jobId: 'first',
            queuedAt: expect.any(Number),
            lastUpdatedAt: expect.any(Number),
            versionNumber: 1,
            executionNumber: 1,
          },
        ],
      },
    })
    expect(await pump.next('notify-next')).toEqual({
      timestamp: expect.any(Number),
      execution: {
        jobId: 'first',
        status: 'QUEUED',
        queuedAt: expect.any(Number),
        lastUpdatedAt: expect.any(Number),
        versionNumber: 1,
        executionNumber: 1,
        jobDocument: { op: 'first' },
      },
    })
    expect(await pump.ask('get', { clientToken: 'c1' })).toMatchObject({
      clientToken: 'c1',
      inProgressJobs: [],
      queuedJobs: [{ jobId: 'first' }],
    })
    expect(await pump.ask('start-next', { statusDetails: { step: 'fetch' }, clientToken: 'c2' })).toMatchObject({
      clientToken: 'c2',
      execution: {
        jobId: 'first',
        thingName: 'pump-1',
        status: 'IN_PROGRESS',
        statusDetails: { step: 'fetch' },
        versionNumber: 2,
        executionNumber: 1,
        startedAt: expect.any(Number),
        jobDocument: { op: 'first' },
      },
    })
    const progress = { status: 'IN_PROGRESS', statusDetails: { step: 'write' }, expectedVersion: '2' }
    expect(await pump.ask('first/update', { ...progress, includeJobExecutionState: true })).toMatchObject({
      executionState: { status: 'IN_PROGRESS', statusDetails: { step: 'write' }, versionNumber: 3 },
    })
    expect(await pump.refused('first/update', { ...progress, clientToken: 'c3' })).toMatchObject({
      code: 'VersionMismatch',
      clientToken: 'c3',
      executionState: { status: 'IN_PROGRESS', versionNumber: 3 },
    })
    expect(await pump.ask('$next/get', { includeJobDocument: false })).toMatchObject({ execution: { jobId: 'first' } })
    expect(await pump.rest()).toEqual([])
    await pump.ask('first/update', { status: 'SUCCEEDED' })
    expect(await pump.next('notify')).toMatchObject({ jobs: {} })
    expect(Object.keys(await pump.next('notify-next'))).toEqual(['timestamp'])
    expect(await pump.refused('first/update', { status: 'IN_PROGRESS' })).toMatchObject({
      code: 'InvalidStateTransition',
      executionState: { status: 'SUCCEEDED', versionNumber: 4 },
    })
    expect(await pump.refused('first/get')).toMatchObject({ code: 'TerminalStateReached' })
    expect(await pump.ask('start-next')).not.toHaveProperty('execution')
    expect(await describeJob('first')).toMatchObject({
      status: 'COMPLETED',
      description: 'the first',
      completedAt: expect.any(Date),
      jobProcessDetails: { numberOfSucceededThings: 1, numberOfQueuedThings: 0 },
    })
    const { execution } = await iot.send(new DescribeJobExecutionCommand({ jobId: 'first', thingName: 'pump-1' }))
    expect(execution).toMatchObject({
      status: 'SUCCEEDED',
      statusDetails: { detailsMap: { step: 'write' } },
      thingArn: arnOf('pump-1'),
      versionNumber: 4,
    })
  })

  // The example of the developer guide, "Jobs notifications".
  test('is told of what is pending exactly when that is something else', async () => {
    await using pump = await deviceOf('pump-2')
    await createJob('j1', ['pump-2'])
    await pump.next('notify')
    await pump.next('notify-next')
    await createJob('j2', ['pump-2'])
    expect(await pump.next('notify')).toMatchObject({ jobs: { QUEUED: [{ jobId: 'j1' }, { jobId: 'j2' }] } })
    await createJob('j3', ['pump-2'])
    await pump.next('notify')
    expect(await pump.rest()).toEqual([])
    await pump.ask('start-next')
    expect(await pump.rest()).toEqual([])
    await pump.ask('j1/update', { status: 'SUCCEEDED' })
    expect(await pump.next('notify')).toMatchObject({ jobs: { QUEUED: [{ jobId: 'j2' }, { jobId: 'j3' }] } })
    expect(await pump.next('notify-next')).toMatchObject({ execution: { jobId: 'j2' } })
    await pump.ask('j3/update', { status: 'IN_PROGRESS' })
    expect(await pump.next('notify-next')).toMatchObject({ execution: { jobId: 'j3', status: 'IN_PROGRESS' } })
    expect(await pump.rest()).toEqual([])
  })

  test.each<[operation: string, payload: object | string, code: string]>([
    ['get', '{', 'InvalidJson'],
    ['get', '[]', 'InvalidRequest'],
    ['nowhere/get', {}, 'ResourceNotFound'],
    ['nowhere/update', { status: 'SUCCEEDED' }, 'ResourceNotFound'],
    ['bad/update', {}, 'InvalidRequest'],
    ['bad/update', { status: 'QUEUED' }, 'InvalidRequest'],
    ['bad/update', { status: 'IN_PROGRESS', statusDetails: { 'a b': 'x' } }, 'InvalidRequest'],
    ['bad/update', { status: 'IN_PROGRESS', statusDetails: { a: 1 } }, 'InvalidRequest'],
    ['bad/update', { status: 'IN_PROGRESS', stepTimeoutInMinutes: 0 }, 'InvalidRequest'],
    ['start-next', { stepTimeoutInMinutes: 10_081 }, 'InvalidRequest'],
    ['$next/update', { status: 'SUCCEEDED' }, 'InvalidTopic'],
  ])('%s with %j is refused: %s', async (operation, payload, code) => {
    const thingName = `bad-${crypto.randomUUID()}`
    await using pump = await deviceOf(thingName)
    const jobs = await iot.send(new ListJobsCommand({}))
    if (jobs.jobs?.some(({ jobId }) => jobId === 'bad'))
      await iot.send(new DeleteJobCommand({ jobId: 'bad', force: true }))
    await createJob('bad', [thingName])
    expect(await pump.refused(operation, payload)).toMatchObject({ code, message: expect.any(String) })
  })
})

describe('an operator', () => {
  test('cancels a job: what is queued, and by force what is in progress too', async () => {
    await using pump = await deviceOf('cancel-1')
    await iot.send(new CreateThingCommand({ thingName: 'cancel-2' }))
    await createJob('cancel', ['cancel-1', 'cancel-2'])
    await pump.next('notify-next')
    await pump.ask('start-next')
    await iot.send(new CancelJobCommand({ jobId: 'cancel', reasonCode: 'WRONG', comment: 'not this one' }))
    expect(await describeJob('cancel')).toMatchObject({
      status: 'CANCELED',
      reasonCode: 'WRONG',
      comment: 'not this one',
      jobProcessDetails: { numberOfCanceledThings: 1, numberOfInProgressThings: 1 },
    })
    await iot.send(new CancelJobCommand({ jobId: 'cancel', force: true }))
    expect(await describeJob('cancel')).toMatchObject({
      forceCanceled: true,
      jobProcessDetails: { numberOfCanceledThings: 2, numberOfInProgressThings: 0 },
    })
    expect(await pump.refused('cancel/update', { status: 'SUCCEEDED' })).toMatchObject({
      code: 'InvalidStateTransition',
      executionState: { status: 'CANCELED' },
    })
    const { execution } = await iot.send(new DescribeJobExecutionCommand({ jobId: 'cancel', thingName: 'cancel-1' }))
    expect(execution).toMatchObject({ status: 'CANCELED', forceCanceled: true })
  })

  test('cancels and deletes one execution; one in progress by force alone', async () => {
    await using pump = await deviceOf('one-1')
    await createJob('one', ['one-1'])
    await pump.next('notify-next')
    await pump.next('notify')
    await pump.ask('start-next')
    const which = { jobId: 'one', thingName: 'one-1' }
    await expect(iot.send(new CancelJobExecutionCommand(which))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidStateTransitionException' }),
    )
    await expect(
      iot.send(new CancelJobExecutionCommand({ ...which, force: true, expectedVersion: 7 })),
    ).rejects.toThrow(expect.objectContaining({ name: 'VersionConflictException' }))
    await expect(iot.send(new DeleteJobExecutionCommand({ ...which, executionNumber: 1 }))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidStateTransitionException' }),
    )
    await iot.send(new DeleteJobExecutionCommand({ ...which, executionNumber: 1, force: true }))
    expect(await pump.next('notify')).toMatchObject({ jobs: {} })
    expect(Object.keys(await pump.next('notify-next'))).toEqual(['timestamp'])
    expect(await pump.refused('one/update', { status: 'SUCCEEDED' })).toMatchObject({ code: 'ResourceNotFound' })
  })

  test('deletes a job that has ended, and any by force; its id may be used again', async () => {
    await iot.send(new CreateThingCommand({ thingName: 'delete-1' }))
    await createJob('delete', ['delete-1'])
    await expect(createJob('delete', ['delete-1'])).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceAlreadyExistsException' }),
    )
    await expect(iot.send(new DeleteJobCommand({ jobId: 'delete' }))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidStateTransitionException' }),
    )
    await iot.send(new DeleteJobCommand({ jobId: 'delete', force: true }))
    await expect(describeJob('delete')).rejects.toThrow(expect.objectContaining({ name: 'ResourceNotFoundException' }))
    await createJob('delete', ['delete-1'])
    expect(await describeJob('delete')).toMatchObject({ status: 'IN_PROGRESS' })
  })

  test('lists jobs, the executions of a job and of a thing, page by page', async () => {
    const names = ['list-1', 'list-2', 'list-3']
    for (const thingName of names) await iot.send(new CreateThingCommand({ thingName }))
    await createJob('list-a', names)
    await createJob('list-b', names.slice(0, 1), { targetSelection: 'CONTINUOUS' })
    const first = await iot.send(new ListJobExecutionsForJobCommand({ jobId: 'list-a', maxResults: 2 }))
    const { nextToken } = first
    const second = await iot.send(new ListJobExecutionsForJobCommand({ jobId: 'list-a', maxResults: 2, nextToken }))
    expect(
      [first, second].map(({ executionSummaries = [] }) => executionSummaries.map(({ thingArn }) => thingArn)),
    ).toEqual([[arnOf('list-1'), arnOf('list-2')], [arnOf('list-3')]])
    expect(first.executionSummaries?.[0]?.jobExecutionSummary).toMatchObject({
      status: 'QUEUED',
      executionNumber: 1,
      retryAttempt: 0,
    })
    const ofThing = await iot.send(new ListJobExecutionsForThingCommand({ thingName: 'list-1' }))
    expect(ofThing.executionSummaries?.map(({ jobId }) => jobId)).toEqual(['list-b', 'list-a'])
    const continuous = await iot.send(new ListJobsCommand({ targetSelection: 'CONTINUOUS' }))
    expect(continuous.jobs?.map(({ jobId }) => jobId)).toEqual(['list-b'])
    const { thingGroupId, thingGroupArn = '' } = await iot.send(
      new CreateThingGroupCommand({ thingGroupName: 'listed' }),
    )
    await createJob('list-c', [], { targets: [thingGroupArn] })
    const ofGroup = async (filter: Pick<ListJobsCommandInput, 'thingGroupId' | 'thingGroupName'>) =>
      (await iot.send(new ListJobsCommand(filter))).jobs?.map(({ jobId }) => jobId)
    expect(await ofGroup({ thingGroupId })).toEqual(['list-c'])
    expect(await ofGroup({ thingGroupId, thingGroupName: 'listed' })).toEqual(['list-c'])
    expect(await ofGroup({ thingGroupId, thingGroupName: 'other' })).toEqual([])
    expect(await ofGroup({ thingGroupId: 'none' })).toEqual([])
  })

  test('is told of targets that are not there, and of documents that are none', async () => {
    const refusal = (name: string) => expect.objectContaining({ name })
    await expect(createJob('nobody', ['nobody'])).rejects.toThrow(refusal('ResourceNotFoundException'))
    await expect(createJob('nobody', [], { targets: ['arn:x'] })).rejects.toThrow(refusal('InvalidRequestException'))
    await expect(createJob('nobody', ['pump-1'], { document: '{' })).rejects.toThrow(refusal('InvalidRequestException'))
  })
})
