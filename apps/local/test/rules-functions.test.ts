import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateTopicRuleCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { connectDevice, type TestClient } from './support/mqtt-client.ts'
import { ANY_ROLE, republish, SQL_VERSION } from './support/rules.ts'

// Functions of SQL that ask what this server knows itself, on the right of the role that they name.

const NARROW = 'arn:aws:iam::123456789012:role/narrow'

let local: Local
let iot: IoTClient
let device: TestClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  device = await connectDevice(local, await makeDevice(local), { clientId: 'pump-7' })
  await device.mqtt.subscribeAsync('out/#', { qos: 1 })
  await iot.send(new CreateThingCommand({ thingName: 'lamp', attributePayload: { attributes: { site: 'north' } } }))
  await iot.send(new CreateThingGroupCommand({ thingGroupName: 'lights' }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'lamp', thingGroupName: 'lights' }))
  const data = new IoTDataPlaneClient(local.sdk)
  for (const [shadowName, reported] of [
    [undefined, { alarm: 12345678901234567890n }],
    ['wifi', { ssid: 'a' }],
  ] as const) {
    const text = JSON.stringify({ state: { reported } }, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
    await data.send(new UpdateThingShadowCommand({ thingName: 'lamp', shadowName, payload: Buffer.from(text) }))
  }
  data.destroy()
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  iot.destroy()
  await local[Symbol.asyncDispose]()
})

async function makeRule(ruleName: string, sql: string): Promise<void> {
  await iot.send(
    new CreateTopicRuleCommand({
      ruleName,
      topicRulePayload: {
        sql,
        awsIotSqlVersion: SQL_VERSION,
        actions: [republish(`out/${ruleName}`)],
      },
    }),
  )
}

async function outcomeOf(topic: string): Promise<unknown> {
  await device.mqtt.publishAsync(topic, '{"thing":"lamp"}', { qos: 1 })
  return JSON.parse((await device.inbox.take()).text)
}

test('get_thing_shadow() gives the document of the classic shadow and of named ones', async () => {
  await makeRule(
    'shadows',
    `SELECT get_thing_shadow(thing, '${ANY_ROLE}').state.reported.alarm AS alarm,
      get_thing_shadow(thing, 'wifi', '${ANY_ROLE}').version AS version FROM 'shadows'`,
  )
  expect(await outcomeOf('shadows')).toEqual({ alarm: '12345678901234567890', version: 1 })
})

test('get_registry_data() gives what DescribeThing and ListThingGroupsForThing answer', async () => {
  await makeRule('thing', `SELECT VALUE get_registry_data('DescribeThing', thing, '${ANY_ROLE}') FROM 'thing'`)
  expect(await outcomeOf('thing')).toEqual({
    defaultClientId: 'lamp',
    thingName: 'lamp',
    thingId: expect.any(String),
    thingArn: 'arn:aws:iot:us-east-1:123456789012:thing/lamp',
    attributes: { site: 'north' },
    version: 1,
  })
  await makeRule(
    'groups',
    `SELECT get_registry_data('ListThingGroupsForThing', thing, '${ANY_ROLE}').thingGroups AS g FROM 'groups'`,
  )
  expect(await outcomeOf('groups')).toEqual({
    g: [{ groupName: 'lights', groupArn: 'arn:aws:iot:us-east-1:123456789012:thinggroup/lights' }],
  })
})

test('a role that may not ask, and a thing that is not there, end the rule without its actions', async () => {
  const iam = new IAMClient(local.sdk)
  const document = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  const trust = { Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole' }
  await iam.send(new CreateRoleCommand({ RoleName: 'narrow', AssumeRolePolicyDocument: document(trust) }))
  const allowed = { Action: 'iot:GetThingShadow', Resource: 'arn:aws:iot:*:*:thing/lamp' }
  await iam.send(new PutRolePolicyCommand({ RoleName: 'narrow', PolicyName: 'p', PolicyDocument: document(allowed) }))
  iam.destroy()
  await makeRule('r1', `SELECT get_registry_data('DescribeThing', thing, '${NARROW}') AS t FROM 'narrow'`)
  await makeRule('r2', `SELECT get_thing_shadow('none', '${ANY_ROLE}') AS t FROM 'narrow'`)
  await makeRule('r3', `SELECT get_thing_shadow(thing, 'wifi', '${NARROW}') AS t FROM 'narrow'`)
  await makeRule('r4', `SELECT get_thing_shadow(thing, '${NARROW}').version AS version FROM 'narrow'`)
  expect(await outcomeOf('narrow')).toEqual({ version: 1 })
  await makeRule('end', "SELECT 1 AS one FROM 'end'")
  expect(await outcomeOf('end')).toEqual({ one: 1 })
})
