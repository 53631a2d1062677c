import { CreateTableCommand, DynamoDBClient, PutItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb'
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose'
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreateTopicRuleCommand, IoTClient, ReplaceTopicRuleCommand } from '@aws-sdk/client-iot'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import {
  type AuditPage,
  HIDDEN_RULE_SECRET,
  type Rule,
  type RuleCallAnswer,
  type RuleLook,
  type RulePage,
  type RulePayload,
  type RuleTargets,
  type TopicRules,
} from '@thingdeck/contract'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

const ROLE = 'arn:aws:iam::123456789012:role/rules'

let console: TestConsole
let iot: IoTClient
const [grace, vera] = [new Browser(), new Browser()]

beforeAll(async () => {
  console = await startConsole()
  await signIn(grace, console.url, 'grace')
  await signIn(vera, console.url, 'vera')
  iot = new IoTClient(console.sdk)
})
afterAll(async () => {
  iot.destroy()
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, body?: object, browser = grace) =>
  ask<Answer>(browser, console.url, method, path, body)

const republish = (topic: string) => ({ republish: { roleArn: ROLE, topic } })
const payloadOf = (sql: string, more: Partial<RulePayload> = {}): RulePayload => ({
  sql,
  actions: [republish('alarms')],
  awsIotSqlVersion: '2016-03-23',
  ...more,
})

test('made, read, stopped, replaced and deleted; the trail has before and after', async () => {
  const payload = payloadOf("SELECT * FROM 'plant/+/data'", {
    description: 'Too hot',
    errorAction: republish('errors'),
  })
  const made = await call<Rule>('POST', '/api/rules', { ruleName: 'hot', payload, tags: { site: 'north = south' } })
  expect(made).toMatchObject({
    status: 200,
    body: {
      ruleName: 'hot',
      ruleArn: 'arn:aws:iot:us-east-1:123456789012:rule/hot',
      payload: { ...payload, ruleDisabled: false },
      tags: { site: 'north = south' },
    },
  })
  expect((await call('POST', '/api/rules/hot/disable')).status).toBe(204)
  const { body: stopped } = await call<Rule>('GET', '/api/rules/hot')
  expect(stopped.payload.ruleDisabled).toBe(true)
  expect((await call('POST', '/api/rules/hot/enable')).status).toBe(204)

  const change = { ...payload, actions: [republish('others')] }
  expect(await call('PUT', '/api/rules/hot', { payload: change, expected: payload })).toMatchObject({
    status: 200,
    body: { payload: change },
  })
  expect((await call('DELETE', '/api/rules/hot')).status).toBe(204)
  expect(await call('GET', '/api/rules/hot')).toMatchObject({
    status: 404,
    body: { code: 'ResourceNotFoundException' },
  })
  expect(await call('POST', '/api/rules/hot/enable')).toMatchObject({ body: { code: 'ResourceNotFoundException' } })

  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=20')
  expect(trail.entries.filter(({ resource }) => resource?.id === 'hot')).toMatchObject([
    { action: 'EnableTopicRule', outcome: { code: 'ResourceNotFoundException' } },
    { action: 'DeleteTopicRule' },
    {
      action: 'ReplaceTopicRule',
      changes: [
        { path: '$.actions', beforeText: JSON.stringify(payload.actions), afterText: JSON.stringify(change.actions) },
      ],
    },
    { action: 'EnableTopicRule' },
    { action: 'DisableTopicRule', changes: [{ path: '$.ruleDisabled', beforeText: 'false', afterText: 'true' }] },
    { action: 'CreateTopicRule', resource: { arn: 'arn:aws:iot:us-east-1:123456789012:rule/hot' } },
  ])
})

test('a rule that somebody replaced meanwhile is not replaced', async () => {
  const payload = payloadOf("SELECT * FROM 'a'")
  await call('POST', '/api/rules', { ruleName: 'contested', payload })
  const { body: seen } = await call<Rule>('GET', '/api/rules/contested')
  await iot.send(
    new ReplaceTopicRuleCommand({ ruleName: 'contested', topicRulePayload: payloadOf("SELECT * FROM 'b'") }),
  )
  const mine = { payload: payloadOf("SELECT * FROM 'c'"), expected: seen.payload }
  expect(await call('PUT', '/api/rules/contested', mine)).toMatchObject({ status: 409, body: { code: 'RULE_CHANGED' } })
  expect((await call<Rule>('GET', '/api/rules/contested')).body.payload.sql).toBe("SELECT * FROM 'b'")
})

test("what AWS does not take is refused in AWS's words", async () => {
  const made = (payload: RulePayload) => call('POST', '/api/rules', { ruleName: 'wrong', payload })
  expect(await made(payloadOf("SELECT foor(a) FROM 'x'"))).toMatchObject({
    status: 400,
    body: { code: 'SqlParseException' },
  })
  const twice = { ...republish('a'), lambda: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' } }
  expect(await made(payloadOf("SELECT * FROM 'x'", { actions: [twice] }))).toMatchObject({
    status: 400,
    body: { code: 'BAD_REQUEST' },
  })
})

test('secrets are for those who may write them, and in no list and no trail', async () => {
  const token = 'a-token-that-is-long-enough-for-salesforce-1'
  const url = 'https://ingestion-abc1.edge.sfdcnow.com/streams/abc1/xyz1/event'
  const payload = payloadOf("SELECT * FROM 'x'", {
    actions: [
      { salesforce: { token, url } },
      { http: { url: 'https://example.test/in', headers: [{ key: 'x-api-key', value: 'k-1' }] } },
    ],
  })
  await call('POST', '/api/rules', { ruleName: 'secretive', payload })
  const { body: whole } = await call<Rule>('GET', '/api/rules/secretive')
  expect(whole.payload.actions).toEqual(payload.actions)
  const hidden = [
    { salesforce: { token: HIDDEN_RULE_SECRET, url } },
    { http: { url: 'https://example.test/in', headers: [{ key: 'x-api-key', value: HIDDEN_RULE_SECRET }] } },
  ]
  const { body: forVera } = await call<Rule>('GET', '/api/rules/secretive', undefined, vera)
  expect(forVera.payload.actions).toEqual(hidden)
  const { body: list } = await call<{ looks: RuleLook[] }>('GET', '/api/rule-looks?ruleName=secretive&ruleName=gone')
  expect(list.looks).toMatchObject([{ ruleName: 'secretive', payload: { actions: hidden } }])

  const other = {
    ...whole.payload,
    actions: [{ salesforce: { token: token.replace('1', '2'), url } }, whole.payload.actions[1]],
  }
  const withoutSecrets = { payload: { ...other, actions: hidden }, expected: whole.payload }
  expect(await call('PUT', '/api/rules/secretive', withoutSecrets)).toMatchObject({
    status: 400,
    body: { code: 'BAD_REQUEST' },
  })
  await call('PUT', '/api/rules/secretive', { payload: other, expected: whole.payload })
  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=5')
  expect(trail.entries[0]?.changes).toEqual([
    { path: 'secrets', beforeText: '"(hidden)"', afterText: '"(hidden, another)"' },
  ])
  expect(JSON.stringify(trail)).not.toContain('a-token')
})

test('listed by state, a part of a name or topic filter, and the kind of an action', async () => {
  const lambda = { lambda: { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:listed' } }
  const rules: Record<string, RulePayload> = {
    listed_one: payloadOf("SELECT * FROM 'listed/one'"),
    listed_two: payloadOf("SELECT * FROM 'listed/two'", { actions: [lambda], ruleDisabled: true }),
    listed_basic: payloadOf('SELECT *', { actions: [], errorAction: lambda }),
  }
  for (const [ruleName, topicRulePayload] of Object.entries(rules)) {
    await iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload }))
  }
  const names = async (query: string) => {
    const { body } = await call<RulePage>('GET', `/api/rules?${query}`)
    return body.rules.map(({ ruleName }) => ruleName).filter((name) => name.startsWith('listed'))
  }
  expect(await names('name=LISTED/')).toEqual(['listed_one', 'listed_two'])
  expect(await names('name=_basic')).toEqual(['listed_basic'])
  expect(await names('ruleDisabled=true')).toEqual(['listed_two'])
  expect(await names('ruleDisabled=false&name=listed')).toEqual(['listed_one', 'listed_basic'])
  expect(await names('action=lambda')).toEqual(['listed_two', 'listed_basic'])
  const { body: page } = await call<RulePage>('GET', '/api/rules?name=listed_basic')
  expect(page.rules[0]).not.toHaveProperty('topicPattern')
})

test('where a topic goes, by wildcards and by Basic Ingest', async () => {
  const filters = { way_exact: 'way/a', way_plus: 'way/+', way_hash: 'way/#', way_other: 'way/b' }
  for (const [ruleName, filter] of Object.entries(filters)) {
    const topicRulePayload = payloadOf(`SELECT * FROM '${filter}'`, { ruleDisabled: ruleName === 'way_plus' })
    await iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload }))
  }
  const of = async (topic: string) => {
    const { body } = await call<TopicRules>('GET', `/api/rules-of-topic?topic=${encodeURIComponent(topic)}`)
    expect(body).toMatchObject({ isAll: true })
    return body.rules.map(({ ruleName, ruleDisabled }) => `${ruleName}${ruleDisabled ? ' (disabled)' : ''}`)
  }
  expect(await of('way/a')).toEqual(['way_exact', 'way_hash', 'way_plus (disabled)'])
  expect(await of('$aws/rules/way_other/way/a')).toEqual(['way_other'])
  expect(await of('$aws/rules/way/a')).toEqual([])
  expect(await of('nowhere')).toEqual([])
})

test('whoever writes a rule is offered what there is to send to, page by page, as its action names it', async () => {
  const [sqs, firehose] = [new SQSClient(console.sdk), new FirehoseClient(console.sdk)]
  onTestFinished(() => {
    sqs.destroy()
    firehose.destroy()
  })
  await sqs.send(new CreateQueueCommand({ QueueName: 'pump-alarms' }))
  await sqs.send(new CreateQueueCommand({ QueueName: 'in-order.fifo', Attributes: { FifoQueue: 'true' } }))
  const names = Array.from({ length: 101 }, (_, index) => `lake-${String(index).padStart(3, '0')}`)
  for (const DeliveryStreamName of names) {
    await firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName,
        ExtendedS3DestinationConfiguration: { RoleARN: ROLE, BucketARN: 'arn:aws:s3:::lake' },
      }),
    )
  }
  const targets = (kind: string, browser = grace) =>
    call<RuleTargets>('GET', `/api/rule-targets?kind=${kind}`, undefined, browser)
  const { body: queues } = await targets('queue')
  expect(queues).toMatchObject({ outcome: 'read', isAll: true, targets: [{ name: 'pump-alarms' }] })
  expect(queues.targets[0]?.value).toMatch(/^https?:.*\/123456789012\/pump-alarms$/)
  const { body: streams } = await targets('delivery-stream')
  expect(streams.targets.map(({ value }) => value)).toEqual(names)
  expect((await targets('state-machine')).body).toMatchObject({ outcome: 'not-served', targets: [] })
  expect((await targets('queue', vera)).status).toBe(403)
})

test("functions of SQL that call AWS are really called for an admin, as a rule would; failures are AWS's own", async () => {
  const [lambda, dynamodb] = [new LambdaClient(console.sdk), new DynamoDBClient(console.sdk)]
  onTestFinished(() => {
    lambda.destroy()
    dynamodb.destroy()
  })
  const code = `export const handler = async (event) => {
    if (event.fails) throw new Error('no such pump')
    if (event.waits) await new Promise((resolve) => setTimeout(resolve, 60_000))
    return { got: event }
  }`
  const { FunctionArn: functionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'enrich',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: 70,
      Role: 'arn:aws:iam::123456789012:role/functions-of-nobody-defined',
      Code: { ZipFile: zipSync({ 'index.mjs': strToU8(code) }) },
    }),
  )
  const invoke = (payload: string, arn = functionArn, browser = grace) =>
    call<RuleCallAnswer>('POST', '/api/rule-function-calls', { functionArn: arn, payload }, browser)
  expect((await invoke('{"serial":"batch-secret"}')).body).toEqual({
    outcome: 'answered',
    answer: '{"got":{"serial":"batch-secret"}}',
  })
  const { body: trail } = await call<AuditPage>('GET', '/api/audit?limit=1')
  expect(trail.entries[0]).toMatchObject({
    action: 'InvokeFunction',
    resource: { type: 'function', id: functionArn },
    outcome: { status: 200 },
  })
  expect(JSON.stringify(trail.entries[0])).not.toContain('batch-secret')
  expect((await invoke('{"fails":true}')).body).toMatchObject({
    outcome: 'failed',
    answer: expect.stringContaining('no such pump'),
  })
  expect((await invoke('{"waits":true}')).body).toEqual({ outcome: 'failed', answer: 'No answer came within 2000 ms.' })
  expect((await invoke('{}', `${functionArn}-gone`)).body).toMatchObject({
    outcome: 'failed',
    answer: expect.stringMatching(/^ResourceNotFoundException: /),
  })
  expect((await invoke('{}', functionArn, vera)).status).toBe(403)

  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'pumps',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'site', AttributeType: 'S' },
        { AttributeName: 'number', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'site', KeyType: 'HASH' },
        { AttributeName: 'number', KeyType: 'RANGE' },
      ],
    }),
  )
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName: 'pumps' })
  const Item = {
    site: { S: 'north' },
    number: { N: '7' },
    limit: { N: '9007199254740993.25' },
    tags: { SS: ['a', 'b'] },
    spare: { NULL: true },
  }
  await dynamodb.send(new PutItemCommand({ TableName: 'pumps', Item }))
  const read = (number: string, tableName = 'pumps', browser = grace) => {
    const key = [
      { name: 'site', value: { S: 'north' } },
      { name: 'number', value: { N: number } },
    ]
    return call<RuleCallAnswer>('POST', '/api/rule-item-reads', { tableName, key }, browser)
  }
  const { body: found } = await read('7')
  expect(found).toMatchObject({ outcome: 'answered', answer: expect.stringContaining('"limit":9007199254740993.25') })
  expect(JSON.parse(found.answer)).toMatchObject({ site: 'north', number: 7, tags: ['a', 'b'], spare: null })
  expect((await read('8')).body).toEqual({ outcome: 'answered', answer: '' })
  expect((await read('7', 'gone')).body).toMatchObject({
    outcome: 'failed',
    answer: expect.stringMatching(/^ResourceNotFoundException: /),
  })
  expect((await read('7', 'pumps', vera)).status).toBe(403)

  const iam = new IAMClient(console.sdk)
  onTestFinished(() => iam.destroy())
  const denied = { Effect: 'Deny', Action: ['lambda:InvokeFunction', 'dynamodb:GetItem'], Resource: '*' }
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [denied] })
  await iam.send(new PutRolePolicyCommand({ RoleName: console.roleName, PolicyName: 'none-of-it', PolicyDocument }))
  for (const { body } of [await invoke('{}'), await read('7')]) {
    expect(body).toMatchObject({ outcome: 'not-allowed', answer: expect.stringMatching(/^AccessDenied/) })
  }
})
