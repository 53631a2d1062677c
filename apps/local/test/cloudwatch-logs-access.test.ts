import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'

const ARN = 'arn:aws:logs:us-east-1:123456789012:log-group'

let local: Local
let iam: IAMClient
let sts: STSClient
let root: CloudWatchLogsClient
const made: CloudWatchLogsClient[] = []

beforeAll(async () => {
  local = await startLocal()
  iam = new IAMClient(local.sdk)
  sts = new STSClient(local.sdk)
  root = new CloudWatchLogsClient(local.sdk)
})

afterAll(async () => {
  for (const client of [iam, sts, root, ...made]) client.destroy()
  await local.close()
})

/** A client with the credentials of a role that may do this. */
async function roleThatMay(RoleName: string, ...Statement: object[]): Promise<CloudWatchLogsClient> {
  const trust = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }
  const document = (statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document([trust]) }))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: document(Statement) }))
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: Role?.Arn ?? '', RoleSessionName: 'test', ExternalId: 'xx' }),
  )
  const client = new CloudWatchLogsClient({
    ...local.sdk,
    maxAttempts: 1,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  })
  made.push(client)
  return client
}

const refused = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: expect.stringMatching(new RegExp(`is not authorized to perform: logs:${action} on resource: ${resource}$`)),
})

test('a role may do what its policies name, group by group', async () => {
  const writer = await roleThatMay('log-writer', {
    Effect: 'Allow',
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `${ARN}:AWSIotLogsV2*`,
  })
  const stream = { logGroupName: 'AWSIotLogsV2', logStreamName: 's' }
  await writer.send(new CreateLogGroupCommand({ logGroupName: stream.logGroupName }))
  await writer.send(new CreateLogStreamCommand(stream))
  await expect(writer.send(new CreateLogGroupCommand({ logGroupName: 'other' }))).rejects.toMatchObject(
    refused('CreateLogGroup', `${ARN}:other:log-stream:`),
  )
  await expect(writer.send(new FilterLogEventsCommand({ logGroupName: 'AWSIotLogsV2' }))).rejects.toMatchObject(
    refused('FilterLogEvents', `${ARN}:AWSIotLogsV2:log-stream:`),
  )
})

// "The ARN with a trailing :* … in IAM policies when specifying permissions for most API actions", API Reference, LogGroup.
test('the group’s ARN with :*, which most policies have, is good for all but tags', async () => {
  const lambda = await roleThatMay('lambda', {
    Effect: 'Allow',
    Action: 'logs:*',
    Resource: `${ARN}:/aws/lambda/f:*`,
  })
  const stream = { logGroupName: '/aws/lambda/f', logStreamName: 's' }
  await lambda.send(new CreateLogGroupCommand({ logGroupName: stream.logGroupName }))
  await lambda.send(new CreateLogStreamCommand(stream))
  await lambda.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message: 'm' }] }))
  await lambda.send(new DescribeLogStreamsCommand({ logGroupIdentifier: `${ARN}:/aws/lambda/f` }))
  const { events } = await lambda.send(new FilterLogEventsCommand({ logGroupName: stream.logGroupName }))
  expect(events).toHaveLength(1)
  await expect(
    lambda.send(new ListTagsForResourceCommand({ resourceArn: `${ARN}:/aws/lambda/f` })),
  ).rejects.toMatchObject(refused('ListTagsForResource', `${ARN}:/aws/lambda/f`))
  await expect(lambda.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject(
    refused('DescribeLogGroups', `${ARN}::log-stream:`),
  )
})

test('a Deny holds however the group is named', async () => {
  await root.send(new CreateLogGroupCommand({ logGroupName: 'secret', tags: { a: 'b' } }))
  const reader = await roleThatMay(
    'reader',
    { Effect: 'Allow', Action: 'logs:*', Resource: '*' },
    { Effect: 'Deny', Action: 'logs:*', Resource: [`${ARN}:secret`, `${ARN}:secret:log-stream:*`] },
  )
  const denied = { name: 'AccessDeniedException' }
  const query = { startTime: 0, endTime: 1, queryString: 'fields @message' }
  await root.send(new CreateLogGroupCommand({ logGroupName: 'open' }))
  await reader.send(new StartQueryCommand({ ...query, logGroupName: 'open' }))
  for (const logGroupIdentifier of ['secret', `${ARN}:secret`]) {
    await expect(reader.send(new FilterLogEventsCommand({ logGroupIdentifier }))).rejects.toMatchObject(denied)
    // One group of several that is denied is enough.
    const logGroupIdentifiers = ['open', logGroupIdentifier]
    await expect(reader.send(new StartQueryCommand({ ...query, logGroupIdentifiers }))).rejects.toMatchObject(denied)
  }
  await expect(reader.send(new ListTagsForResourceCommand({ resourceArn: `${ARN}:secret` }))).rejects.toMatchObject(
    denied,
  )
  await expect(reader.send(new ListTagsForResourceCommand({ resourceArn: 'secret' }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: `resourceArn: expected the ARN of a log group, such as ${ARN}:NAME, not secret`,
  })
})
