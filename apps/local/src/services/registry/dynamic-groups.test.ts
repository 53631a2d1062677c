import { beforeEach, describe, expect, test } from 'vitest'
import { type RegistryFixture, readAll, refusal, registryFixture } from '../../../test/support/registry.ts'

let fixture: RegistryFixture
let iot: RegistryFixture['iot']

beforeEach(() => {
  fixture = registryFixture()
  iot = fixture.iot
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  for (const [thingName, temp] of [
    ['a', '59'],
    ['b', '61'],
    ['c', '75'],
  ] as const) {
    iot.CreateThing({ thingName, attributePayload: { attributes: { temp } } })
  }
})

const warm = { thingGroupName: 'warm', queryString: 'attributes.temp>60' }

const members = (thingGroupName: string) =>
  readAll((page) => {
    const { things, nextToken } = iot.ListThingsInThingGroup({ thingGroupName, ...page })
    return { items: things, nextToken }
  }, 1)

const groupsOf = (thingName: string) =>
  iot.ListThingGroupsForThing({ thingName }).thingGroups.map(({ groupName }) => groupName)

test('members are what the query finds, now (developer guide, "Dynamic thing groups")', () => {
  const made = iot.CreateDynamicThingGroup(warm)
  expect(made).toMatchObject({ indexName: 'AWS_Things', queryVersion: '2017-09-30', queryString: warm.queryString })
  expect(members('warm')).toEqual(['b', 'c'])
  iot.UpdateThing({ thingName: 'a', attributePayload: { attributes: { temp: '99' } } })
  iot.DeleteThing({ thingName: 'c' })
  expect(members('warm').sort()).toEqual(['a', 'b'])
  expect(groupsOf('a')).toEqual(['warm'])
  expect(iot.SearchIndex({ queryString: 'thingGroupNames:warm' }).things?.map(({ thingName }) => thingName)).toEqual([
    'a',
    'b',
  ])
})

test('DescribeThingGroup tells the query and the status', () => {
  iot.CreateDynamicThingGroup({ ...warm, thingGroupProperties: { thingGroupDescription: 'd' } })
  expect(iot.DescribeThingGroup({ thingGroupName: 'warm' })).toMatchObject({
    status: 'ACTIVE',
    indexName: 'AWS_Things',
    queryString: warm.queryString,
    queryVersion: '2017-09-30',
    version: 1,
    thingGroupProperties: { thingGroupDescription: 'd' },
  })
  expect(iot.ListThingGroups({}).thingGroups.map(({ groupName }) => groupName)).toEqual(['warm'])
})

test('UpdateDynamicThingGroup changes query and properties; what is not given stays', () => {
  iot.CreateDynamicThingGroup(warm)
  const update = { thingGroupName: 'warm', thingGroupProperties: { thingGroupDescription: 'e' } }
  expect(iot.UpdateDynamicThingGroup({ ...update, queryString: 'attributes.temp<60' })).toEqual({ version: 2 })
  expect(members('warm')).toEqual(['a'])
  expect(iot.UpdateDynamicThingGroup(update)).toEqual({ version: 3 })
  expect(members('warm')).toEqual(['a'])
  expect(refusal(() => iot.UpdateDynamicThingGroup({ ...update, expectedVersion: 1 }))).toMatchObject({
    name: 'VersionConflictException',
  })
})

test('CreateDynamicThingGroup is idempotent for the same query', () => {
  const first = iot.CreateDynamicThingGroup(warm)
  expect(iot.CreateDynamicThingGroup(warm)).toEqual(first)
  expect(refusal(() => iot.CreateDynamicThingGroup({ ...warm, queryString: '*' }))).toMatchObject({
    name: 'ResourceAlreadyExistsException',
  })
  expect(refusal(() => iot.CreateThingGroup({ thingGroupName: 'warm' }))).toMatchObject({
    name: 'ResourceAlreadyExistsException',
  })
})

describe('refusals', () => {
  beforeEach(() => {
    iot.CreateDynamicThingGroup(warm)
    iot.CreateThingGroup({ thingGroupName: 'static' })
  })
  const properties = { thingGroupProperties: {} }

  test.each([
    ['members added by hand', () => iot.AddThingToThingGroup({ thingName: 'a', thingGroupName: 'warm' })],
    ['members removed by hand', () => iot.RemoveThingFromThingGroup({ thingName: 'b', thingGroupName: 'warm' })],
    ['children', () => iot.CreateThingGroup({ thingGroupName: 'child', parentGroupName: 'warm' })],
    ['UpdateThingGroup', () => iot.UpdateThingGroup({ thingGroupName: 'warm', ...properties })],
    ['DeleteThingGroup (aws-nuke issue 1199)', () => iot.DeleteThingGroup({ thingGroupName: 'warm' })],
    [
      'the dynamic update of a static group',
      () => iot.UpdateDynamicThingGroup({ thingGroupName: 'static', ...properties }),
    ],
    ['the dynamic deletion of a static group', () => iot.DeleteDynamicThingGroup({ thingGroupName: 'static' })],
    [
      'indexing turned off while there is one',
      () => iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'OFF' } }),
    ],
    ['another index', () => iot.CreateDynamicThingGroup({ ...warm, indexName: 'AWS_ThingGroups' })],
  ])('%s', (_, call) => {
    expect(refusal(call)).toMatchObject({ name: 'InvalidRequestException' })
  })

  test('a query that is none', () => {
    expect(refusal(() => iot.CreateDynamicThingGroup({ thingGroupName: 'x', queryString: 'a OR' }))).toMatchObject({
      name: 'InvalidQueryException',
    })
  })

  test('more than 100', () => {
    for (let index = 1; index < 100; index += 1) {
      iot.CreateDynamicThingGroup({ thingGroupName: `g${index}`, queryString: 'thingName:none' })
    }
    expect(refusal(() => iot.CreateDynamicThingGroup({ thingGroupName: 'over', queryString: '*' }))).toMatchObject({
      name: 'LimitExceededException',
    })
  })
})

test('without indexing there are none', () => {
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'OFF' } })
  expect(refusal(() => iot.CreateDynamicThingGroup(warm))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'AWS IoT Fleet Indexing is not enabled. Please enable index by calling UpdateIndexingConfiguration.',
  })
})

test('what a query needs may be turned off: the group stays, and has no members', () => {
  const connected = { thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' } as const
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: connected })
  iot.CreateDynamicThingGroup({ thingGroupName: 'offline', queryString: 'connectivity.connected:false' })
  expect(members('offline')).toEqual(['a', 'b', 'c'])
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  expect(members('offline')).toEqual([])
  expect(groupsOf('a')).toEqual([])
})

test('a query of an earlier release that is none any more: the group has no members', () => {
  iot.CreateDynamicThingGroup(warm)
  fixture.context.database.run(
    'UPDATE thing_groups SET query = ? WHERE name = ?',
    '{"queryString":"thingName:a:b"}',
    'warm',
  )
  expect(members('warm')).toEqual([])
  expect(groupsOf('b')).toEqual([])
})

test('deleting one lets the things go; an unknown one is no error', () => {
  iot.CreateDynamicThingGroup({ ...warm, tags: [{ Key: 'k', Value: 'v' }] })
  iot.DeleteDynamicThingGroup({ thingGroupName: 'warm' })
  iot.DeleteDynamicThingGroup({ thingGroupName: 'warm' })
  expect(groupsOf('b')).toEqual([])
})

test('dynamic groups hold no policies: they are not among those whose policies reach a thing', () => {
  iot.CreateDynamicThingGroup(warm)
  expect(fixture.registry.memberships.ancestorsOf('b')).toEqual([])
})

describe('ten groups per thing', () => {
  beforeEach(() => {
    for (let index = 1; index <= 8; index += 1) {
      iot.CreateThingGroup({ thingGroupName: `s${index}` })
      iot.AddThingToThingGroup({ thingName: 'b', thingGroupName: `s${index}` })
    }
    for (const thingGroupName of ['d1', 'd2', 'd3']) {
      iot.CreateDynamicThingGroup({ thingGroupName, queryString: 'thingName:b' })
    }
    iot.CreateThingGroup({ thingGroupName: 's9' })
  })

  test('older dynamic groups go before younger ones', () => {
    expect(groupsOf('b').slice(8)).toEqual(['d1', 'd2'])
    expect([members('d2'), members('d3')]).toEqual([['b'], []])
    iot.DeleteDynamicThingGroup({ thingGroupName: 'd1' })
    expect(members('d3')).toEqual(['b'])
  })

  test('a static group is refused, unless it overrides dynamic ones: then the youngest gives way', () => {
    const join = { thingName: 'b', thingGroupName: 's9' }
    expect(refusal(() => iot.AddThingToThingGroup(join))).toMatchObject({ name: 'InvalidRequestException' })
    iot.AddThingToThingGroup({ ...join, overrideDynamicGroups: true })
    expect(groupsOf('b').slice(8).sort()).toEqual(['d1', 's9'])
    expect(members('d2')).toEqual([])
  })
})
