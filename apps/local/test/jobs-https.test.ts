import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { CreateJobCommand, CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import {
  DescribeJobExecutionCommand,
  GetPendingJobExecutionsCommand,
  IoTJobsDataPlaneClient,
  StartNextPendingJobExecutionCommand,
  UpdateJobExecutionCommand,
} from '@aws-sdk/client-iot-jobs-data-plane'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice, policyOf } from './support/device.ts'
import { type LimitedRole, limitedRole } from './support/limited-role.ts'

let local: Local
let iot: IoTClient
let data: IoTJobsDataPlaneClient
let role: LimitedRole

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  data = new IoTJobsDataPlaneClient(local.sdk)
  role = await limitedRole(local)
})
afterAll(async () => {
  iot.destroy()
  data.destroy()
  role.close()
  await local.close()
})

async function makeJob(thingName: string): Promise<void> {
  await iot.send(new CreateThingCommand({ thingName }))
  const targets = [`arn:aws:iot:us-east-1:123456789012:thing/${thingName}`]
  await iot.send(new CreateJobCommand({ jobId: thingName, targets, document: '{"op":"x"}' }))
}

test('an execution from its beginning to its end', async () => {
  await makeJob('signed')
  const thingName = 'signed'
  expect(await data.send(new GetPendingJobExecutionsCommand({ thingName }))).toMatchObject({
    inProgressJobs: [],
    queuedJobs: [{ jobId: 'signed', versionNumber: 1, executionNumber: 1 }],
  })
  const started = await data.send(
    new StartNextPendingJobExecutionCommand({ thingName, statusDetails: { a: '1' }, stepTimeoutInMinutes: 5 }),
  )
  expect(started.execution).toMatchObject({
    status: 'IN_PROGRESS',
    statusDetails: { a: '1' },
    jobDocument: '{"op":"x"}',
    approximateSecondsBeforeTimedOut: expect.any(Number),
  })
  const which = { thingName, jobId: 'signed' }
  const described = await data.send(new DescribeJobExecutionCommand({ ...which, includeJobDocument: false }))
  expect(described.execution).not.toHaveProperty('jobDocument')
  const update = { ...which, status: 'IN_PROGRESS' as const }
  await expect(data.send(new UpdateJobExecutionCommand({ ...update, expectedVersion: 9 }))).rejects.toThrow(
    expect.objectContaining({ name: 'InvalidStateTransitionException' }),
  )
  expect(
    await data.send(
      new UpdateJobExecutionCommand({ ...update, includeJobExecutionState: true, includeJobDocument: true }),
    ),
  ).toMatchObject({ executionState: { status: 'IN_PROGRESS', versionNumber: 3 }, jobDocument: '{"op":"x"}' })
  await data.send(new UpdateJobExecutionCommand({ ...which, status: 'SUCCEEDED' }))
  await expect(data.send(new DescribeJobExecutionCommand(which))).rejects.toMatchObject({
    name: 'TerminalStateException',
    $metadata: { httpStatusCode: 410 },
  })
  expect(await data.send(new StartNextPendingJobExecutionCommand({ thingName }))).not.toHaveProperty('execution')
  await expect(data.send(new GetPendingJobExecutionsCommand({ thingName: 'nobody' }))).rejects.toThrow(
    expect.objectContaining({ name: 'ResourceNotFoundException' }),
  )
})

test('a role may do what its policy says, by either name of the action', async () => {
  await makeJob('of-role')
  const client = new IoTJobsDataPlaneClient({ ...local.sdk, credentials: role.credentials })
  const get = (thingName: string) => client.send(new GetPendingJobExecutionsCommand({ thingName }))
  const Resource = 'arn:aws:iot:us-east-1:123456789012:thing/of-role'
  await role.allow({ Effect: 'Allow', Action: 'iotjobsdata:GetPendingJobExecutions', Resource })
  expect((await get('of-role')).queuedJobs).toHaveLength(1)
  await expect(get('signed')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
  await role.allow({ Effect: 'Allow', Action: 'iot:GetPendingJobExecutions', Resource })
  expect((await get('of-role')).queuedJobs).toHaveLength(1)
  await role.allow(
    { Effect: 'Allow', Action: 'iot:GetPendingJobExecutions', Resource },
    { Effect: 'Deny', Action: 'iotjobsdata:*', Resource },
  )
  await expect(get('of-role')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } })
  client.destroy()
})

test('a device with its certificate may do what its IoT policy says', async () => {
  await makeJob('of-device')
  const policy = policyOf(['Allow', 'iotjobsdata:StartNextPendingJobExecution', 'thing/of-device'])
  const device = await makeDevice(local, { policy })
  const started = await call(device, 'PUT', '/things/of-device/jobs/$next', '{"statusDetails":{"a":"1"}}')
  expect(started.status).toBe(200)
  expect(JSON.parse(started.text)).toMatchObject({ execution: { jobId: 'of-device', status: 'IN_PROGRESS' } })
  expect((await call(device, 'GET', '/things/of-device/jobs')).status).toBe(403)
  expect((await call(device, 'PUT', '/things/of-role/jobs/$next', '{}')).status).toBe(403)
  const may = await makeDevice(local, { policy: policyOf(['Allow', 'iot:GetPendingJobExecutions', 'thing/of-device']) })
  const pending = await call(may, 'GET', '/things/of-device/jobs')
  expect(JSON.parse(pending.text)).toMatchObject({ inProgressJobs: [{ jobId: 'of-device' }], queuedJobs: [] })
})

/** As a device calls over mutual TLS: nothing is signed. */
async function call(device: DeviceIdentity, method: string, path: string, body = '') {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; text: string }>()
  const url = new URL(path, local.urls.https)
  const sent = request(
    url,
    { method, ca: local.rootCa, cert: device.cert, key: device.key, agent: false },
    (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode, text: answer }), reject)
    },
  )
  sent.on('error', reject)
  sent.end(body)
  return promise
}
