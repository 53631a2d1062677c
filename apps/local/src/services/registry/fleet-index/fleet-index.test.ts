import { beforeEach, describe, expect, test } from 'vitest'
import { type RegistryFixture, readAll, refusal, registryFixture } from '../../../../test/support/registry.ts'
import type { ThingConnectivity, ThingShadows } from '../../../foundation/fleet-sources.ts'

const SHADOWS: Record<string, ThingShadows> = {
  pump1: {
    classic: {
      desired: { on: true },
      reported: {
        on: false,
        stats: { battery: 80 },
        'a.b': 1,
        list: [1, 'two', null],
        mixed: [{ x: 1 }, 2],
        gone: null,
      },
      delta: { on: true },
      version: 4,
    },
    named: { config: { reported: { filament: 'pla' } }, secret: { reported: { key: 1 } } },
  },
}

const CONNECTIVITY: Record<string, ThingConnectivity> = {
  pump1: { connected: true, timestamp: 1557651600000 },
  pump2: { connected: false, timestamp: 1557867600000, disconnectReason: 'CONNECTION_LOST' },
}

let iot: RegistryFixture['iot']

beforeEach(() => {
  iot = registryFixture({
    shadowsOf: (name) => SHADOWS[name] ?? { named: {} },
    connectivityOf: (name) => CONNECTIVITY[name],
  }).iot
  iot.CreateThingType({ thingTypeName: 'Pump' })
  iot.CreateThingGroup({ thingGroupName: 'site' })
  iot.CreateThingGroup({ thingGroupName: 'north', parentGroupName: 'site' })
  iot.CreateBillingGroup({ billingGroupName: 'paid' })
  const make = (thingName: string, thingTypeName: string | undefined, attributes: Record<string, string>) =>
    iot.CreateThing({ thingName, thingTypeName, attributePayload: { attributes } })
  make('pump1', 'Pump', { Serial: 'AB-1', temp: '60' })
  make('pump2', 'Pump', { Serial: 'ab-2', temp: '70.5' })
  make('PUMP3', 'Pump', { Serial: 'ab-1', temp: 'warm' })
  make('lamp1', undefined, { Serial: 'zz' })
  iot.AddThingToThingGroup({ thingName: 'pump1', thingGroupName: 'north' })
  iot.AddThingToThingGroup({ thingName: 'lamp1', thingGroupName: 'site' })
  iot.AddThingToBillingGroup({ thingName: 'pump2', billingGroupName: 'paid' })
})

const turnOn = (input: object = {}) =>
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', ...input } })

const everything = {
  thingIndexingMode: 'REGISTRY_AND_SHADOW',
  thingConnectivityIndexingMode: 'STATUS',
  namedShadowIndexingMode: 'ON',
  filter: { namedShadowNames: ['config'] },
}

const search = (queryString: string, maxResults = 2) =>
  readAll((page) => {
    const { things, nextToken } = iot.SearchIndex({ queryString, ...page })
    return { items: things.map(({ thingName }) => thingName), nextToken }
  }, maxResults)

describe('SearchIndex of things', () => {
  test.each([
    ['*', ['pump1', 'pump2', 'PUMP3', 'lamp1']],
    ['thingName:pump1', ['pump1']],
    ['thingName:PUMP*', ['pump1', 'pump2', 'PUMP3']],
    ['thingName:?ump3', ['PUMP3']],
    ['pump2', ['pump2']],
    ['ab-1', ['pump1', 'PUMP3']],
    ['attributes.Serial:ab-1', ['pump1', 'PUMP3']],
    ['attributes.Serial:AB*', ['pump1', 'PUMP3', 'pump2']],
    ['attributes.serial:ab-1', []],
    ['attributes.temp > 60', ['pump2']],
    ['attributes.temp:*', ['pump1', 'pump2', 'PUMP3']],
    ['NOT attributes.temp:*', ['lamp1']],
    ['thingTypeName:pump', ['pump1', 'pump2', 'PUMP3']],
    ['registry.thingTypeName:pump AND attributes.temp:warm', ['PUMP3']],
    ['thingGroupNames:north', ['pump1']],
    ['thingGroupNames:site', ['pump1', 'lamp1']],
    ['thingGroupNames:(north OR paid)', ['pump1', 'pump2']],
    ['thingName:pump* AND attributes.Serial:ab-1', ['pump1', 'PUMP3']],
    ['thingName:pump* OR attributes.Serial:zz', ['pump1', 'pump2', 'PUMP3', 'lamp1']],
    ['shadow.reported.stats.battery:*', []],
    ['connectivity.connected:*', []],
  ])('mode REGISTRY: %s', (query, names) => {
    turnOn()
    for (const size of [1, 2, 100]) expect(search(query, size).sort()).toEqual([...names].sort())
  })

  test.each([
    ['shadow.reported.stats.battery:{70 TO 100}', ['pump1']],
    ['shadow.reported.a.b:1', ['pump1']],
    ['shadow.reported.list:two', ['pump1']],
    ['shadow.reported.mixed:2', []],
    ['shadow.reported.gone:*', []],
    ['shadow.hasDelta:true', ['pump1']],
    ['shadow.delta.on:true', ['pump1']],
    ['shadow.version:4', []],
    ['shadow.name.config.reported.filament:PLA', ['pump1']],
    ['shadow.name.config.hasDelta:false', ['pump1']],
    ['shadow.name.secret.reported.key:1', []],
    ['pla', ['pump1']],
    ['connectivity.connected:true', ['pump1']],
    ['connectivity.connected:false', ['PUMP3', 'lamp1', 'pump2']],
    ['connectivity.connected:false AND connectivity.timestamp > 1557651600000', ['pump2']],
    ['connectivity.disconnectReason:connection_lost', ['pump2']],
    ['connectivity.connected:true AND connectivity.timestamp : [1557651600000 TO 1557867600000]', ['pump1']],
  ])('with shadows and connectivity: %s', (query, names) => {
    turnOn(everything)
    expect(search(query).sort()).toEqual(names)
  })

  test('shows what is indexed', () => {
    turnOn(everything)
    const [thing] = iot.SearchIndex({ queryString: 'thingName:pump1' }).things
    expect(thing).toMatchObject({
      thingName: 'pump1',
      thingTypeName: 'Pump',
      thingGroupNames: ['site', 'north'],
      attributes: { Serial: 'AB-1', temp: '60' },
      connectivity: { connected: true, timestamp: 1557651600000 },
    })
    expect(JSON.parse(thing?.shadow ?? '')).toEqual({
      ...SHADOWS.pump1?.classic,
      hasDelta: true,
      reported: { ...(SHADOWS.pump1?.classic?.reported as object) },
      name: { config: { reported: { filament: 'pla' }, hasDelta: false } },
    })
    expect(iot.SearchIndex({ queryString: 'lamp1' }).things).toMatchObject([{ connectivity: { connected: false } }])
  })

  test('follows what changes at once', () => {
    turnOn()
    iot.UpdateThing({ thingName: 'lamp1', attributePayload: { attributes: { Serial: 'new' } } })
    iot.DeleteThing({ thingName: 'pump1' })
    expect(search('attributes.Serial:new')).toEqual(['lamp1'])
    expect(search('attributes.Serial:ab-1')).toEqual(['PUMP3'])
  })

  test.each([
    ['a query that is none', { queryString: 'a AND' }, 'InvalidQueryException'],
    ['another query version', { queryString: '*', queryVersion: '2015-01-01' }, 'InvalidRequestException'],
    ['an index that is off', { queryString: '*', indexName: 'AWS_ThingGroups' }, 'ResourceNotFoundException'],
    ['an index that is none', { queryString: '*', indexName: 'mine' }, 'ResourceNotFoundException'],
    ['a token that is none', { queryString: '*', nextToken: 'x' }, 'InvalidRequestException'],
    ['501 results', { queryString: '*', maxResults: 501 }, 'InvalidRequestException'],
  ])('refuses %s', (_, input, name) => {
    turnOn()
    expect(refusal(() => iot.SearchIndex(input))).toMatchObject({ name })
  })

  test('is refused while indexing is off', () => {
    expect(refusal(() => iot.SearchIndex({ queryString: '*' }))).toMatchObject({ name: 'ResourceNotFoundException' })
    turnOn()
    turnOn({ thingIndexingMode: 'OFF' })
    expect(refusal(() => iot.SearchIndex({ queryString: '*' }))).toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

test('one call looks at a bounded part of the fleet: a page can be empty and have a token', () => {
  const fixture = registryFixture()
  fixture.context.database.transaction(() => {
    for (let index = 0; index <= 10_000; index += 1) fixture.iot.CreateThing({ thingName: `t${index}` })
  })
  fixture.iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  const first = fixture.iot.SearchIndex({ queryString: 't10000' })
  expect(first).toEqual({ things: [], thingGroups: [], nextToken: expect.any(String) })
  const second = fixture.iot.SearchIndex({ queryString: 't10000', nextToken: first.nextToken })
  expect(second).toMatchObject({ things: [{ thingName: 't10000' }], nextToken: undefined })
  expect(fixture.iot.SearchIndex({ queryString: 'thingName:t10000' }).things).toHaveLength(1)
})

test('SearchIndex of thing groups', () => {
  iot.UpdateIndexingConfiguration({ thingGroupIndexingConfiguration: { thingGroupIndexingMode: 'ON' } })
  iot.CreateThingGroup({
    thingGroupName: 'cold',
    thingGroupProperties: { thingGroupDescription: 'cold rooms', attributePayload: { attributes: { k: 'v' } } },
  })
  const groups = (queryString: string) =>
    readAll((page) => {
      const { thingGroups, nextToken } = iot.SearchIndex({ indexName: 'AWS_ThingGroups', queryString, ...page })
      return { items: thingGroups.map(({ thingGroupName }) => thingGroupName), nextToken }
    }, 1)
  expect(groups('*')).toEqual(['site', 'north', 'cold'])
  expect(groups('parentGroupNames:(site OR none)')).toEqual(['north'])
  expect(groups('description:rooms attributes.k:*')).toEqual(['cold'])
})

describe('the configuration', () => {
  test('is off at first', () => {
    expect(iot.GetIndexingConfiguration()).toMatchObject({
      thingIndexingConfiguration: { thingIndexingMode: 'OFF', thingConnectivityIndexingMode: 'OFF', managedFields: [] },
      thingGroupIndexingConfiguration: { thingGroupIndexingMode: 'OFF' },
    })
    expect(iot.ListIndices({}).indexNames).toEqual([])
  })

  test('a part that is not given stays', () => {
    turnOn({ customFields: [{ name: 'attributes.temp', type: 'Number' }] })
    iot.UpdateIndexingConfiguration({ thingGroupIndexingConfiguration: { thingGroupIndexingMode: 'ON' } })
    const { thingIndexingConfiguration, thingGroupIndexingConfiguration } = iot.GetIndexingConfiguration()
    expect(thingIndexingConfiguration).toMatchObject({
      thingIndexingMode: 'REGISTRY',
      customFields: [{ name: 'attributes.temp', type: 'Number' }],
      managedFields: expect.arrayContaining([{ name: 'registry.thingTypeName', type: 'String' }]),
    })
    expect(thingGroupIndexingConfiguration).toMatchObject({ thingGroupIndexingMode: 'ON' })
    expect(iot.ListIndices({ maxResults: 1 })).toEqual({ indexNames: ['AWS_Things'], nextToken: expect.any(String) })
  })

  test.each([
    [{ thingIndexingMode: 'REGISTRY' }, 'REGISTRY'],
    [{ thingIndexingMode: 'REGISTRY_AND_SHADOW' }, 'REGISTRY_AND_SHADOW'],
    [{ thingIndexingMode: 'REGISTRY', thingConnectivityIndexingMode: 'STATUS' }, 'REGISTRY_AND_CONNECTIVITY_STATUS'],
    [everything, 'MULTI_INDEXING_MODE'],
  ])('%j has the schema %s', (input, schema) => {
    turnOn(input)
    expect(iot.DescribeIndex({ indexName: 'AWS_Things' })).toEqual({
      indexName: 'AWS_Things',
      indexStatus: 'ACTIVE',
      schema,
    })
  })

  test.each([
    ['connectivity without the registry', { thingIndexingMode: 'OFF', thingConnectivityIndexingMode: 'STATUS' }],
    [
      'a custom field of shadows that are not indexed',
      { customFields: [{ name: 'shadow.desired.x', type: 'String' }] },
    ],
    ['six custom fields', { customFields: Array.from({ length: 6 }, (_, i) => ({ name: `attributes.a${i}` })) }],
  ])('refuses %s', (_, input) => {
    expect(refusal(() => turnOn(input))).toMatchObject({ name: 'InvalidRequestException' })
  })
})
