import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import {
  type Action,
  CreateTopicRuleCommand,
  DeleteTopicRuleCommand,
  DisableTopicRuleCommand,
  EnableTopicRuleCommand,
  GetTopicRuleCommand,
  IoTClient,
  ListTagsForResourceCommand,
  ListTopicRulesCommand,
  ReplaceTopicRuleCommand,
  type TopicRulePayload,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { republish, ruleMaker, SQL_VERSION } from './support/rules.ts'

let local: Local
let iot: IoTClient
let device: TestClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync('out/#', { qos: 1 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
})

const makeRule = ruleMaker(() => iot)

const publish = (topic: string, payload: string | Buffer, properties = {}) =>
  device.mqtt.publishAsync(topic, payload, { qos: 1, properties })
const received = async () => {
  const { topic, text } = await device.inbox.take()
  return { topic, text }
}

describe('the control plane', () => {
  test('a rule is made, read, replaced, disabled and deleted; its tags are kept', async () => {
    const ruleName = 'store_readings'
    const topicRulePayload: TopicRulePayload = {
      sql: "SELECT *, topic(2) AS device FROM 'dt/+/t'",
      description: 'Readings',
      actions: [republish('out/readings')],
      awsIotSqlVersion: SQL_VERSION,
      errorAction: republish('out/errors'),
    }
    await iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload, tags: 'site=north&owner=ada%20l' }))
    const { ruleArn, rule } = await iot.send(new GetTopicRuleCommand({ ruleName }))
    expect(ruleArn).toBe('arn:aws:iot:us-east-1:123456789012:rule/store_readings')
    expect(rule).toEqual({ ...topicRulePayload, ruleName, ruleDisabled: false, createdAt: expect.any(Date) })
    expect((await iot.send(new ListTagsForResourceCommand({ resourceArn: ruleArn }))).tags).toEqual([
      { Key: 'owner', Value: 'ada l' },
      { Key: 'site', Value: 'north' },
    ])
    const again = iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload }))
    await expect(again).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' })

    await iot.send(new DisableTopicRuleCommand({ ruleName }))
    const listed = async (topic?: string, ruleDisabled?: boolean) =>
      (await iot.send(new ListTopicRulesCommand({ topic, ruleDisabled }))).rules?.map((each) => each.ruleName)
    expect(await listed('dt/pump-7/t')).toEqual([ruleName])
    expect(await listed('dt/pump-7/u')).toEqual([])
    expect(await listed(undefined, true)).toEqual([ruleName])
    expect(await listed(undefined, false)).toEqual([])
    await iot.send(new EnableTopicRuleCommand({ ruleName }))
    const replacement = { sql: "SELECT VALUE t FROM 'dt/#'", actions: [] }
    await iot.send(new ReplaceTopicRuleCommand({ ruleName, topicRulePayload: replacement }))
    expect((await iot.send(new ListTopicRulesCommand({}))).rules).toEqual([
      { ruleArn, ruleName, topicPattern: 'dt/#', createdAt: rule?.createdAt, ruleDisabled: false },
    ])
    await iot.send(new DeleteTopicRuleCommand({ ruleName }))
    for (const gone of [new GetTopicRuleCommand({ ruleName }), new DeleteTopicRuleCommand({ ruleName })]) {
      await expect(iot.send(gone as GetTopicRuleCommand)).rejects.toMatchObject({ name: 'UnauthorizedException' })
    }
  })

  test.each([
    [
      'SQL that is none',
      { sql: "SELECT FROM 'dt/#'" },
      'SqlParseException',
      /^sql: Expected an expression, found FROM \(line 1, column 8\)$/,
    ],
    ['a function that is none', { sql: "SELECT nope(a) AS b FROM 'dt/#'" }, 'SqlParseException', /nope/],
    [
      'a template that is none',
      { actions: [republish('out/${topic(')] },
      'SqlParseException',
      /actions\[0\].republish.topic/,
    ],
    [
      'a topic that is a filter',
      { actions: [republish('out/#')] },
      'InvalidRequestException',
      /republish.topic: Invalid topic/,
    ],
    [
      'a topic that no rule may publish to',
      { actions: [republish('$$aws/events/presence/connected/x')] },
      'InvalidRequestException',
      /reserved topic \$aws\/events/,
    ],
    [
      'a topic of jobs',
      { actions: [republish('$$aws/things/pump-7/jobs/get')] },
      'InvalidRequestException',
      /reserved topic \$aws\/things\/pump-7\/jobs/,
    ],
    ['no action', { actions: [{} as Action] }, 'InvalidRequestException', /actions\[0\] has no action/],
    [
      'a host that is not Salesforce’s',
      { actions: [{ salesforce: { url: 'https://example.com/streams/x/y/event', token: 't'.repeat(40) } }] },
      'InvalidRequestException',
      /url/,
    ],
    [
      'a role of another account',
      { actions: [republish('out/x', { roleArn: 'arn:aws:iam::999999999999:role/r' })] },
      'InvalidRequestException',
      /must be of account 123456789012/,
    ],
    ['a version that is none', { awsIotSqlVersion: '2017-01-01' }, 'InvalidRequestException', /2016-03-23/],
  ] as const)('%s is refused, and no rule is made', async (_, change, name, message) => {
    const topicRulePayload = {
      sql: "SELECT * FROM 'dt/#'",
      actions: [republish('out/x')],
      ...change,
    } as TopicRulePayload
    const made = iot.send(new CreateTopicRuleCommand({ ruleName: 'refused', topicRulePayload }))
    await expect(made).rejects.toMatchObject({ name, message: expect.stringMatching(message) })
    await expect(iot.send(new GetTopicRuleCommand({ ruleName: 'refused' }))).rejects.toThrow()
  })
})

describe('the engine', () => {
  test('what SELECT makes of a message is published, where WHERE holds', async () => {
    await makeRule("SELECT t * 2 AS twice, clientid() AS client FROM 'a/+/t' WHERE t > 20", [
      republish('out/${topic(2)}'),
    ])
    await publish('a/pump-7/t', '{"t":20}')
    await publish('a/pump-7/t', 'not JSON')
    await publish('a/pump-7/t', '{"t":21.25}')
    expect(await received()).toEqual({ topic: 'out/pump-7', text: '{"twice":42.5,"client":"pump-7"}' })
  })

  test('headers are made of the message, digits stay, binary payloads go through', async () => {
    await makeRule("SELECT * FROM 'b/#'", [
      republish('out/b', {
        headers: {
          contentType: 'application/json',
          payloadFormatIndicator: 'UTF8_DATA',
          messageExpiry: '60',
          userProperties: [{ key: 'from', value: '${topic()}' }],
        },
      }),
    ])
    await publish('b/1', '{"id":12345678901234567890}')
    const { packet, text } = await device.inbox.take()
    expect(text).toBe('{"id":12345678901234567890}')
    expect(packet.properties).toMatchObject({
      contentType: 'application/json',
      payloadFormatIndicator: true,
      userProperties: { from: 'b/1' },
    })
    // What is left of the minute.
    const left = packet.properties?.messageExpiryInterval ?? 0
    expect(left > 50 && left <= 60, `${left} s`).toBe(true)
    await makeRule("SELECT * FROM 'raw'", [republish('out/raw')])
    await publish('raw', Buffer.from([0, 255, 1]))
    expect([...((await device.inbox.take()).packet.payload as Buffer)]).toEqual([0, 255, 1])
  })

  test('a rule on a topic of the shadow and one on presence hear of both', async () => {
    await makeRule("SELECT state.on AS on FROM '$aws/things/+/shadow/update/delta'", [
      republish('out/delta/${topic(3)}'),
    ])
    await makeRule("SELECT eventType FROM '$aws/events/presence/connected/lamp-1'", [republish('out/presence')])
    await publish('$aws/things/lamp-9/shadow/update', '{"state":{"desired":{"on":true}}}')
    expect(await received()).toEqual({ topic: 'out/delta/lamp-9', text: '{"on":true}' })
    await using _ = await connectDevice(local, await makeDevice(local), { clientId: 'lamp-1' })
    expect(await received()).toEqual({ topic: 'out/presence', text: '{"eventType":"connected"}' })
  })

  test('Basic Ingest leads to one rule, without its topic and past subscribers', async () => {
    const ruleName = await makeRule('SELECT a, topic() AS topic', [republish('out/ingested')])
    await device.mqtt.subscribeAsync('ingest/#')
    await publish(`$aws/rules/${ruleName}/ingest/1`, '{"a":1}')
    expect(await received()).toEqual({ topic: 'out/ingested', text: '{"a":1,"topic":"ingest/1"}' })
    await iot.send(new DisableTopicRuleCommand({ ruleName }))
    await publish(`$aws/rules/${ruleName}/ingest/1`, '{"a":2}')
    await iot.send(new EnableTopicRuleCommand({ ruleName }))
    await publish(`$aws/rules/${ruleName}/ingest/1`, '{"a":3}')
    expect(await received()).toMatchObject({ text: '{"a":3,"topic":"ingest/1"}' })
  })

  test('an action that is not allowed is told to the error action, with the message as it was', async () => {
    const iam = new IAMClient(local.sdk)
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'narrow',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
      }),
    )
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'narrow',
        PolicyName: 'publish',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:*:*:topic/out/allowed/*' }],
        }),
      }),
    )
    iam.destroy()
    const roleArn = 'arn:aws:iam::123456789012:role/narrow'
    const ruleName = await makeRule(
      "SELECT * FROM 'c/#'",
      [republish('out/allowed/${topic(2)}', { roleArn }), republish('out/forbidden', { roleArn })],
      { errorAction: republish('out/failed') },
    )
    await publish('c/x', '{"c":1}')
    const both = [await received(), await received()].sort((one, other) => one.topic.localeCompare(other.topic))
    expect(both[0]).toEqual({ topic: 'out/allowed/x', text: '{"c":1}' })
    expect(JSON.parse(both[1]?.text ?? '')).toEqual({
      ruleName,
      topic: 'c/x',
      cloudwatchTraceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientId: 'pump-7',
      sourceIp: '127.0.0.1',
      base64OriginalPayload: Buffer.from('{"c":1}').toString('base64'),
      failures: [
        {
          failedAction: 'RepublishAction',
          failedResource: 'out/forbidden',
          errorMessage: expect.stringContaining('is not authorized to perform: iot:Publish'),
        },
      ],
    })
  })

  test('a result of more than 128 KiB goes nowhere, and the error action hears of it', async () => {
    await makeRule("SELECT s AS a, s AS b, s AS c, s AS d FROM 'grow'", [republish('out/grown')], {
      errorAction: republish('out/too-large'),
    })
    await publish('grow', JSON.stringify({ s: 'x'.repeat(32_000) }))
    await publish('grow', JSON.stringify({ s: 'x'.repeat(33_000) }))
    expect((await received()).topic).toBe('out/grown')
    const { topic, text } = await received()
    expect(topic).toBe('out/too-large')
    expect(JSON.parse(text).failures).toEqual([
      {
        failedAction: 'RepublishAction',
        failedResource: 'out/grown',
        errorMessage: 'The result has more than 131072 bytes: 132029.',
      },
    ])
  })

  test('what a role may is asked anew when it changes: it is defined, trusts somebody else, and is deleted', async () => {
    const iam = new IAMClient(local.sdk)
    const roleArn = 'arn:aws:iam::123456789012:role/changing'
    await makeRule("SELECT * FROM 'changing'", [republish('out/done', { roleArn })], {
      errorAction: republish('out/refused'),
    })
    const outcome = async () => {
      await publish('changing', '{}')
      return (await received()).topic
    }
    const trust = (Service: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
      })
    const RoleName = 'changing'
    expect(await outcome()).toBe('out/done')
    const AssumeRolePolicyDocument = trust('iot.amazonaws.com')
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    expect(await outcome()).toBe('out/refused')
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:Publish', Resource: '*' }],
    })
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument }))
    expect(await outcome()).toBe('out/done')
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust('lambda.amazonaws.com') }))
    expect(await outcome()).toBe('out/refused')
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: AssumeRolePolicyDocument }))
    expect(await outcome()).toBe('out/done')
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }))
    expect(await outcome()).toBe('out/refused')
    await iam.send(new DeleteRoleCommand({ RoleName }))
    expect(await outcome()).toBe('out/refused')
    iam.destroy()
  })

  test('rules that publish to each other come to an end', async () => {
    await makeRule("SELECT n + 1 AS n FROM 'loop'", [republish('loop')])
    await makeRule("SELECT n FROM 'loop'", [republish('out/loop')])
    await publish('loop', '{"n":0}')
    const seen: string[] = []
    for (let count = 0; count < 10; count += 1) seen.push((await received()).text)
    // What was republished ten times is not republished once more.
    expect(seen.at(-1)).toBe('{"n":9}')
    await publish('out/end', 'end')
    expect(await received()).toEqual({ topic: 'out/end', text: 'end' })
  })

  test('a rule on everything that republishes twice makes no flood of one message', async () => {
    const ruleName = await makeRule("SELECT * FROM 'flood/#'", [republish('flood/a'), republish('flood/b')])
    await device.mqtt.subscribeAsync('flood/#', { qos: 1 })
    await publish('flood/0', '{}')
    // Two of each, for ten times, would be 2,047; all that there is was handed on before the end is.
    let count = 0
    await publish('flood-end', '')
    await iot.send(new DisableTopicRuleCommand({ ruleName }))
    await publish('out/flood-end', '')
    while ((await device.inbox.take()).topic !== 'out/flood-end') count += 1
    expect(count).toBeLessThanOrEqual(1 + 1_000)
  })
})
