// @vitest-environment node
import { type Action, CreateTopicRuleCommand } from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ROLE, ROLE_OF_OTHERS, startRulesServer } from '../../../test/rules-server.ts'
import { failureOf } from './failure-of-entry.ts'
import { failureWords } from './failure-words.ts'

let server: Awaited<ReturnType<typeof startRulesServer>>
beforeAll(async () => {
  server = await startRulesServer()
})
afterAll(async () => server[Symbol.asyncDispose]())

let made = 0

/** A rule with this action, and a message that it fails for: the entry that AWS IoT's log has of it. */
async function failing(action: Action, payload = '{"t":1}', sql = 'SELECT *') {
  made += 1
  const ruleName = `rule_${made}`
  const topic = `in/${made}`
  await server.iot.send(
    new CreateTopicRuleCommand({
      ruleName,
      topicRulePayload: { sql: `${sql} FROM '${topic}'`, awsIotSqlVersion: '2016-03-23', actions: [action] },
    }),
  )
  await server.publish(topic, payload)
  return await vi.waitFor(async () => {
    const [entry] = await server.failures(ruleName)
    if (!entry) throw new Error('nothing is logged yet')
    return entry
  }, 25_000)
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
    { sqs: { ...SQS, roleArn: ROLE_OF_OTHERS } },
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
  // One entry is the function's, the other the rule's, in which no action is named.
  expect(entry.ruleAction ?? 'GetDynamodb').toBe('GetDynamodb')
})
