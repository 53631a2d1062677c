import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeCertificateCommand,
  DescribeThingCommand,
  DescribeThingRegistrationTaskCommand,
  IoTClient,
  ListAttachedPoliciesCommand,
  ListCertificatesCommand,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
  ListThingRegistrationTaskReportsCommand,
  ListThingRegistrationTasksCommand,
  ListThingsCommand,
  RegisterThingCommand,
  StartThingRegistrationTaskCommand,
  StopThingRegistrationTaskCommand,
} from '@aws-sdk/client-iot'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestFor as requestOf } from '../src/foundation/authority/requests.test-support.ts'
import { type Local, startLocal } from '../src/index.ts'
import { EVERYTHING } from './support/device.ts'
import { failingWrites } from './support/failing-writes.ts'
import { ServerProcess } from './support/server-process.ts'
import { until } from './support/until.ts'

// Things by template and file, as a client of the SDK has them registered.

const TEMPLATE = {
  Parameters: { Name: { Type: 'String' }, Site: { Type: 'String', Default: 'north' }, CSR: { Type: 'String' } },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: { Ref: 'Name' },
        AttributePayload: { site: { Ref: 'Site' } },
        ThingTypeName: 'pump',
        ThingGroups: ['halls'],
      },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateSigningRequest: { Ref: 'CSR' }, Status: 'ACTIVE' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'of-pumps' } },
  },
}
const templateBody = JSON.stringify(TEMPLATE)
const ANY_ROLE = 'arn:aws:iam::123456789012:role/never-defined'
const BUCKET = 'factory'
/** S3 is a process that is started first. */
const STARTS_MS = 120_000

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const requestFor = (name: string) => requestOf(keys, `CN=${name}`)

let local: Local
let iot: IoTClient
let s3: S3Client

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  s3 = new S3Client({ ...local.sdk, forcePathStyle: true })
  await ground(iot, s3)
}, STARTS_MS)
afterAll(async () => {
  iot.destroy()
  s3.destroy()
  await local.close()
})

async function ground(iot: IoTClient, s3: S3Client): Promise<void> {
  await iot.send(new CreateThingTypeCommand({ thingTypeName: 'pump' }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'halls' }))
  await iot.send(new CreatePolicyCommand({ policyName: 'of-pumps', policyDocument: EVERYTHING }))
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }))
}

const put = (client: S3Client, Key: string, lines: readonly (object | string)[]) =>
  client.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key,
      Body: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
    }),
  )

const start = (client: IoTClient, inputFileKey: string, roleArn = ANY_ROLE, body = templateBody) =>
  client.send(
    new StartThingRegistrationTaskCommand({ templateBody: body, inputFileBucket: BUCKET, inputFileKey, roleArn }),
  )

const describeTask = (client: IoTClient, taskId: string) =>
  client.send(new DescribeThingRegistrationTaskCommand({ taskId }))

async function ended(client: IoTClient, taskId: string) {
  return until(async () => {
    const task = await describeTask(client, taskId)
    return task.status === 'InProgress' || task.status === 'Cancelling' ? undefined : task
  })
}

async function reportOf(client: IoTClient, taskId: string, reportType: 'ERRORS' | 'RESULTS') {
  const { resourceLinks = [] } = await client.send(new ListThingRegistrationTaskReportsCommand({ taskId, reportType }))
  const texts = await Promise.all(
    resourceLinks.map(async (link) => {
      const answer = await fetch(link)
      expect(answer.status).toBe(200)
      return answer.text()
    }),
  )
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line)),
  )
}

test('RegisterThing makes what a template says, and answers with certificate and ARNs', async () => {
  const parameters = { Name: 'pump-1', CSR: await requestFor('pump-1') }
  const { certificatePem, resourceArns } = await iot.send(new RegisterThingCommand({ templateBody, parameters }))
  expect(certificatePem).toContain('BEGIN CERTIFICATE')
  expect(resourceArns).toMatchObject({
    thing: 'arn:aws:iot:us-east-1:123456789012:thing/pump-1',
    policy: 'arn:aws:iot:us-east-1:123456789012:policy/of-pumps',
  })
  const described = await iot.send(new DescribeThingCommand({ thingName: 'pump-1' }))
  expect(described).toMatchObject({ thingTypeName: 'pump', attributes: { site: 'north' } })
  const { thingGroups } = await iot.send(new ListThingGroupsForThingCommand({ thingName: 'pump-1' }))
  expect(thingGroups?.map(({ groupName }) => groupName)).toEqual(['halls'])
  const { principals = [] } = await iot.send(new ListThingPrincipalsCommand({ thingName: 'pump-1' }))
  expect(principals).toEqual([resourceArns?.certificate])
  const { policies } = await iot.send(new ListAttachedPoliciesCommand({ target: principals[0] }))
  expect(policies?.map(({ policyName }) => policyName)).toEqual(['of-pumps'])
  const certificateId = principals[0]?.split('/')[1]
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
  expect(certificateDescription?.status).toBe('ACTIVE')
})

test('what cannot all be made is not made at all, and RegisterThing says why', async () => {
  const certificates = async () => (await iot.send(new ListCertificatesCommand({ pageSize: 250 }))).certificates?.length
  const before = await certificates()
  const register = async (changed: object, Name: string, more: Record<string, string> = {}) => {
    const { thing, ...others } = TEMPLATE.Resources
    const Resources = { ...others, thing: { ...thing, Properties: { ...thing.Properties, ...changed } } }
    const parameters = { Name, CSR: await requestFor('pump'), ...more }
    return iot.send(new RegisterThingCommand({ templateBody: JSON.stringify({ ...TEMPLATE, Resources }), parameters }))
  }
  await expect(register({ ThingGroups: ['none-such'] }, 'pump-2')).rejects.toMatchObject({
    name: 'ResourceRegistrationFailureException',
    message: expect.stringContaining('none-such'),
  })
  await expect(register({}, 'pump 2')).rejects.toMatchObject({ name: 'InvalidRequestException' })
  await expect(register({}, 'pump-2', { CSR: 'none' })).rejects.toThrow()
  await expect(iot.send(new DescribeThingCommand({ thingName: 'pump-2' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  expect(await certificates()).toBe(before)
  await expect(iot.send(new RegisterThingCommand({ templateBody, parameters: {} }))).rejects.toMatchObject({
    name: 'ResourceRegistrationFailureException',
    message: 'Parameters.Name: has no value: none was given, and it has no default',
  })
  await expect(iot.send(new RegisterThingCommand({ templateBody: '{"Resources": 7}' }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  })
})

test('OverrideSettings decide what becomes of a thing that is there', async () => {
  await iot.send(new CreateThingCommand({ thingName: 'old', attributePayload: { attributes: { site: 'south' } } }))
  const register = (AttributePayload: string) => {
    const thing = {
      Type: 'AWS::IoT::Thing',
      OverrideSettings: { AttributePayload },
      Properties: { ThingName: 'old', AttributePayload: { level: '3' } },
    }
    return iot.send(new RegisterThingCommand({ templateBody: JSON.stringify({ Resources: { thing } }) }))
  }
  const attributes = async () => (await iot.send(new DescribeThingCommand({ thingName: 'old' }))).attributes
  await register('DO_NOTHING')
  expect(await attributes()).toEqual({ site: 'south' })
  await register('MERGE')
  expect(await attributes()).toEqual({ site: 'south', level: '3' })
  await register('REPLACE')
  expect(await attributes()).toEqual({ level: '3' })
  await expect(register('FAIL')).rejects.toMatchObject({ name: 'ConflictingResourceUpdateException' })
})

test('a task registers the lines of a file, and reports each that it could and could not', async () => {
  await put(s3, 'hall.json', [
    { Name: 'hall-1', CSR: await requestFor('hall-1') },
    'no json',
    '',
    { Name: 'hall 2', CSR: await requestFor('hall-2') },
    { Name: 'hall-3' },
    { Name: 'hall-4', CSR: await requestFor('hall-4'), Site: 'south' },
  ])
  const { taskId = '' } = await start(iot, 'hall.json')
  expect(await ended(iot, taskId)).toMatchObject({
    status: 'Completed',
    successCount: 2,
    failureCount: 3,
    percentageProgress: 100,
    inputFileBucket: BUCKET,
    inputFileKey: 'hall.json',
    roleArn: ANY_ROLE,
    templateBody,
  })
  expect(await reportOf(iot, taskId, 'RESULTS')).toMatchObject([
    { lineNumber: 1, offset: 0, response: { ResourceArns: { thing: expect.stringMatching(/thing\/hall-1$/) } } },
    { lineNumber: 6, response: { CertificatePem: expect.stringContaining('BEGIN CERTIFICATE') } },
  ])
  expect(await reportOf(iot, taskId, 'ERRORS')).toMatchObject([
    { lineNumber: 2, error: { code: 'InvalidParameters', message: 'The line is no JSON' } },
    { lineNumber: 4, error: { code: 'InvalidRequestException', message: expect.stringContaining('hall 2') } },
    { lineNumber: 5, error: { code: 'InvalidParameters', message: expect.stringContaining('CSR') } },
  ])
  const { things = [] } = await iot.send(new ListThingsCommand({ maxResults: 250 }))
  expect(things.map(({ thingName }) => thingName).filter((name) => name?.startsWith('hall'))).toEqual([
    'hall-1',
    'hall-4',
  ])
  const listed = await iot.send(new ListThingRegistrationTasksCommand({ status: 'Completed' }))
  expect(listed.taskIds).toContain(taskId)
  expect((await iot.send(new ListThingRegistrationTasksCommand({ status: 'Cancelled' }))).taskIds).toEqual([])
})

test('the offset of a line is that in the file as it is stored, whatever ends its lines and begins it', async () => {
  const [first, second] = [JSON.stringify({ Name: 'crlf 1' }), JSON.stringify({ Name: 'crlf 2' })]
  const Body = `\uFEFF${first}\r\n${second}\r\n`
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'crlf.json', Body }))
  const { taskId = '' } = await start(iot, 'crlf.json')
  expect(await ended(iot, taskId)).toMatchObject({ status: 'Completed', failureCount: 2 })
  expect(await reportOf(iot, taskId, 'ERRORS')).toMatchObject([
    { lineNumber: 1, offset: Body.indexOf(first) },
    { lineNumber: 2, offset: Body.indexOf(second) },
  ])
})

test('a file or a role that cannot be used, and a task that is none', async () => {
  const { taskId = '' } = await start(iot, 'missing.json')
  expect(await ended(iot, taskId)).toMatchObject({
    status: 'Failed',
    message: expect.stringContaining('key does not exist'),
  })
  await expect(start(iot, 'hall.json', 'arn:aws:iam::999999999999:role/others')).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringContaining('no role of this account'),
  })
  await expect(start(iot, 'hall.json', ANY_ROLE, '{}')).rejects.toMatchObject({ name: 'InvalidRequestException' })
  await expect(describeTask(iot, 'none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(iot.send(new StopThingRegistrationTaskCommand({ taskId }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  })
})

test('the role of a task may do what its policies say, to S3 and to AWS IoT', async () => {
  const iam = new IAMClient(local.sdk)
  const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
  const trust = (Service: string) => document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })
  const make = async (RoleName: string, service: string) => {
    const AssumeRolePolicyDocument = trust(service)
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    return Role?.Arn ?? ''
  }
  const allow = (...statements: object[]) =>
    iam.send(
      new PutRolePolicyCommand({ RoleName: 'registers', PolicyName: 'only', PolicyDocument: document(...statements) }),
    )
  await put(s3, 'role.json', [{ Name: 'role-1', CSR: await requestFor('role-1') }])
  await expect(start(iot, 'role.json', await make('of-functions', 'lambda.amazonaws.com'))).rejects.toThrow(
    'Unable to assume role',
  )
  const roleArn = await make('registers', 'iot.amazonaws.com')
  const run = async () => ended(iot, (await start(iot, 'role.json', roleArn)).taskId ?? '')
  await allow({ Effect: 'Allow', Action: 'iot:*', Resource: '*' })
  expect(await run()).toMatchObject({ status: 'Failed', message: expect.stringContaining('s3:GetObject') })
  const reading = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` }
  const making = ['iot:GetPolicy', 'iot:CreateCertificateFromCsr', 'iot:DescribeThing', 'iot:CreateThing']
  await allow(reading, { Effect: 'Allow', Action: making, Resource: '*' })
  const refused = await run()
  expect(refused).toMatchObject({ status: 'Completed', successCount: 0, failureCount: 1 })
  const [line] = await reportOf(iot, refused.taskId ?? '', 'ERRORS')
  expect(line).toMatchObject({
    error: { code: 'AccessDeniedException', message: expect.stringContaining('iot:AddThingToThingGroup') },
  })
  await allow(reading, {
    Effect: 'Allow',
    Action: [...making, 'iot:AddThingToThingGroup', 'iot:AttachPolicy', 'iot:AttachThingPrincipal'],
    Resource: '*',
  })
  expect(await run()).toMatchObject({ status: 'Completed', successCount: 1 })
  iam.destroy()
})

test('a task whose reports cannot be put has failed, and the next one can begin', async () => {
  const iam = new IAMClient(local.sdk)
  const RoleName = 'AWSServiceRoleForIoT' // where an account defines it, it may do what is said there: nothing
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' },
  })
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  await put(s3, 'unreported.json', [{ Name: 'unreported-1' }])
  const run = async () => ended(iot, (await start(iot, 'unreported.json', ANY_ROLE, plainTemplate)).taskId ?? '')
  expect(await run()).toMatchObject({
    status: 'Failed',
    message: expect.stringContaining('The reports could not be put into S3: '),
    successCount: 1,
  })
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
  })
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'reports', PolicyDocument }))
  expect(await run()).toMatchObject({ status: 'Completed' })
  iam.destroy()
})

const MANY = 400
const manyLines = Array.from({ length: MANY }, (_, index) => ({ Name: `many-${String(index).padStart(4, '0')}` }))
const plainTemplate = JSON.stringify({
  Parameters: { Name: { Type: 'String' } },
  Resources: { thing: { Type: 'AWS::IoT::Thing', Properties: { ThingName: { Ref: 'Name' } } } },
})

test('a task that the disk keeps from going on, or from ending, goes on once it does not', async () => {
  await put(s3, 'disk.json', manyLines)
  using writes = failingWrites()
  const { taskId = '' } = await start(iot, 'disk.json', ANY_ROLE, plainTemplate)
  writes.failAll()
  await until(async () => writes.hasFailed || undefined)
  const { status, successCount = 0 } = await describeTask(iot, taskId)
  expect(status).toBe('InProgress')
  expect(successCount).toBeLessThan(MANY)
  writes.failAt(Number.POSITIVE_INFINITY)
  expect(await ended(iot, taskId)).toMatchObject({ status: 'Completed', successCount: MANY, failureCount: 0 })
  expect(await reportOf(iot, taskId, 'RESULTS')).toHaveLength(MANY)
})

test('a task that is stopped does no more, and there is one at a time', async () => {
  await put(s3, 'stopped.json', manyLines)
  const { taskId = '' } = await start(iot, 'stopped.json', ANY_ROLE, plainTemplate)
  await expect(start(iot, 'stopped.json')).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringContaining(taskId),
  })
  await iot.send(new StopThingRegistrationTaskCommand({ taskId }))
  const { status, successCount = 0 } = await ended(iot, taskId)
  expect(status).toBe('Cancelled')
  expect(successCount).toBeLessThan(MANY)
  expect(await reportOf(iot, taskId, 'RESULTS')).toHaveLength(successCount)
})

test(
  'a task goes on where it was when the server is killed and starts again',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'thingdeck-registration-'))
    const begin = () => ServerProcess.start(['--data', data, '--port', '0', '--mqtt-port', '0', '--https-port', '0'])
    try {
      let server = await begin()
      let client = new IoTClient(server.local.sdk)
      const files = new S3Client({ ...server.local.sdk, forcePathStyle: true })
      await files.send(new CreateBucketCommand({ Bucket: BUCKET }))
      await put(files, 'many.json', manyLines)
      const { taskId = '' } = await start(client, 'many.json', ANY_ROLE, plainTemplate)
      await until(async () => (await describeTask(client, taskId)).successCount || undefined)
      await server.stop('SIGKILL')
      files.destroy()
      client.destroy()
      server = await begin()
      client = new IoTClient(server.local.sdk)
      expect(await ended(client, taskId)).toMatchObject({
        status: 'Completed',
        successCount: MANY,
        failureCount: 0,
        percentageProgress: 100,
      })
      expect(await reportOf(client, taskId, 'RESULTS')).toHaveLength(MANY)
      client.destroy()
      await server.stop('SIGTERM')
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  },
  STARTS_MS,
)
