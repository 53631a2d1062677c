import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  type LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { FUNCTION_ROLE, FunctionClient, zipOf } from './support/functions.ts'
import { limitedRole } from './support/limited-role.ts'

// What else there is to functions: their code and configuration, versions, aliases, policies, tags, bounds.

let local: Local
let functions: FunctionClient
let lambda: LambdaClient

beforeAll(async () => {
  local = await startLocal()
  functions = new FunctionClient(local)
  lambda = functions.lambda
})
afterAll(async () => {
  functions[Symbol.dispose]()
  await local.close()
})

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function'
const answering = (value: unknown) => `export const handler = async () => (${JSON.stringify(value)})`
const answerOf = async (name: string, event: unknown = {}) => (await functions.invoke(name, event)).answer

test('code and configuration change, and the next invocation runs what they are then', async () => {
  const FunctionName = 'changes'
  const { RevisionId } = await functions.create(
    FunctionName,
    `export const handler = () => Promise.resolve(process.env.WORD ?? 'one')`,
  )
  expect(await answerOf(FunctionName)).toBe('one')
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { WORD: 'two' } }, RevisionId }),
  )
  expect(await answerOf(FunctionName)).toBe('two')
  await expect(
    lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(answering(3)), RevisionId })),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException' })
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(answering(3)), DryRun: true }))
  expect(await answerOf(FunctionName)).toBe('two')
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(answering(3)) }))
  expect(await answerOf(FunctionName)).toBe(3)
})

test('code comes from S3 of this server, with the rights of the caller', async () => {
  const s3 = new S3Client({ ...local.sdk, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'code' }))
  await s3.send(new PutObjectCommand({ Bucket: 'code', Key: 'f.zip', Body: zipOf(answering('from s3')) }))
  s3.destroy()
  await functions.create('stored', {}, { Code: { S3Bucket: 'code', S3Key: 'f.zip' } })
  expect(await answerOf('stored')).toBe('from s3')
  await expect(functions.create('lost', {}, { Code: { S3Bucket: 'code', S3Key: 'none.zip' } })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('S3 Error Code: NoSuchKey'),
  })
})

test('versions stay as they were published; an alias leads to one, or to two by weight', async () => {
  const FunctionName = 'versions'
  await functions.create(FunctionName, answering(1), { Publish: true })
  const again = await lambda.send(new PublishVersionCommand({ FunctionName }))
  expect(again.Version).toBe('1')
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(answering(2)) }))
  const { Version, FunctionArn } = await lambda.send(new PublishVersionCommand({ FunctionName, Description: 'second' }))
  expect([Version, FunctionArn]).toEqual(['2', `${ARN}:versions:2`])
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zipOf(answering('latest')) }))
  expect(await answerOf(FunctionName)).toBe('latest')
  expect(await answerOf(`${FunctionName}:1`)).toBe(1)
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }))
  expect(await answerOf(`${ARN}:versions:live`)).toBe(1)
  const RoutingConfig = { AdditionalVersionWeights: { 2: 1 } }
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', RoutingConfig }))
  const { answer, ExecutedVersion } = await functions.invoke(FunctionName, {}, { Qualifier: 'live' })
  expect([answer, ExecutedVersion]).toEqual([2, '2'])
  expect(await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }))).toMatchObject({ RoutingConfig })
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }))
  expect(Aliases.map(({ Name }) => Name)).toEqual(['live'])
  const { Versions = [], NextMarker } = await lambda.send(
    new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 2 }),
  )
  const rest = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName, Marker: NextMarker }))
  expect([...Versions, ...(rest.Versions ?? [])].map((found) => found.Version)).toEqual(['$LATEST', '1', '2'])
  await expect(lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '2' }))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  })
  await lambda.send(new DeleteFunctionCommand({ FunctionName }))
  await expect(functions.invoke(`${FunctionName}:1`)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Function not found: ${ARN}:versions`,
  })
})

test('the policy of a function, of an alias its own', async () => {
  const FunctionName = 'permissions'
  await functions.create(FunctionName, answering(1))
  await expect(lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  const permission = {
    FunctionName,
    StatementId: 'iot-rule',
    Action: 'lambda:InvokeFunction',
    Principal: 'iot.amazonaws.com',
  }
  const SourceArn = 'arn:aws:iot:us-east-1:123456789012:rule/hot'
  await lambda.send(new AddPermissionCommand({ ...permission, SourceArn, SourceAccount: '123456789012' }))
  const { Policy = '' } = await lambda.send(new GetPolicyCommand({ FunctionName }))
  expect(JSON.parse(Policy)).toEqual({
    Version: '2012-10-17',
    Id: 'default',
    Statement: [
      {
        Sid: 'iot-rule',
        Effect: 'Allow',
        Principal: { Service: 'iot.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: `${ARN}:permissions`,
        Condition: { StringEquals: { 'AWS:SourceAccount': '123456789012' }, ArnLike: { 'AWS:SourceArn': SourceArn } },
      },
    ],
  })
  await expect(lambda.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  })
  await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 'iot-rule' }))
  await expect(
    lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: 'iot-rule' })),
  ).rejects.toMatchObject({
    message: 'Statement iot-rule is not found in resource policy.',
  })
})

test('tags, how events are tried again, and what was reserved', async () => {
  const FunctionName = 'settings'
  const { FunctionArn: Resource } = await functions.create(FunctionName, answering(1), { Tags: { a: '1' } })
  await lambda.send(new TagResourceCommand({ Resource, Tags: { b: '2' } }))
  await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['a'] }))
  expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ b: '2' })
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: 0 }))
  expect(await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))).toMatchObject({
    MaximumRetryAttempts: 0,
  })
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }))
  await expect(functions.invoke(FunctionName)).rejects.toMatchObject({ name: 'TooManyRequestsException' })
  await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
  expect(await answerOf(FunctionName)).toBe(1)
})

test.each([
  ['there already', { FunctionName: 'taken' }, 'ResourceConflictException', 'Function already exist: taken'],
  ['no .zip file', { Code: { ZipFile: Buffer.from('no zip') } }, 'InvalidParameterValueException', 'Could not unzip'],
  [
    'a path that leads out',
    { Code: { ZipFile: zipOf({ '../out.mjs': '' }) } },
    'InvalidParameterValueException',
    'Could not unzip',
  ],
  ['no code', { Code: {} }, 'InvalidParameterValueException', 'Please provide a source for function code.'],
  ['another runtime', { Runtime: 'java21' as const }, 'InvalidParameterValueException', 'nodejs* and python*'],
  ['no runtime of that name', { Runtime: 'cobol' as 'java21' }, 'ValidationException', "at 'runtime'"],
  ['an image', { Code: { ImageUri: 'x' } }, 'InvalidParameterValueException', 'images'],
  [
    'layers',
    { Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:a:1'] },
    'InvalidParameterValueException',
    'layers',
  ],
  ['a VPC', { VpcConfig: { SubnetIds: ['s'] } }, 'InvalidParameterValueException', 'VPC'],
  [
    'a reserved variable',
    { Environment: { Variables: { AWS_REGION: 'x' } } },
    'InvalidParameterValueException',
    'AWS_REGION',
  ],
  ['too long a time', { Timeout: 901 }, 'InvalidParameterValueException', '900'],
  ['too little memory', { MemorySize: 64 }, 'ValidationException', "at 'memorySize'"],
  [
    'a role that does not trust Lambda',
    { Role: 'arn:aws:iam::123456789012:role/closed' },
    'InvalidParameterValueException',
    'cannot be assumed by Lambda',
  ],
  [
    'another region',
    { FunctionName: `${ARN.replace('us-east-1', 'eu-west-1')}:f` },
    'ResourceNotFoundException',
    'not reachable',
  ],
])('no function is made of %s', async (_, more, name, message) => {
  const iam = new IAMClient(local.sdk)
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  })
  await iam.send(new CreateRoleCommand({ RoleName: 'closed', AssumeRolePolicyDocument })).catch(() => {})
  iam.destroy()
  await functions.create('taken', answering(1)).catch(() => {})
  await expect(functions.create('refused', answering(1), more)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  })
})

test('what an invocation may carry', async () => {
  await functions.create('sized', 'export const handler = async (event) => JSON.stringify(event).length')
  const text = (bytes: number) => 'x'.repeat(bytes - 2)
  expect(await answerOf('sized', text(6_291_456))).toBe(6_291_456)
  await expect(functions.invoke('sized', text(6_291_457))).rejects.toMatchObject({ name: 'RequestTooLargeException' })
  const Event = { InvocationType: 'Event' } as const
  expect((await functions.invoke('sized', text(1_048_576), Event)).StatusCode).toBe(202)
  await expect(functions.invoke('sized', text(1_048_577), Event)).rejects.toMatchObject({
    name: 'RequestTooLargeException',
  })
  expect((await functions.invoke('sized', {}, { InvocationType: 'DryRun' })).StatusCode).toBe(204)
  const Payload = Buffer.from('no json')
  for (const more of [{ Payload }, { Payload, ...Event }]) {
    await expect(functions.invoke('sized', {}, more)).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
      message: expect.stringMatching(/^Could not parse request body into json: /),
    })
  }
  const context = Buffer.from('{"client":{"app_title":"a"}}').toString('base64')
  await functions.create('mobile', 'export const handler = async (_, { clientContext }) => clientContext.client')
  expect((await functions.invoke('mobile', {}, { ClientContext: context })).answer).toEqual({ app_title: 'a' })
})

test('policies of IAM decide who may invoke and pass roles', async () => {
  const role = await limitedRole(local)
  using limited = new FunctionClient({ sdk: { ...local.sdk, ...role } })
  await functions.create('guarded', answering(1))
  await role.allow({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: `${ARN}:guarded` })
  expect((await limited.invoke('guarded')).answer).toBe(1)
  await expect(limited.invoke('guarded:live')).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await role.allow({ Effect: 'Allow', Action: 'lambda:*', Resource: '*' })
  await expect(limited.create('passed', answering(1))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`iam:PassRole on resource: ${FUNCTION_ROLE}`),
  })
  const PassedTo = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }
  await role.allow(
    { Effect: 'Allow', Action: 'lambda:*', Resource: '*' },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: FUNCTION_ROLE, Condition: PassedTo },
  )
  await limited.create('passed', answering(1))
  // Code in S3 is read for the caller, whoever keeps it.
  const Code = { S3Bucket: 'code', S3Key: 'f.zip' }
  await expect(limited.create('taken', {}, { Code })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('s3:GetObject on resource: arn:aws:s3:::code/f.zip'),
  })
  role.close()
})

test('a list is read in pages, and a configuration is found by its version', async () => {
  const first = await lambda.send(new ListFunctionsCommand({ MaxItems: 1 }))
  expect(first.Functions).toHaveLength(1)
  const second = await lambda.send(new ListFunctionsCommand({ MaxItems: 1, Marker: first.NextMarker }))
  expect(second.Functions?.[0]?.FunctionName).not.toBe(first.Functions?.[0]?.FunctionName)
  const found = await lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: 'changes', Qualifier: '$LATEST' }),
  )
  expect(found).toMatchObject({ Version: '$LATEST', FunctionArn: `${ARN}:changes:$LATEST` })
})
