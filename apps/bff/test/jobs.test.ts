import { readFileSync } from 'node:fs'
import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  SetV2LoggingOptionsCommand,
} from '@aws-sdk/client-iot'
import type {
  AuditPage,
  Job,
  JobExecution,
  JobExecutionCauses,
  JobExecutionPage,
  JobLook,
  JobPage,
  JobTargetsCount,
  NewJob,
  OpenJobExecutions,
} from '@thingdeck/contract'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let iot: IoTClient
const ada = new Browser()
const devices: MqttClient[] = []

beforeAll(async () => {
  console = await startConsole()
  await signIn(ada, console.url, 'ada')
  iot = new IoTClient(console.sdk)
  const allow = (policyName: string, Action: string | string[]) =>
    iot.send(
      new CreatePolicyCommand({
        policyName,
        policyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
        }),
      }),
    )
  await allow('all', 'iot:*')
  await allow(TELLS_NOBODY, ['iot:Connect', 'iot:Publish'])
})
afterAll(async () => {
  await Promise.all(devices.map((device) => device.endAsync(true)))
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, body?: object) => ask<Answer>(ada, console.url, method, path, body)

/** Of a device that may connect and publish, and subscribe to nothing. */
const TELLS_NOBODY = 'no-subscriptions'

/** A thing whose device is connected. */
async function connect(thingName: string, policyName = 'all'): Promise<MqttClient> {
  const {
    certificateArn = '',
    certificatePem = '',
    keyPair,
  } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }))
  const device = await mqtt.connectAsync(console.server.mqtts, {
    clientId: thingName,
    protocolVersion: 5,
    reconnectPeriod: 0,
    ca: readFileSync(console.server.rootCaPath),
    cert: certificatePem,
    key: keyPair?.PrivateKey ?? '',
  })
  devices.push(device)
  return device
}

/** What AWS would have it answer: the answers of one device, as they come. */
const update = (device: MqttClient, thingName: string, jobId: string, document: object) =>
  device.publishAsync(`$aws/things/${thingName}/jobs/${jobId}/update`, JSON.stringify(document), { qos: 1 })

const create = (jobId: string, thingNames: string[], more: Partial<NewJob> = {}) =>
  call<{ jobId: string; code?: string }>('POST', '/api/jobs', {
    jobId,
    targets: { thingNames, thingGroupNames: [] },
    targetSelection: 'SNAPSHOT',
    document: '{"operation":"install"}',
    ...more,
  })

/** Executions are made in the background. */
/** A job is completed soon after its last execution, and not with it. */
const until = (jobId: string, counts: Partial<Job['counts']>, status?: Job['status']) =>
  vi.waitFor(
    async () => {
      const { body } = await call<Job>('GET', `/api/jobs/${jobId}`)
      expect(body).toMatchObject({ counts, ...(status !== undefined && { status }) })
      return body
    },
    { timeout: 20_000 },
  )

test('a job goes through: its sums, its executions, what the device said, and the trail', async () => {
  const [good, bad] = [await connect('good-1'), await connect('bad-1')]
  const made = await create('fw-1', ['good-1', 'bad-1'], {
    description: 'the new pump control',
    jobExecutionsRolloutConfig: {
      maximumPerMinute: 50,
      exponentialRate: {
        baseRatePerMinute: 5,
        incrementFactor: 1.5,
        rateIncreaseCriteria: { numberOfSucceededThings: 5 },
      },
    },
    abortConfig: {
      criteriaList: [
        { failureType: 'ALL', action: 'CANCEL', thresholdPercentage: 90.5, minNumberOfExecutedThings: 10 },
      ],
    },
    timeoutConfig: { inProgressTimeoutInMinutes: 30 },
    tags: { team: 'pumps' },
  })
  expect(made).toMatchObject({ status: 200, body: { jobId: 'fw-1' } })
  await until('fw-1', { QUEUED: 2 })

  await update(good, 'good-1', 'fw-1', { status: 'IN_PROGRESS', statusDetails: { step: 'download' } })
  await update(good, 'good-1', 'fw-1', { status: 'SUCCEEDED', statusDetails: { step: 'done' } })
  await update(bad, 'bad-1', 'fw-1', { status: 'FAILED', statusDetails: { reason: 'no room' } })
  const job = await until('fw-1', { QUEUED: 0, IN_PROGRESS: 0, SUCCEEDED: 1, FAILED: 1 }, 'COMPLETED')
  expect(job).toMatchObject({
    description: 'the new pump control',
    document: '{"operation":"install"}',
    targetSelection: 'SNAPSHOT',
    timeoutConfig: { inProgressTimeoutInMinutes: 30 },
    jobExecutionsRolloutConfig: { exponentialRate: { incrementFactor: 1.5 } },
    abortConfig: { criteriaList: [{ thresholdPercentage: 90.5 }] },
    tags: { team: 'pumps' },
  })
  const { body: looks } = await call<{ jobs: JobLook[] }>('GET', '/api/job-looks?jobId=fw-1&jobId=gone')
  expect(looks.jobs).toMatchObject([{ jobId: 'fw-1', counts: { SUCCEEDED: 1, FAILED: 1 }, isRollingOut: false }])
  const { body: list } = await call<JobPage>('GET', '/api/jobs?status=COMPLETED')
  expect(list.jobs.map(({ jobId }) => jobId)).toContain('fw-1')

  const { body: failed } = await call<JobExecutionPage>('GET', '/api/jobs/fw-1/executions?status=FAILED')
  expect(failed.executions).toMatchObject([{ thingName: 'bad-1', status: 'FAILED', executionNumber: 1 }])
  const { body: said } = await call<JobExecution>('GET', '/api/things/bad-1/jobs/fw-1')
  expect(said).toMatchObject({ status: 'FAILED', statusDetails: { reason: 'no room' }, executionNumber: 1 })
  const { body: history } = await call<JobExecutionPage>('GET', '/api/things/bad-1/jobs')
  expect(history.executions).toMatchObject([{ jobId: 'fw-1', thingName: 'bad-1', status: 'FAILED' }])

  const { body: trail } = await call<AuditPage>('GET', '/api/audit?action=CreateJob')
  expect(trail.entries[0]).toMatchObject({ action: 'CreateJob', resource: { type: 'job', id: 'fw-1' } })
})

test('why a device does not begin: it is not subscribed, and another job comes first', async () => {
  const device = await connect('deaf-1')
  await create('first', ['deaf-1'])
  await until('first', { QUEUED: 1 })
  await create('second', ['deaf-1'])
  await until('second', { QUEUED: 1 })
  const causes = async () => (await call<JobExecutionCauses>('GET', '/api/things/deaf-1/jobs/second/causes')).body
  expect(await causes()).toMatchObject({
    thing: { thingName: 'deaf-1', connected: true, clientId: 'deaf-1' },
    ahead: [{ jobId: 'first', status: 'QUEUED' }],
    subscriptions: { outcome: 'read', filters: [] },
    notified: { outcome: 'logging-off' },
  })
  await device.subscribeAsync('$aws/things/deaf-1/jobs/notify-next', { qos: 1 })
  await update(device, 'deaf-1', 'first', { status: 'SUCCEEDED' })
  await until('first', { SUCCEEDED: 1 })
  expect(await causes()).toMatchObject({
    ahead: [],
    subscriptions: { outcome: 'read', filters: ['$aws/things/deaf-1/jobs/notify-next'] },
  })
  const { body: open } = await call<OpenJobExecutions>('GET', '/api/jobs/second/open-executions')
  expect(open).toMatchObject({
    isAll: true,
    executions: [{ thingName: 'deaf-1', status: 'QUEUED', thing: { connected: true } }],
  })
})

test('what is in progress is canceled by force alone', async () => {
  const device = await connect('slow-1')
  await create('slow', ['slow-1'])
  await until('slow', { QUEUED: 1 })
  await update(device, 'slow-1', 'slow', { status: 'IN_PROGRESS' })
  await until('slow', { IN_PROGRESS: 1 })
  const cancel = (force: boolean) => call('POST', '/api/things/slow-1/jobs/slow/cancellation', { force })
  expect(await cancel(false)).toMatchObject({ status: 409, body: { code: 'InvalidStateTransitionException' } })
  expect((await cancel(true)).status).toBe(204)
  await until('slow', { IN_PROGRESS: 0, CANCELED: 1 })

  await create('whole', ['slow-1'])
  await until('whole', { QUEUED: 1 })
  const words = { force: false, reasonCode: 'PAUSED', comment: 'for the night' }
  expect((await call('POST', '/api/jobs/whole/cancellation', words)).status).toBe(204)
  const { body } = await call<Job>('GET', '/api/jobs/whole')
  expect(body).toMatchObject({ status: 'CANCELED', reasonCode: 'PAUSED', comment: 'for the night' })
})

test('of a job that is still being rolled out it is said that those that were told are not all', async () => {
  for (const thingName of ['slowly-1', 'slowly-2']) await iot.send(new CreateThingCommand({ thingName }))
  await create('slowly', ['slowly-1', 'slowly-2'], { jobExecutionsRolloutConfig: { maximumPerMinute: 1 } })
  await until('slowly', { QUEUED: 1 })
  const { body } = await call<{ jobs: JobLook[] }>('GET', '/api/job-looks?jobId=slowly')
  expect(body.jobs).toMatchObject([{ counts: { QUEUED: 1 }, isRollingOut: true }])
  const { processingTargets } = (await call<Job>('GET', '/api/jobs/slowly')).body
  expect(processingTargets).toEqual([expect.stringMatching(/:thing\/slowly-2$/)])
})

test('targets are counted with those that are connected; a name twice counts once, and those that are not there are named', async () => {
  await connect('count-1')
  await iot.send(new CreateThingCommand({ thingName: 'count-2' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'counted' }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'count-2', thingGroupName: 'counted' }))
  const count = async (body: object) => (await call<JobTargetsCount>('POST', '/api/job-targets', body)).body
  expect(await count({ thingNames: ['count-1', 'count-2', 'count-2'], thingGroupNames: [] })).toMatchObject({
    count: 2,
    connected: 1,
    isAtLeast: false,
    missing: [],
  })
  expect(await count({ thingNames: ['count-1'], thingGroupNames: ['counted'] })).toMatchObject({ count: 2 })
  const missing = { missing: ['count-9'] }
  expect(await count({ thingNames: ['count-1', 'count-9', 'count-9'], thingGroupNames: [] })).toMatchObject(missing)
  expect(await count({ thingNames: ['count-9'], thingGroupNames: ['counted'] })).toMatchObject(missing)
})

test('the log says what the device itself was told, asked and was refused, and not what others were', async () => {
  await iot.send(
    new SetV2LoggingOptionsCommand({
      roleArn: 'arn:aws:iam::123456789012:role/thingdeck/logs',
      defaultLogLevel: 'DEBUG',
    }),
  )
  const jobs = '$aws/things/told-1/jobs'
  const [device, other] = [await connect('told-1', TELLS_NOBODY), await connect('looks-on')]
  await other.subscribeAsync(`${jobs}/notify`, { qos: 1 })
  await expect(device.subscribeAsync(`${jobs}/notify-next`, { qos: 1 })).rejects.toThrow()
  const heard = new Promise((resolve) => other.once('message', resolve))
  await create('told', ['told-1'])
  await heard
  const causes = async () =>
    (await call<JobExecutionCauses>('GET', '/api/things/told-1/jobs/told/causes')).body.notified
  await vi.waitFor(
    async () => {
      const notified = await causes()
      expect(notified).toMatchObject({
        outcome: 'read',
        refused: {
          eventType: 'Subscribe',
          topicName: `${jobs}/notify-next`,
          why: expect.stringContaining('AUTHORIZATION'),
        },
      })
      expect(notified.at).toBeUndefined()
    },
    { timeout: 20_000 },
  )
})

test('AWS refuses in its own words', async () => {
  await iot.send(new CreateThingCommand({ thingName: 'once-1' }))
  await create('twice', ['once-1'])
  expect(await create('twice', ['once-1'], { document: '{"other":1}' })).toMatchObject({
    status: 409,
    body: { code: 'ResourceAlreadyExistsException' },
  })
  expect(await call('GET', '/api/jobs/none')).toMatchObject({
    status: 404,
    body: { code: 'ResourceNotFoundException' },
  })
})
