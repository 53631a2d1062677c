import {
  AddThingToThingGroupCommand,
  CreateDynamicThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  IoTClient,
  UpdateIndexingConfigurationCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { entries, turnOn } from './support/iot-log.ts'

// Entries: AWS IoT Core developer guide, "Fleet indexing log entries", "Dynamic thing group log entries".

let local: Local
let iot: IoTClient
let data: IoTDataPlaneClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  data = new IoTDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
})
beforeEach(async () => {
  local.reset()
  await turnOn(local, 'INFO')
  await iot.send(
    new UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: {
        thingIndexingMode: 'REGISTRY_AND_SHADOW',
        namedShadowIndexingMode: 'ON',
        filter: { namedShadowNames: ['alarm'] },
        customFields: [
          { name: 'attributes.temp', type: 'Number' },
          { name: 'shadow.reported.on', type: 'Boolean' },
          { name: 'shadow.name.alarm.reported.level', type: 'Number' },
        ],
      },
    }),
  )
})
afterAll(async () => {
  iot.destroy()
  data.destroy()
  await local.close()
})

const of = (eventType: string) => entries(local, `{ $.eventType = "${eventType}" }`)

const attributes = (temp: string) => ({ attributePayload: { attributes: { temp } } })

test('a value that is not of its field’s type is told when the thing or its shadow changes', async () => {
  const thingName = 'pump'
  await iot.send(new CreateThingCommand({ thingName, ...attributes('warm') }))
  await iot.send(new UpdateThingCommand({ thingName, ...attributes('21.5') }))
  const update = (reported: object, shadowName?: string) =>
    data.send(
      new UpdateThingShadowCommand({
        thingName,
        shadowName,
        payload: Buffer.from(JSON.stringify({ state: { reported } })),
      }),
    )
  await update({ on: true })
  await update({ on: 'yes' })
  await update({ level: 'high' }, 'alarm')
  await update({ level: 'high' }, 'other') // is not indexed
  const failed = (Name: string, Value: string, ExpectedType: string) => ({
    timestamp: expect.any(String),
    logLevel: 'ERROR',
    traceId: expect.any(String),
    accountId: '123456789012',
    status: 'SucceededWithIssues',
    eventType: 'IndexingCustomFieldFailed',
    thingName,
    failedCustomFields: [{ Name, Value, ExpectedType }],
  })
  expect(await of('IndexingCustomFieldFailed')).toEqual([
    failed('attributes.temp', 'warm', 'Number'),
    failed('shadow.reported.on', 'yes', 'Boolean'),
    failed('shadow.name.alarm.reported.level', 'high', 'Number'),
  ])
})

test('dynamic groups that have no room for a thing are told by name', async () => {
  for (let index = 0; index < 9; index += 1) {
    await iot.send(
      new CreateDynamicThingGroupCommand({ thingGroupName: `dynamic-${index}`, queryString: 'thingName:*' }),
    )
  }
  for (const thingGroupName of ['north', 'south']) await iot.send(new CreateThingGroupCommand({ thingGroupName }))
  await iot.send(new CreateThingCommand({ thingName: 'pump' }))
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'pump', thingGroupName: 'north' }))
  expect(await of('AddThingToDynamicThingGroupsFailed')).toEqual([])
  const override = { overrideDynamicGroups: true }
  await iot.send(new AddThingToThingGroupCommand({ thingName: 'pump', thingGroupName: 'south', ...override }))
  expect(await of('AddThingToDynamicThingGroupsFailed')).toMatchObject([
    {
      logLevel: 'ERROR',
      status: 'Failure',
      thingName: 'pump',
      dynamicThingGroupNames: ['dynamic-8'],
      reason: expect.stringContaining('already belongs to the maximum allowed number of groups'),
    },
  ])
})
