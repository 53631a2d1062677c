import { type Action, DeleteTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ANY_ROLE, republish, ruleMaker } from './support/rules.ts'

// Rules in the manners in which people write them for AWS: double quotes in templates, words of functions as names,
// a slash in front, Basic Ingest in FROM, topics of shadows, rules that do nothing.

let local: Local
let iot: IoTClient
let device: TestClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'unit-7' })
  await device.mqtt.subscribeAsync('out/#', { qos: 1 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
})

const makeRule = ruleMaker(() => iot)

test.each([
  ["SELECT topic() as topic, * FROM 'raw/+'", 'raw/a', '{"v":1}', 'out/${topic(2)}', '{"topic":"raw/a","v":1}'],
  [
    "SELECT *, topic(2) AS unit FROM 'site/+/telemetry'",
    'site/u1/telemetry',
    '{"v":1}',
    'out/t',
    '{"v":1,"unit":"u1"}',
  ],
  ["SELECT * FROM '/motion'", '/motion', '{"v":1}', 'out/slash', '{"v":1}'],
  ["select v as value from 'lower/#' where v >= 1 and v < 2", 'lower/x', '{"v":1.5}', 'out/lower', '{"value":1.5}'],
  ["SELECT * FROM 'always' WHERE 1=1", 'always', '{"v":1}', 'out/always', '{"v":1}'],
  ["SELECT v FROM 'star/*' WHERE v > 0", 'star/*', '{"v":1}', 'out/star', '{"v":1}'],
  [
    "SELECT timestamp, time FROM 'times'",
    'times',
    '{"timestamp":86400000,"time":"t"}',
    'out/${parse_time("yyyy/MM/dd", timestamp)}/${time}',
    '{"timestamp":86400000,"time":"t"}',
  ],
  [
    "SELECT state.reported.t AS t, topic(3) AS thing FROM '$aws/things/+/shadow/update/accepted' WHERE isUndefined(state.reported.t) = false",
    '$aws/things/unit-7/shadow/update',
    '{"state":{"reported":{"t":21.5}}}',
    'out/shadow',
    '{"t":21.5,"thing":"unit-7"}',
  ],
  [
    `SELECT CASE WHEN_ WHEN 'a' THEN 'alarm' ELSE 'ok' END AS level, concat(clientid(), ':', WHEN_) AS who FROM 'case'`,
    'case',
    '{"WHEN_":"a"}',
    'out/case',
    '{"level":"alarm","who":"unit-7:a"}',
  ],
  [
    "SELECT (SELECT VALUE n FROM list WHERE n > 1) AS big, get(list, 0).n AS first FROM 'nested'",
    'nested',
    '{"list":[{"n":1},{"n":2},{"n":3}]}',
    'out/nested',
    '{"big":[2,3],"first":1}',
  ],
])('%s', async (sql, topic, payload, to, expected) => {
  const ruleName = await makeRule(sql, [republish(to)])
  await device.mqtt.publishAsync(topic, payload, { qos: 1 })
  const { text, topic: arrived } = await device.inbox.take()
  expect(text).toBe(expected)
  expect(arrived.startsWith('out/')).toBe(true)
  await iot.send(new DeleteTopicRuleCommand({ ruleName }))
})

test('FROM names the topic of Basic Ingest: the rule is run once, by its name; one without actions does nothing', async () => {
  const ruleName = await makeRule("SELECT v FROM '$aws/rules/+/in'", [republish('out/basic')])
  await makeRule("SELECT v FROM '#'", [], { errorAction: republish('out/never') })
  await device.mqtt.publishAsync(`$aws/rules/${ruleName}/in`, '{"v":1}', { qos: 1 })
  await device.mqtt.publishAsync('out/end', 'end', { qos: 1 })
  const arrived = [(await device.inbox.take()).text, (await device.inbox.take()).text]
  expect(arrived.sort()).toEqual(['end', '{"v":1}'])
  expect(device.inbox.rest).toEqual([])
})

test.each([
  [
    'two actions in one element',
    { ...republish('out/x'), lambda: { functionArn: 'f' } },
    /has several actions \(lambda, republish\)/,
  ],
  ['a role that is no ARN', republish('out/x', { roleArn: 'my-role' }), /my-role is not the ARN of a role/],
  [
    'an entry of SiteWise by alias and by id',
    {
      iotSiteWise: {
        putAssetPropertyValueEntries: [
          {
            propertyAlias: '/a',
            assetId: 'b',
            propertyValues: [{ value: { stringValue: 'x' }, timestamp: { timeInSeconds: '1' } }],
          },
        ],
        roleArn: ANY_ROLE,
      },
    },
    /give either propertyAlias, or both assetId and propertyId/,
  ],
  [
    'a message id in batches of IoT Events',
    { iotEvents: { inputName: 'i', messageId: 'm', batchMode: true, roleArn: ANY_ROLE } },
    /messageId: it cannot be given where batchMode is true/,
  ],
  ['no channel of IoT Analytics', { iotAnalytics: { roleArn: ANY_ROLE } }, /channelName: it is needed/],
  [
    'an element’s member in an action that has no elements',
    republish('out/@{id}'),
    /only influxDB has elements that @\{…\} could name/,
  ],
] as const)('%s is refused', async (_, action, message) => {
  await expect(makeRule("SELECT * FROM 'x'", [action as Action])).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringMatching(message),
  })
})
