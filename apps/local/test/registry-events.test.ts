import {
  AddThingToBillingGroupCommand,
  AddThingToThingGroupCommand,
  CreateBillingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DeleteThingCommand,
  DeleteThingGroupCommand,
  DeprecateThingTypeCommand,
  DescribeEventConfigurationsCommand,
  DescribeThingGroupCommand,
  EventType,
  IoTClient,
  RemoveThingFromThingGroupCommand,
  UpdateEventConfigurationsCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { connectWebSocket, type TestClient } from './support/mqtt-client.ts'

let local: Local
let iot: IoTClient
let watcher: TestClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  watcher = await connectWebSocket(local, { clientId: 'events-watcher' })
  for (const family of ['thing', 'thingType', 'thingGroup']) {
    await watcher.mqtt.subscribeAsync(`$aws/events/${family}/+/+`, { qos: 1 })
  }
  await watcher.mqtt.subscribeAsync('$aws/events/thingTypeAssociation/#', { qos: 1 })
  await watcher.mqtt.subscribeAsync('$aws/events/thingGroupMembership/#', { qos: 1 })
  await watcher.mqtt.subscribeAsync('$aws/events/thingGroupHierarchy/#', { qos: 1 })
})

afterAll(async () => {
  await watcher[Symbol.asyncDispose]()
  iot.destroy()
  await local.close()
})

const enable = (...types: EventType[]) =>
  iot.send(
    new UpdateEventConfigurationsCommand({
      eventConfigurations: Object.fromEntries(types.map((type) => [type, { Enabled: true }])),
    }),
  )
const event = (tail: string) => watcher.json(`$aws/events/${tail}`)
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

test('all events are off at first, and nothing is published; what is switched on is kept beside the rest', async () => {
  const before = await iot.send(new DescribeEventConfigurationsCommand())
  expect(Object.keys(before.eventConfigurations ?? {}).sort()).toEqual(Object.values(EventType).sort())
  expect(Object.values(before.eventConfigurations ?? {})).toEqual(
    Object.values(EventType).map(() => ({ Enabled: false })),
  )
  expect(before.creationDate).toBeUndefined()
  await iot.send(new CreateThingCommand({ thingName: 'silent' }))

  await enable('THING')
  await iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { JOB: { Enabled: true } } }))
  const after = await iot.send(new DescribeEventConfigurationsCommand())
  expect(after.eventConfigurations).toMatchObject({
    THING: { Enabled: true },
    JOB: { Enabled: true },
    POLICY: { Enabled: false },
  })
  expect(after.creationDate?.getTime()).toBeLessThanOrEqual(after.lastModifiedDate?.getTime() ?? 0)

  await iot.send(new UpdateThingCommand({ thingName: 'silent', attributePayload: { attributes: { a: '1' } } }))
  expect((await event('thing/silent/updated')).versionNumber).toBe(2)
  expect(watcher.inbox.rest).toEqual([]) // the creation before was not told late
})

test('an unknown event type is refused by name', async () => {
  await expect(
    iot.send(
      new UpdateEventConfigurationsCommand({
        eventConfigurations: { NONSENSE: { Enabled: true } } as never, // what the compiler would refuse
      }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidRequestException', message: expect.stringContaining('THING_GROUP') })
})

test('a thing and its type: created, associated, updated, deleted, with every member of the guide', async () => {
  await enable('THING', 'THING_TYPE', 'THING_TYPE_ASSOCIATION')
  const { thingTypeId } = await iot.send(
    new CreateThingTypeCommand({
      thingTypeName: 'pump',
      thingTypeProperties: { thingTypeDescription: 'Pumps', searchableAttributes: ['site'] },
    }),
  )
  expect(await event('thingType/pump/created')).toEqual({
    eventType: 'THING_TYPE_EVENT',
    eventId: expect.stringMatching(ID),
    timestamp: expect.any(Number),
    operation: 'CREATED',
    accountId: '123456789012',
    thingTypeId,
    thingTypeName: 'pump',
    isDeprecated: false,
    deprecationDate: null,
    searchableAttributes: ['site'],
    propagatingAttributes: [],
    description: 'Pumps',
  })
  const { thingId } = await iot.send(
    new CreateThingCommand({
      thingName: 'p:1',
      thingTypeName: 'pump',
      attributePayload: { attributes: { site: 'n' } },
    }),
  )
  expect(await event('thing/p:1/created')).toEqual({
    eventType: 'THING_EVENT',
    eventId: expect.stringMatching(ID),
    timestamp: expect.any(Number),
    operation: 'CREATED',
    accountId: '123456789012',
    thingId,
    thingName: 'p:1',
    versionNumber: 1,
    thingTypeName: 'pump',
    attributes: { site: 'n' },
  })
  expect(await event('thingTypeAssociation/thing/p:1/thingType/pump/added')).toEqual({
    eventId: expect.stringMatching(ID),
    eventType: 'THING_TYPE_ASSOCIATION_EVENT',
    operation: 'ADDED',
    thingId,
    thingName: 'p:1',
    thingTypeName: 'pump',
    timestamp: expect.any(Number),
  })
  await iot.send(new UpdateThingCommand({ thingName: 'p:1', removeThingType: true }))
  expect(await event('thing/p:1/updated')).toMatchObject({ versionNumber: 2, thingTypeName: null })
  expect(await event('thingTypeAssociation/thing/p:1/thingType/pump/removed')).toMatchObject({ operation: 'REMOVED' })
  await iot.send(new DeprecateThingTypeCommand({ thingTypeName: 'pump' }))
  expect(await event('thingType/pump/updated')).toMatchObject({
    isDeprecated: true,
    deprecationDate: expect.any(Number),
  })
  await iot.send(new DeleteThingCommand({ thingName: 'p:1' }))
  expect(await event('thing/p:1/deleted')).toMatchObject({ operation: 'DELETED', thingId, versionNumber: 2 })
  expect(watcher.inbox.rest).toEqual([])
})

test('groups: their place in the hierarchy, and things that come and go under one membership id', async () => {
  await enable('THING_GROUP', 'THING_GROUP_HIERARCHY', 'THING_GROUP_MEMBERSHIP')
  const root = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'site' }))
  expect(await event('thingGroup/site/created')).toMatchObject({ parentGroupName: null, rootToParentThingGroups: [] })
  const hall = await iot.send(
    new CreateThingGroupCommand({
      thingGroupName: 'hall',
      parentGroupName: 'site',
      thingGroupProperties: { thingGroupDescription: 'A hall', attributePayload: { attributes: { floor: '1' } } },
    }),
  )
  expect(await event('thingGroup/hall/created')).toEqual({
    eventType: 'THING_GROUP_EVENT',
    eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
    timestamp: expect.any(Number),
    operation: 'CREATED',
    accountId: '123456789012',
    thingGroupId: hall.thingGroupId,
    thingGroupName: 'hall',
    versionNumber: 1,
    parentGroupName: 'site',
    parentGroupId: root.thingGroupId,
    description: 'A hall',
    rootToParentThingGroups: [{ groupArn: root.thingGroupArn, groupId: root.thingGroupId }],
    attributes: { floor: '1' },
    dynamicGroupMappingId: null,
  })
  expect(await event('thingGroupHierarchy/thingGroup/site/childThingGroup/hall/added')).toMatchObject({
    eventType: 'THING_GROUP_HIERARCHY_EVENT',
    operation: 'ADDED',
    thingGroupId: root.thingGroupId,
    thingGroupName: 'site',
    childGroupId: hall.thingGroupId,
    childGroupName: 'hall',
  })
  const thing = await iot.send(new CreateThingCommand({ thingName: 'member' }))
  const membership = { thingGroupName: 'hall', thingName: 'member' }
  await iot.send(new AddThingToThingGroupCommand(membership))
  const added = await event('thingGroupMembership/thingGroup/hall/thing/member/added')
  expect(added).toEqual({
    eventType: 'THING_GROUP_MEMBERSHIP_EVENT',
    eventId: expect.stringMatching(ID),
    timestamp: expect.any(Number),
    operation: 'ADDED',
    accountId: '123456789012',
    groupArn: hall.thingGroupArn,
    groupId: hall.thingGroupId,
    thingArn: thing.thingArn,
    thingId: thing.thingId,
    membershipId: expect.stringMatching(ID),
  })
  await iot.send(new AddThingToThingGroupCommand(membership)) // it is there already: nothing happened
  await iot.send(new RemoveThingFromThingGroupCommand(membership))
  const removed = await event('thingGroupMembership/thingGroup/hall/thing/member/removed')
  expect(removed).toMatchObject({ operation: 'REMOVED', membershipId: added.membershipId })
  await iot.send(new DeleteThingGroupCommand({ thingGroupName: 'hall' }))
  expect(await event('thingGroup/hall/deleted')).toMatchObject({ operation: 'DELETED', parentGroupName: 'site' })
  await event('thingGroupHierarchy/thingGroup/site/childThingGroup/hall/removed')
  await event('thing/member/created')
  expect(watcher.inbox.rest).toEqual([])
})

test('what fails is not told, nor what changes no version; events can be told apart from forged ones', async () => {
  await expect(iot.send(new DescribeThingGroupCommand({ thingGroupName: 'gone' }))).rejects.toBeDefined()
  await expect(
    iot.send(new CreateThingCommand({ thingName: 'never', thingTypeName: 'unknown-type' })),
  ).rejects.toBeDefined()
  await iot.send(new CreateBillingGroupCommand({ billingGroupName: 'bills' }))
  await iot.send(new AddThingToBillingGroupCommand({ billingGroupName: 'bills', thingName: 'member' }))
  // A client that publishes to a reserved topic is disconnected, whatever its policy: nobody can forge an event.
  const forger = await connectWebSocket(local, { clientId: 'forger' })
  const closed = new Promise<void>((resolve) => forger.mqtt.once('close', () => resolve()))
  forger.mqtt.publish('$aws/events/thing/never/created', '{}', { qos: 0 })
  await closed
  await iot.send(new CreateThingCommand({ thingName: 'last' }))
  await event('thing/last/created')
  expect(watcher.inbox.rest).toEqual([])
  await forger[Symbol.asyncDispose]()
})
