// @vitest-environment node
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { type Action, CreateTopicRuleCommand, IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from '../../../../../scripts/run/embedded-server.ts'
import { failureOf } from './failure-of-entry.ts'
import { failureWords } from './failure-words.ts'
import { parsedEntry } from './parsed-entry.test-support.ts'

const ROLE = 'arn:aws:iam::123456789012:role/rules'
const LOGGING_ROLE = 'arn:aws:iam::123456789012:role/logging'
const OTHER = 'arn:aws:iam::123456789012:role/rules-of-others'
const trusting = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' },
  })
/** All but SQS. */
const RIGHTS = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: ['dynamodb:*', 's3:*', 'sns:*', 'kinesis:*', 'iot:*', 'states:*'],
    Resource: '*',
  },
})

let server: EmbeddedServer
let iot: IoTClient
let logs: CloudWatchLogsClient
let data: IoTDataPlaneClient

beforeAll(async () => {
  server = await startEmbeddedServer()
  iot = new IoTClient(server.sdk)
  logs = new CloudWatchLogsClient(server.sdk)
  data = new IoTDataPlaneClient(server.sdk)
  await iot.send(new SetV2LoggingOptionsCommand({ roleArn: LOGGING_ROLE, defaultLogLevel: 'DEBUG' }))
  const iam = new IAMClient(server.sdk)
  await iam.send(new CreateRoleCommand({ RoleName: 'rules', AssumeRolePolicyDocument: trusting('iot.amazonaws.com') }))
  await iam.send(new PutRolePolicyCommand({ RoleName: 'rules', PolicyName: 'rights', PolicyDocument: RIGHTS }))
  await iam.send(
    new CreateRoleCommand({ RoleName: 'rules-of-others', AssumeRolePolicyDocument: trusting('ec2.amazonaws.com') }),
  )
  iam.destroy()
  const dynamodb = new DynamoDBClient(server.sdk)
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'numbers',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'N' }],
    }),
  )
  dynamodb.destroy()
})
afterAll(async () => {
  for (const client of [iot, logs, data]) client.destroy()
  await server[Symbol.asyncDispose]()
})

let made = 0

/** A rule with this action, and a message that it fails for: the entry that AWS IoT's log has of it. */
async function failing(action: Action, payload = '{"t":1}', sql = 'SELECT *', topicRest = '') {
  made += 1
  const ruleName = `rule_${made}`
  const topic = `in/${made}${topicRest}`
  await iot.send(
    new CreateTopicRuleCommand({
      ruleName,
      topicRulePayload: { sql: `${sql} FROM '${topic}'`, awsIotSqlVersion: '2016-03-23', actions: [action] },
    }),
  )
  await data.send(new PublishCommand({ topic, payload: Buffer.from(payload), qos: 1 }))
  return await vi.waitFor(async () => {
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({
        logGroupName: 'AWSIotLogsV2',
        filterPattern: `{ $.ruleName = "${ruleName}" && $.status = "Failure" }`,
      }),
    )
    expect(events[0]?.message).toBeDefined()
    return parsedEntry(events[0]?.message ?? '')
  }, 10_000)
}

const DYNAMO = { tableName: 'numbers', hashKeyField: 'id', hashKeyValue: '${t}', roleArn: ROLE }
const SQS = { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/alarms' }

test.each<[string, Action, Parameters<typeof failing>[1], RegExp, RegExp, string?]>([
  [
    'permission',
    { sqs: { ...SQS, roleArn: ROLE } },
    undefined,
    /The role rules does not allow sqs:SendMessage on arn:aws:sqs:us-east-1:123456789012:alarms\./,
    /Allow sqs:SendMessage on arn:aws:sqs:/,
  ],
  [
    'role',
    { sqs: { ...SQS, roleArn: OTHER } },
    undefined,
    /AWS IoT may not be the role rules-of-others\./,
    /has to let iot\.amazonaws\.com/,
  ],
  [
    'gone',
    { dynamoDBv2: { putItem: { tableName: 'nothing' }, roleArn: ROLE } },
    undefined,
    /^nothing is not there\./,
    /Make it/,
  ],
  [
    'gone',
    { s3: { bucketName: 'no-such-bucket', key: 'k', roleArn: ROLE } },
    undefined,
    /no-such-bucket is not/,
    /Make/,
  ],
  [
    'gone',
    { kinesis: { streamName: 'no_stream', partitionKey: 'p', roleArn: ROLE } },
    undefined,
    /is not there/,
    /Make/,
  ],
  [
    'key',
    { dynamoDB: { ...DYNAMO, hashKeyType: 'STRING' } },
    undefined,
    /The key id is to be of the type NUMBER, and the action sent STRING\./,
    /Set the type of the key/,
  ],
  [
    'key',
    { dynamoDB: { ...DYNAMO, hashKeyType: 'NUMBER' } },
    '{"t":"warm"}',
    /“warm”, is no number/,
    /type of the key/,
  ],
  ['key', { dynamoDB: { ...DYNAMO, hashKeyType: 'NUMBER' } }, '{}', /was undefined in this message/, /type of the key/],
  [
    'key',
    { dynamoDBv2: { putItem: { tableName: 'numbers' }, roleArn: ROLE } },
    undefined,
    /has no key id\.$|keys that the action sends/,
    /partition key/,
  ],
  [
    'destination',
    { http: { url: 'http://127.0.0.1:9/hook' } },
    undefined,
    /The destination http:\/\/127\.0\.0\.1:9\/hook is not confirmed yet\./,
    /Confirm it/,
  ],
  [
    'template',
    { s3: { bucketName: 'b-${nothing}', key: 'k', roleArn: ROLE } },
    undefined,
    /undefined for this message/,
    /Rehearse/,
  ],
  [
    'topic',
    { republish: { topic: 'out/${t}', roleArn: ROLE } },
    '{"t":"#"}',
    /The topic that the template made/,
    /Correct/,
  ],
  [
    'not json',
    { dynamoDBv2: { putItem: { tableName: 'numbers' }, roleArn: ROLE } },
    'not JSON',
    /no JSON object/,
    /Let the device send JSON/,
  ],
  [
    'service',
    { stepFunctions: { stateMachineName: 'm', roleArn: ROLE } },
    undefined,
    /The embedded server has no AWS Step Functions/,
    /AWS_ENDPOINT_URL_SFN/,
  ],
])('%s: %j', async (kind, action, payload, why, cure) => {
  const entry = await failing(action, payload)
  const words = failureWords(failureOf(entry))
  expect(words, entry.details).toMatchObject({ kind })
  expect(words.why).toMatch(why)
  expect(words.cure).toMatch(cure)
})

test('a rule that republishes to itself is a loop', async () => {
  const entry = await failing({ republish: { topic: `in/${made + 1}`, roleArn: ROLE } })
  expect(failureWords(failureOf(entry))).toMatchObject({ kind: 'loop' })
})

test('a function whose policy does not name the rule refuses it', async () => {
  const entry = await failing({
    lambda: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:no_such_function' },
  })
  expect(failureWords(failureOf(entry))).toMatchObject({ kind: expect.stringMatching(/gone|function/) })
})

test('a function of the SQL that failed lets no action run', async () => {
  const entry = await failing(
    { republish: { topic: 'out', roleArn: ROLE } },
    undefined,
    `SELECT get_dynamodb('nothing', 'id', 'x', '${ROLE}') AS found`,
  )
  expect(failureWords(failureOf(entry))).toMatchObject({ kind: expect.stringMatching(/sql|gone/) })
  expect(entry.ruleAction).toBeUndefined()
})
