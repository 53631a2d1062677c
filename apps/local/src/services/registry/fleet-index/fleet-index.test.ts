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
    named: new Map([
      ['config', { reported: { filament: 'pla' } }],
      ['secret', { reported: { key: 1 } }],
      ['__proto__', { reported: { polluted: true } }],
    ]),
  },
}

const CONNECTIVITY: Record<string, ThingConnectivity> = {
  pump1: { clientId: 'pump1', connected: true, timestamp: 1557651600000, cleanSession: true, keepAliveDuration: 60 },
  pump2: { clientId: 'pump2', connected: false, timestamp: 1557867600000, disconnectReason: 'CONNECTION_LOST' },
}

let iot: RegistryFixture['iot']

beforeEach(() => {
  iot = registryFixture({
    shadowsOf: (name) => SHADOWS[name] ?? { named: new Map() },
    connectivityOf: (name) => CONNECTIVITY[name],
    connectionNames: ({ last }, after, count) =>
      ['nobody', ...Object.keys(CONNECTIVITY)]
        .filter((name) => name > after && (!last || CONNECTIVITY[name]?.connected !== false))
        .sort()
        .slice(0, count),
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
  filter: { namedShadowNames: ['config', '__proto__'] },
}

const search = (queryString: string, maxResults = 2) =>
  readAll((page) => {
    const { things = [], nextToken } = iot.SearchIndex({ queryString, ...page })
    return { items: things.map(({ thingName }) => thingName), nextToken }
  }, maxResults)

describe('SearchIndex of things', () => {
  test.each([
    ['*', ['pump1', 'pump2', 'PUMP3', 'lamp1']],
    ['thingName:pump1', ['pump1']],
    ['thingName:PUMP*', ['pump1', 'pump2', 'PUMP3']],
    ['thingName:p?mp3', ['PUMP3']],
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
    ['thingName:*UMP*', ['pump1', 'pump2', 'PUMP3']],
    ['thingName:*m*3', ['PUMP3']],
    ['thingName:*_*', []],
    ['thingTypeName:"PUMP"', ['pump1', 'pump2', 'PUMP3']],
    ['thingGroupNames:SITE', ['pump1', 'lamp1']],
    ['thingGroupNames:nobody', []],
    ['thingTypeName:pump OR thingGroupNames:site', ['pump1', 'pump2', 'PUMP3', 'lamp1']],
    ['(thingName:*1 OR attributes.Serial:ab*) AND NOT attributes.temp:60', ['pump2', 'PUMP3', 'lamp1']],
    ['thingGroupNames:site OR thingGroupNames:north OR thingName:lamp*', ['pump1', 'lamp1']],
    ['thingName:pump* OR attributes.Serial:zz', ['pump1', 'pump2', 'PUMP3', 'lamp1']],
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
    ['shadow.metadata.reported.on.timestamp:*', []],
    ['shadow.name.config.reported.filament:PLA', ['pump1']],
    ['shadow.name.config.hasDelta:false', ['pump1']],
    ['shadow.name.__proto__.reported.polluted:true', ['pump1']],
    ['shadow.name.__proto__.hasDelta:false', ['pump1']],
    ['pla', ['pump1']],
    ['connectivity.connected:true', ['pump1']],
    ['connectivity.connected:false', ['PUMP3', 'lamp1', 'pump2']],
    ['connectivity.connected:false AND connectivity.timestamp > 1557651600000', ['pump2']],
    ['connectivity.disconnectReason:connection_lost', ['pump2']],
    ['connectivity.clientId:LAMP1', ['lamp1']],
    ['connectivity.keepAliveDuration:[30 TO 90] AND connectivity.cleanSession:true', ['pump1']],
    ['connectivity.timestamp:0', ['PUMP3', 'lamp1']],
    ['connectivity.connected:true AND connectivity.timestamp : [1557651600000 TO 1557867600000]', ['pump1']],
  ])('with shadows and connectivity: %s', (query, names) => {
    turnOn(everything)
    expect(search(query).sort()).toEqual(names)
  })

  test('shows what is indexed', () => {
    turnOn(everything)
    const [thing] = iot.SearchIndex({ queryString: 'thingName:pump1' }).things ?? []
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
      name: {
        config: { reported: { filament: 'pla' }, hasDelta: false },
        ['__proto__']: { reported: { polluted: true }, hasDelta: false },
      },
    })
    expect(iot.SearchIndex({ queryString: 'lamp1' }).things).toMatchObject([
      { connectivity: { clientId: 'lamp1', connected: false, timestamp: 0 } },
    ])
  })

  test('what a thing does not have is not shown, and no thing groups are', () => {
    turnOn()
    iot.CreateThing({ thingName: 'bare' })
    const found = iot.SearchIndex({ queryString: 'thingName:bare' })
    expect(JSON.parse(JSON.stringify(found))).toEqual({
      things: [{ thingName: 'bare', thingId: expect.any(String) }],
    })
  })

  test('follows what changes at once', () => {
    turnOn()
    iot.UpdateThing({ thingName: 'lamp1', attributePayload: { attributes: { Serial: 'new' } } })
    iot.DeleteThing({ thingName: 'pump1' })
    expect(search('attributes.Serial:new')).toEqual(['lamp1'])
    expect(search('attributes.Serial:ab-1')).toEqual(['PUMP3'])
  })

  test.each([
    ['bogus:1', 'bogus'],
    ['thingGroupName:north', 'thingGroupName'],
    ['ThingName:pump1', 'ThingName'],
    ['thingname:pump1', 'thingname'],
    ['attributes:(a OR b)', 'attributes'],
    ['attributes.:1', 'attributes.'],
    ['registry.version:1', 'registry.version'],
    ['thingName:pump1 OR version > 1', 'version'],
    ['parentGroupNames:site', 'parentGroupNames'],
    ['constructor:1', 'constructor'],
    ['shadow.version:4', 'shadow.version'],
    ['shadow.bogus.on:true', 'shadow.bogus.on'],
    ['shadow.name:x', 'shadow.name'],
    ['shadow.name.config:x', 'shadow.name.config'],
    ['shadow.name.config.version:1', 'shadow.name.config.version'],
    ['shadow.name.secret.reported.key:1', 'shadow.name.secret.reported.key'],
    ['connectivity.version:1', 'connectivity.version'],
    ['connectivity.bogus:1', 'connectivity.bogus'],
  ])('%s: there is no such field', (queryString, field) => {
    turnOn(everything)
    expect(refusal(() => iot.SearchIndex({ queryString }))).toMatchObject({
      name: 'InvalidQueryException',
      message: `Unable to parse query, invalid field name, field name: ${field}, query string: ${queryString}`,
    })
    expect(refusal(() => iot.CreateDynamicThingGroup({ thingGroupName: 'd', queryString }))).toMatchObject({
      name: 'InvalidQueryException',
    })
  })

  test.each([
    ['shadow.reported.x:1', 'Shadow'],
    ['shadow.name.config.reported.x:1', 'Shadow'],
    ['connectivity.connected:true', 'Connectivity'],
    ['thingName:a OR connectivity.connected:(true OR false)', 'Connectivity'],
    ['deviceDefender.violationCount > 0', 'Devicedefender'],
  ])('%s: %s is not indexed', (queryString, source) => {
    turnOn()
    expect(refusal(() => iot.SearchIndex({ queryString }))).toMatchObject({
      name: 'InvalidRequestException',
      message: `Query includes one or more constraints for ${source} attribute, but ${source} indexing is not enabled for AWS_Things index`,
    })
  })

  test('classic and named shadows are indexed by themselves', () => {
    turnOn({ namedShadowIndexingMode: 'ON', filter: { namedShadowNames: ['config'] } })
    expect(refusal(() => search('shadow.reported.x:1'))).toMatchObject({ name: 'InvalidRequestException' })
    expect(search('shadow.name.config.reported.filament:pla')).toEqual(['pump1'])
    turnOn({ thingIndexingMode: 'REGISTRY_AND_SHADOW' })
    expect(search('shadow.reported.on:false')).toEqual(['pump1'])
    expect(refusal(() => search('shadow.name.config.reported.filament:pla'))).toMatchObject({
      name: 'InvalidQueryException',
    })
  })

  const long = `thingName:${'é'.repeat(991)}`
  test.each([
    ['a query that is none', { queryString: 'a AND' }, 'InvalidQueryException', /invalid syntax/],
    [
      'another query version, whatever the index',
      { queryString: '*', queryVersion: '2015-01-01', indexName: 'mine' },
      'InvalidRequestException',
      'Invalid queryVersion. Expected one of: [2017-09-30]',
    ],
    [
      'an index that is off, whatever the query',
      { queryString: 'bogus:1', indexName: 'AWS_ThingGroups' },
      'ResourceNotFoundException',
      'Index AWS_ThingGroups does not exist. Please enable index by calling UpdateIndexingConfiguration',
    ],
    [
      'an index that is none',
      { queryString: '*', indexName: 'mine' },
      'InvalidRequestException',
      'Unrecognized indexName mine',
    ],
    ['a token that is none', { queryString: '*', nextToken: 'x' }, 'InvalidRequestException', 'Invalid nextToken'],
    [
      'a query that is none before a token that is none',
      { queryString: 'bogus:1', nextToken: 'x' },
      'InvalidQueryException',
      /invalid field name/,
    ],
    [
      '101 results',
      { queryString: '*', maxResults: 101 },
      'InvalidRequestException',
      "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ],
    [
      '1001 characters',
      { queryString: long },
      'InvalidRequestException',
      `1 validation error detected: Value '${long}' at 'queryString' failed to satisfy constraint: Member must have length less than or equal to 1000`,
    ],
  ])('refuses %s', (_, input, name, message) => {
    turnOn()
    expect(refusal(() => iot.SearchIndex(input))).toMatchObject({
      name,
      message: message instanceof RegExp ? expect.stringMatching(message) : message,
    })
    expect(search(`thingName:${'é'.repeat(990)}`)).toEqual([])
  })

  test('a token is good for its request alone, whatever the size of the page', () => {
    turnOn()
    const { nextToken } = iot.SearchIndex({ queryString: 'thingName:pump*', maxResults: 1 })
    const next = iot.SearchIndex({ queryString: 'thingName:pump*', maxResults: 50, nextToken })
    expect(next.things?.map(({ thingName }) => thingName)).toEqual(['pump2', 'PUMP3'])
    const others = [
      { queryString: 'thingName:pump* ' },
      { queryString: 'thingName:pump*', indexName: 'AWS_Things' },
      { queryString: 'thingName:pump*', queryVersion: '2017-09-30' },
    ]
    for (const input of others) {
      expect(refusal(() => iot.SearchIndex({ ...input, nextToken }))).toMatchObject({
        name: 'InvalidRequestException',
        message: 'nextToken was from a request with different parameters',
      })
    }
  })

  test('is refused while indexing is off', () => {
    const isOff = {
      name: 'ResourceNotFoundException',
      message: 'Index AWS_Things does not exist. Please enable index by calling UpdateIndexingConfiguration',
    }
    expect(refusal(() => iot.SearchIndex({ queryString: '*' }))).toMatchObject(isOff)
    turnOn()
    turnOn({ thingIndexingMode: 'OFF' })
    expect(refusal(() => iot.SearchIndex({ queryString: '*' }))).toMatchObject(isOff)
    expect(refusal(() => iot.DescribeIndex({ indexName: 'AWS_Things' }))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Index AWS_Things does not exist',
    })
    expect(refusal(() => iot.DescribeIndex({ indexName: 'mine' }))).toMatchObject({
      name: 'InvalidRequestException',
      message: 'Unrecognized indexName mine',
    })
  })
})

test('one call looks at a bounded part of the fleet: a page can be empty and have a token', () => {
  const fixture = registryFixture()
  fixture.context.database.transaction(() => {
    for (let index = 0; index <= 10_000; index += 1) fixture.iot.CreateThing({ thingName: `t${index}` })
  })
  fixture.iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  const queryString = '[t10000 TO t10000]'
  const first = fixture.iot.SearchIndex({ queryString })
  expect(first).toEqual({ things: [], nextToken: expect.any(String) })
  const second = fixture.iot.SearchIndex({ queryString, nextToken: first.nextToken })
  expect(second).toMatchObject({ things: [{ thingName: 't10000' }], nextToken: undefined })
  expect(fixture.iot.SearchIndex({ queryString: 't10000' }).things).toHaveLength(1)
})

test('a range of numbers is read in their order, page by page, whatever else the attribute holds', () => {
  const values = ['-1.5', '2', 'warm', '1e3', '0', '2', '02', '-3', '2.5']
  for (const [index, n] of values.entries())
    iot.CreateThing({ thingName: `n${index}`, attributePayload: { attributes: { n } } })
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  const found = (queryString: string) =>
    readAll((page) => {
      const { things = [], nextToken } = iot.SearchIndex({ queryString, ...page })
      return { items: things.map(({ thingName }) => thingName), nextToken }
    }, 1)
  expect(found('attributes.n:[-2 TO *]')).toEqual(['n0', 'n4', 'n1', 'n5', 'n8', 'n3'])
  expect(found('attributes.n > 2')).toEqual(['n8', 'n3'])
  expect(found('attributes.n < 0')).toEqual(['n7', 'n0'])
  expect(found('attributes.n:{-3 TO 2]')).toEqual(['n0', 'n4', 'n1', 'n5'])
})

test('a database of an earlier release has the indexes of now once it is open', () => {
  const { context, iot: earlier } = registryFixture()
  earlier.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  const indexes = () =>
    context.database.all<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name LIKE 'thing%' ORDER BY name",
    )
  const expected = indexes()
  context.database.run('DROP INDEX values_of_any_attribute')
  context.database.run('CREATE INDEX things_by_folded_type ON things (type COLLATE NOCASE) WHERE type IS NOT NULL')
  registryFixture({}, context.database)
  expect(indexes()).toEqual(expected)
})

test('SearchIndex of thing groups', () => {
  iot.UpdateIndexingConfiguration({ thingGroupIndexingConfiguration: { thingGroupIndexingMode: 'ON' } })
  iot.CreateThingGroup({
    thingGroupName: 'cold',
    thingGroupProperties: { thingGroupDescription: 'cold rooms', attributePayload: { attributes: { k: 'v' } } },
  })
  const groups = (queryString: string) =>
    readAll((page) => {
      const { thingGroups = [], nextToken } = iot.SearchIndex({ indexName: 'AWS_ThingGroups', queryString, ...page })
      return { items: thingGroups.map(({ thingGroupName }) => thingGroupName), nextToken }
    }, 1)
  expect(groups('*')).toEqual(['site', 'north', 'cold'])
  expect(groups('parentGroupNames:(site OR none)')).toEqual(['north'])
  expect(groups('description:rooms attributes.k:*')).toEqual(['cold'])
  for (const field of ['thingGroupNames', 'thingName', 'version', 'shadow.reported.x', 'connectivity.connected']) {
    expect(refusal(() => groups(`${field}:1`))).toMatchObject({
      name: 'InvalidQueryException',
      message: `Unable to parse query, invalid field name, field name: ${field}, query string: ${field}:1`,
    })
  }
})

test('sets of attributes that no thing has any longer are forgotten, and of too many none is read', () => {
  const { iot, registry, context } = registryFixture()
  const catchUp = () => {
    while (registry.fleetIndex.catchUp({ things: 1_000, shadows: 1 }));
  }
  const sets = () => context.database.all('SELECT id FROM attribute_sets').length
  const attributes = (name: string) => ({ attributePayload: { attributes: { [name]: '1' } } })
  const lacking = () =>
    iot.SearchIndex({ queryString: 'NOT attributes.a0:*' }).things?.map(({ thingName }) => thingName)
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  iot.CreateThing({ thingName: 'pump-0', ...attributes('a0') })
  iot.CreateThing({ thingName: 'pump-1', ...attributes('a1') })
  catchUp()
  iot.UpdateThing({ thingName: 'pump-1', ...attributes('b1') })
  catchUp()
  expect(sets()).toBe(2)
  expect(lacking()).toEqual(['pump-1'])
  for (let index = 2; index < 502; index++) iot.CreateThing({ thingName: `pump-${index}`, ...attributes(`a${index}`) })
  catchUp()
  expect(sets()).toBe(502)
  expect(lacking()?.slice(0, 2)).toEqual(['pump-1', 'pump-2'])
})

test('a reset empties what is written behind, which then follows what comes after it', () => {
  const { iot, registry, context } = registryFixture()
  const find = (queryString: string) => iot.SearchIndex({ queryString }).things?.map(({ thingName }) => thingName)
  const begin = (thingName: string) => {
    iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
    iot.CreateThing({ thingName, attributePayload: { attributes: { site: 'hall-7' } } })
    while (registry.fleetIndex.catchUp({ things: 1, shadows: 1 }));
  }
  const indexed = () => context.database.all('SELECT term FROM thing_name_texts_runs').length
  const triggers = () => context.database.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
  begin('pump-1')
  expect(indexed()).toBeGreaterThan(0)
  expect(triggers()).not.toEqual([])
  context.database.clear()
  expect(indexed()).toBe(0)
  registry.fleetIndex.reset()
  expect(triggers()).toEqual([])
  begin('pump-2')
  expect(find('thingName:*ump*')).toEqual(['pump-2'])
  iot.UpdateThing({ thingName: 'pump-2', attributePayload: { attributes: { site: 'yard' } } })
  expect(find('attributes.site:*all*')).toEqual([])
  expect(find('attributes.site:*ard')).toEqual(['pump-2'])
  iot.DeleteThing({ thingName: 'pump-2' })
  while (registry.fleetIndex.catchUp({ things: 1, shadows: 1 }));
  expect(indexed()).toBe(0)
})

test('what another release emptied without knowing it, or made in another form, is made anew', () => {
  const { iot, registry, context } = registryFixture()
  const { database } = context
  const find = (queryString: string) => iot.SearchIndex({ queryString }).things?.map(({ thingName }) => thingName)
  const begin = () => iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY' } })
  const catchUp = () => {
    while (registry.fleetIndex.catchUp({ things: 1, shadows: 1 }));
  }
  begin()
  iot.CreateThing({ thingName: 'pump-1' })
  catchUp()
  const tables = database.all<{ name: string }>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT IN ('sqlite_schema', 'schema_version')",
  )
  for (const { name } of tables) database.run(`DELETE FROM "${name}"`)
  begin()
  iot.CreateThing({ thingName: 'pump-2' })
  catchUp()
  expect(find('thingName:*ump*')).toEqual(['pump-2'])

  database.run("UPDATE derived_tables SET form = 'of another release'")
  database.run('UPDATE thing_texts_state SET through = 1000')
  iot.CreateThing({ thingName: 'pump-3' })
  const later = registryFixture({}, database)
  const { things = [] } = later.iot.SearchIndex({ queryString: 'thingName:*ump*' })
  expect(things.map(({ thingName }) => thingName)).toEqual(['pump-2', 'pump-3'])
})
