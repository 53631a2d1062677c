import {
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DeprecateThingTypeCommand,
  DescribeBillingGroupCommand,
  DescribeThingCommand,
  DescribeThingGroupCommand,
  DescribeThingTypeCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
} from '@aws-sdk/client-iot'
import { CreateBucketCommand, DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type {
  AuditPage,
  BulkChange,
  BulkChangeCertificates,
  BulkChangeResults,
  PlannedThing,
  RegistrationPartFindings,
  RegistrationReport,
  RegistrationTask,
  RegistrationTaskPage,
} from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { keyAndRequest } from './certificate-requests.ts'
import { startConsole, type TestConsole } from './console.ts'

const PATIENCE = { timeout: 25_000, interval: 100 }
const ROLE = 'arn:aws:iam::123456789012:role/registers'
const BUCKET = 'factory'
/** S3 is a process that is started first. */
const STARTS_MS = 60_000

let console: TestConsole
let iot: IoTClient
let s3: S3Client
const grace = new Browser()

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  iot = new IoTClient(console.sdk)
  s3 = new S3Client({ ...console.sdk, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
  })
  await iot.send(new CreatePolicyCommand({ policyName: 'device', policyDocument }))
  for (const thingTypeName of ['pump', 'old']) await iot.send(new CreateThingTypeCommand({ thingTypeName }))
  await iot.send(new DeprecateThingTypeCommand({ thingTypeName: 'old' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'halls' }))
  await iot.send(new CreateThingCommand({ thingName: 'there', attributePayload: { attributes: { site: 'north' } } }))
}, STARTS_MS)
afterAll(async () => {
  iot.destroy()
  s3.destroy()
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, body?: object) =>
  ask<Answer>(grace, console.url, method, `/api${path}`, body)

async function create(newThings: readonly PlannedThing[], more: object = {}) {
  const change = { kind: 'create', policyName: 'device', source: 'pumps.csv' }
  const request = { targets: { newThings }, change, dryRun: false, requestsPerSecond: 100, ...more }
  const { body } = await call<BulkChange>('POST', '/bulk-changes', request)
  return vi.waitFor(async () => {
    const { body: now } = await call<BulkChange>('GET', `/bulk-changes/${body.bulkChangeId}`)
    expect(now.endedAt).toBeDefined()
    return now
  }, PATIENCE)
}

test('which names are taken', async () => {
  const { body } = await call('POST', '/registrations/taken-names', { thingNames: ['new-1', 'there', 'new-2'] })
  expect(body).toEqual({ takenNames: ['there'] })
})

test('what things are made with is looked for, and made where it is missing', async () => {
  const parts = {
    thingTypeNames: ['pump', 'old', 'fan'],
    thingGroupNames: ['halls', 'yard'],
    billingGroupNames: ['c-7'],
  }
  const check = async () => (await call<RegistrationPartFindings>('POST', '/registrations/parts/check', parts)).body
  expect(await check()).toEqual({
    findings: [
      { kind: 'thing-type', name: 'old', state: 'deprecated' },
      { kind: 'thing-type', name: 'fan', state: 'missing' },
      { kind: 'thing-group', name: 'yard', state: 'missing' },
      { kind: 'billing-group', name: 'c-7', state: 'missing' },
    ],
  })
  const missing = { thingTypeNames: ['fan'], thingGroupNames: ['yard'], billingGroupNames: ['c-7'] }
  expect((await call('POST', '/registrations/parts', missing)).status).toBe(204)
  expect((await check()).findings).toEqual([{ kind: 'thing-type', name: 'old', state: 'deprecated' }])
  await iot.send(new DescribeThingTypeCommand({ thingTypeName: 'fan' }))
  await iot.send(new DescribeThingGroupCommand({ thingGroupName: 'yard' }))
  await iot.send(new DescribeBillingGroupCommand({ billingGroupName: 'c-7' }))
})

test('new things get their type, attributes, groups, certificate and policy; a name that is taken is left alone', async () => {
  const { certificateSigningRequest } = await keyAndRequest('pump-1')
  const one = { thingName: 'pump-1', thingTypeName: 'pump', attributes: { site: 'hall/2' }, thingGroupNames: ['halls'] }
  const ended = await create([
    { ...one, certificateSigningRequest },
    { thingName: 'pump-2' },
    { thingName: 'there' },
    { thingName: 'pump-3', thingTypeName: 'none-such' },
  ])
  expect(ended).toMatchObject({ state: 'done', counts: { changed: 2, 'left-out': 1, failed: 1 }, total: 4 })
  const path = `/bulk-changes/${ended.bulkChangeId}`
  const { results } = (await call<BulkChangeResults>('GET', `${path}/results`)).body
  expect(results).toMatchObject([
    { target: 'pump-1', outcome: 'changed', certificateId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { target: 'pump-2', outcome: 'changed' },
    { target: 'there', outcome: 'left-out', message: 'There is a thing of this name already: it stays as it is.' },
    { target: 'pump-3', outcome: 'failed', code: 'ResourceNotFoundException' },
  ])
  const described = await iot.send(new DescribeThingCommand({ thingName: 'pump-1' }))
  expect(described).toMatchObject({ thingTypeName: 'pump', attributes: { site: 'hall/2' } })
  const { thingGroups } = await iot.send(new ListThingGroupsForThingCommand({ thingName: 'pump-1' }))
  expect(thingGroups?.map(({ groupName }) => groupName)).toEqual(['halls'])
  const { principals = [] } = await iot.send(new ListThingPrincipalsCommand({ thingName: 'pump-1' }))
  expect(principals[0]).toContain(results[0]?.certificateId)
  const { policies } = await iot.send(new ListAttachedPoliciesCommand({ target: principals[0] }))
  expect(policies?.map(({ policyName }) => policyName)).toEqual(['device'])
  const { certificates } = (await call<BulkChangeCertificates>('GET', `${path}/certificates`)).body
  expect(certificates).toMatchObject([
    { thingName: 'pump-1', certificatePem: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) },
  ])
  const trail = (await call<AuditPage>('GET', '/audit?thing=pump-1')).body
  expect(trail.entries).toMatchObject([{ action: 'CreateThing', person: { name: 'Grace' } }])

  // What failed is tried again once its reason is gone, and nothing else is.
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'none-such' }))
  await call('POST', `${path}/retry`)
  await vi.waitFor(async () => {
    const { body } = await call<BulkChange>('GET', path)
    expect(body.counts).toEqual({ changed: 3, 'left-out': 1 })
  }, PATIENCE)
})

test('a dry run makes nothing, and what AWS would refuse of all is refused at once', async () => {
  const dry = await create([{ thingName: 'dry-1' }, { thingName: 'there' }], { dryRun: true })
  expect(dry.counts).toEqual({ 'would-change': 1, 'left-out': 1 })
  await expect(iot.send(new DescribeThingCommand({ thingName: 'dry-1' }))).rejects.toThrow()
  const begin = (newThings: readonly PlannedThing[]) =>
    call<{ detail: string }>('POST', '/bulk-changes', {
      targets: { newThings },
      change: { kind: 'create' },
      dryRun: false,
    })
  const certificateSigningRequest = '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----'
  expect(await begin([{ thingName: 'twice' }, { thingName: 'twice' }])).toMatchObject({
    status: 400,
    body: { detail: 'twice is to be made twice.' },
  })
  expect(await begin([{ thingName: 'wrong', certificateSigningRequest }])).toMatchObject({
    status: 400,
    body: { detail: expect.stringMatching(/^wrong: A certificate signing request/) },
  })
})

test('a registration task is started with a file that is put into S3, followed and read', async () => {
  const file = { bucket: BUCKET, key: 'in/pumps.json' }
  const lines = [{ Name: 'task-1' }, { Name: 'task 2' }]
  expect((await call('PUT', '/registration-files', { ...file, lines })).status).toBe(204)
  const templateBody = JSON.stringify({
    Parameters: { Name: { Type: 'String' } },
    Resources: { thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'Name' } } } },
  })
  const { body: begun } = await call<{ taskId: string }>('POST', '/registration-tasks', {
    templateBody,
    inputFileBucket: file.bucket,
    inputFileKey: file.key,
    roleArn: ROLE,
  })
  const path = `/registration-tasks/${begun.taskId}`
  const task = await vi.waitFor(async () => {
    const { body } = await call<RegistrationTask>('GET', path)
    expect(body.status).toBe('Completed')
    return body
  }, PATIENCE)
  expect(task).toMatchObject({ successCount: 1, failureCount: 1, percentageProgress: 100, roleArn: ROLE })
  const errors = (await call<RegistrationReport>('GET', `${path}/report?reportType=ERRORS`)).body
  expect(errors).toMatchObject({ isCut: false, links: [expect.stringContaining('X-Amz-Signature')] })
  expect(JSON.parse(errors.lines[0] ?? '')).toMatchObject({ lineNumber: 2, error: { code: 'InvalidRequestException' } })
  const list = (await call<RegistrationTaskPage>('GET', '/registration-tasks?status=Completed')).body
  expect(list.tasks.map(({ taskId }) => taskId)).toContain(begun.taskId)
  expect(await call('POST', `${path}/stop`)).toMatchObject({ status: 400, body: { code: 'InvalidRequestException' } })

  const { pathname } = new URL(errors.links[0] ?? '')
  const [, Bucket = '', ...key] = pathname.split('/')
  await s3.send(new DeleteObjectCommand({ Bucket, Key: key.join('/') }))
  expect(await call('GET', `${path}/report?reportType=ERRORS`)).toMatchObject({
    status: 502,
    body: { code: 'AWS_UNAVAILABLE', detail: 'A file of the report could not be read: S3 answered 404.' },
  })
})
