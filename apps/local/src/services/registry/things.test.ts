import { beforeEach, describe, expect, test } from 'vitest'
import { certificate, type RegistryFixture, readAll, refusal, registryFixture } from '../../../test/support/registry.ts'

let fixture: RegistryFixture
let iot: RegistryFixture['iot']

beforeEach(() => {
  fixture = registryFixture()
  iot = fixture.iot
})

const attributes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, `v${index}`]))

describe('CreateThing', () => {
  test('answers with name, ARN and a UUID; the thing has version 1', () => {
    expect(iot.CreateThing({ thingName: 'pump-7' })).toEqual({
      thingName: 'pump-7',
      thingArn: 'arn:aws:iot:eu-central-1:123456789012:thing/pump-7',
      thingId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    })
    expect(iot.DescribeThing({ thingName: 'pump-7' })).toMatchObject({
      defaultClientId: 'pump-7',
      attributes: {},
      version: 1,
    })
  })

  test('is idempotent for the same configuration, in whatever order attributes come', () => {
    const first = iot.CreateThing({ thingName: 'a', attributePayload: { attributes: { x: '1', y: '2' } } })
    expect(iot.CreateThing({ thingName: 'a', attributePayload: { attributes: { y: '2', x: '1' } } })).toEqual(first)
    expect(iot.DescribeThing({ thingName: 'a' }).version).toBe(1)
  })

  test('refuses another configuration with the id and ARN of the thing that is there', () => {
    const { thingId, thingArn } = iot.CreateThing({ thingName: 'a', attributePayload: { attributes: { x: '1' } } })
    const error = refusal(() => iot.CreateThing({ thingName: 'a', attributePayload: { attributes: { x: '2' } } }))
    expect(error).toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'Thing a already exists in account with different attributes',
      members: { resourceId: thingId, resourceArn: thingArn },
    })
  })

  test.each([
    ['thing type', { thingTypeName: 'pump' }],
    ['billing group', { billingGroupName: 'north' }],
  ])('a different %s is another configuration', (_, input) => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    iot.CreateBillingGroup({ billingGroupName: 'north' })
    iot.CreateThing({ thingName: 'a' })
    expect(refusal(() => iot.CreateThing({ thingName: 'a', ...input }))).toMatchObject({
      name: 'ResourceAlreadyExistsException',
    })
  })

  test.each([
    ['without a type: 3', undefined, 3],
    ['with a type: 50', 'pump', 50],
  ])('limits attributes %s', (_, thingTypeName, most) => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    iot.CreateThing({ thingName: 'full', thingTypeName, attributePayload: { attributes: attributes(most) } })
    const error = refusal(() =>
      iot.CreateThing({ thingName: 'over', thingTypeName, attributePayload: { attributes: attributes(most + 1) } }),
    )
    expect(error).toMatchObject({ name: 'InvalidRequestException' })
    expect(fixture.registry.things.has('over')).toBe(false)
  })

  test.each([
    ['an unknown type', { thingTypeName: 'none' }, 'ResourceNotFoundException'],
    ['an unknown billing group', { billingGroupName: 'none' }, 'ResourceNotFoundException'],
    ['a deprecated type', { thingTypeName: 'old' }, 'InvalidRequestException'],
  ])('refuses %s', (_, input, name) => {
    iot.CreateThingType({ thingTypeName: 'old' })
    iot.DeprecateThingType({ thingTypeName: 'old' })
    expect(refusal(() => iot.CreateThing({ thingName: 'a', ...input }))).toMatchObject({ name })
  })

  test('an attribute named __proto__ is an attribute', () => {
    const payload = JSON.parse('{"attributes":{"__proto__":"1"}}')
    iot.CreateThing({ thingName: 'a', attributePayload: payload })
    const described = iot.DescribeThing({ thingName: 'a' })
    expect(Object.entries(described.attributes)).toEqual([['__proto__', '1']])
    expect(iot.ListThings({ attributeName: '__proto__', attributeValue: '1' }).things).toHaveLength(1)
  })
})

test('DescribeThing of an unknown thing', () => {
  expect(refusal(() => iot.DescribeThing({ thingName: 'ghost' }))).toMatchObject({
    name: 'ResourceNotFoundException',
    message: expect.stringMatching(/^Thing ghost cannot be found\.$/),
  })
})

describe('UpdateThing', () => {
  const stored = { x: '1', y: '2' }
  test.each([
    ['replaces all attributes by default', { attributes: { z: '3' } }, { z: '3' }],
    ['merges when asked to', { attributes: { y: '', z: '3' }, merge: true }, { x: '1', z: '3' }],
    ['an empty value removes', { attributes: { x: '', y: '2' } }, { y: '2' }],
    ['no attributes at all clear them', { attributes: {} }, {}],
    ['a payload without attributes changes none', {}, stored],
    ['no payload changes none', undefined, stored],
  ])('%s', (_, attributePayload, expected) => {
    iot.CreateThing({ thingName: 'a', attributePayload: { attributes: stored } })
    iot.UpdateThing({ thingName: 'a', attributePayload })
    expect(iot.DescribeThing({ thingName: 'a' })).toMatchObject({ attributes: expected, version: 2 })
    expect(iot.DescribeThing({ thingName: 'a' }).attributes).toEqual(expected)
  })

  test('sets and removes the type', () => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    iot.CreateThing({ thingName: 'a' })
    iot.UpdateThing({ thingName: 'a', thingTypeName: 'pump' })
    expect(iot.DescribeThing({ thingName: 'a' }).thingTypeName).toBe('pump')
    iot.UpdateThing({ thingName: 'a', removeThingType: true })
    expect(iot.DescribeThing({ thingName: 'a' }).thingTypeName).toBeUndefined()
  })

  test('a type cannot be removed while the thing has more than 3 attributes', () => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    iot.CreateThing({ thingName: 'a', thingTypeName: 'pump', attributePayload: { attributes: attributes(4) } })
    expect(refusal(() => iot.UpdateThing({ thingName: 'a', removeThingType: true }))).toMatchObject({
      name: 'InvalidRequestException',
    })
  })

  test.each([
    ['an unknown thing', { thingName: 'ghost' }, 'ResourceNotFoundException'],
    ['an unknown type', { thingName: 'a', thingTypeName: 'none' }, 'ResourceNotFoundException'],
    ['a deprecated type', { thingName: 'a', thingTypeName: 'old' }, 'InvalidRequestException'],
    [
      'a type and its removal',
      { thingName: 'a', thingTypeName: 'x', removeThingType: true },
      'InvalidRequestException',
    ],
    ['a stale version', { thingName: 'a', expectedVersion: 2 }, 'VersionConflictException'],
  ])('refuses %s', (_, input, name) => {
    iot.CreateThingType({ thingTypeName: 'old' })
    iot.DeprecateThingType({ thingTypeName: 'old' })
    iot.CreateThing({ thingName: 'a' })
    expect(refusal(() => iot.UpdateThing(input))).toMatchObject({ name })
    expect(iot.DescribeThing({ thingName: 'a' }).version).toBe(1)
  })

  test('with the expected version it succeeds', () => {
    iot.CreateThing({ thingName: 'a' })
    iot.UpdateThing({ thingName: 'a', expectedVersion: 1 })
    expect(iot.DescribeThing({ thingName: 'a' }).version).toBe(2)
  })
})

describe('DeleteThing', () => {
  test('of an unknown thing succeeds', () => {
    expect(iot.DeleteThing({ thingName: 'ghost' })).toEqual({})
  })

  test('refuses a stale version', () => {
    iot.CreateThing({ thingName: 'a' })
    expect(refusal(() => iot.DeleteThing({ thingName: 'a', expectedVersion: 7 }))).toMatchObject({
      name: 'VersionConflictException',
    })
  })

  test('is blocked by an attached principal (facts, what blocks a delete)', () => {
    iot.CreateThing({ thingName: 'a' })
    iot.AttachThingPrincipal({ thingName: 'a', principal: certificate('a') })
    expect(refusal(() => iot.DeleteThing({ thingName: 'a' }))).toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringMatching(/^Cannot delete\. Thing a is still attached to one or more principals$/),
    })
    iot.DetachThingPrincipal({ thingName: 'a', principal: certificate('a') })
    iot.DeleteThing({ thingName: 'a' })
    expect(iot.ListThings({}).things).toEqual([])
  })

  test('takes the thing out of its groups: a new thing of the name is in none', () => {
    iot.CreateThingGroup({ thingGroupName: 'g' })
    iot.CreateThing({ thingName: 'a', attributePayload: { attributes: { x: '1' } } })
    iot.AddThingToThingGroup({ thingName: 'a', thingGroupName: 'g' })
    iot.DeleteThing({ thingName: 'a' })
    iot.CreateThing({ thingName: 'a' })
    expect(iot.ListThingGroupsForThing({ thingName: 'a' }).thingGroups).toEqual([])
    expect(iot.ListThings({ attributeName: 'x', attributeValue: '1' }).things).toEqual([])
  })
})

describe('ListThings', () => {
  beforeEach(() => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    iot.CreateThingType({ thingTypeName: 'lamp' })
    const make = (thingName: string, site: string, thingTypeName?: string) =>
      iot.CreateThing({ thingName, thingTypeName, attributePayload: { attributes: { site, n: thingName } } })
    make('e', 'north', 'pump')
    make('d', 'north')
    make('c', 'northeast', 'lamp')
    make('b', 'south', 'pump')
    make('a', 'northwest', 'pump')
  })

  test.each([
    ['nothing: all in order of creation', {}, ['e', 'd', 'c', 'b', 'a']],
    ['a type', { thingTypeName: 'pump' }, ['e', 'b', 'a']],
    ['an unknown type', { thingTypeName: 'none' }, []],
    ['a whole value', { attributeName: 'site', attributeValue: 'north' }, ['e', 'd']],
    [
      'a prefix: by value',
      { attributeName: 'site', attributeValue: 'north', usePrefixAttributeValue: true },
      ['e', 'd', 'c', 'a'],
    ],
    [
      'an empty prefix: all that have the attribute',
      { attributeName: 'site', attributeValue: '', usePrefixAttributeValue: true },
      ['e', 'd', 'c', 'a', 'b'],
    ],
    ['values are case-sensitive', { attributeName: 'site', attributeValue: 'North' }, []],
  ])('by %s', (_, filter, names) => {
    const list = (page: object) => {
      const { things, nextToken } = iot.ListThings({ ...filter, ...page })
      return { items: things.map(({ thingName }) => thingName), nextToken }
    }
    expect(list({}).items).toEqual(names)
    for (const size of [1, 2, 3]) expect(readAll(list, size)).toEqual(names)
  })

  test('filters follow what an update changed', () => {
    iot.UpdateThing({ thingName: 'e', attributePayload: { attributes: { site: 'south' } }, removeThingType: true })
    const names = (filter: object) => iot.ListThings(filter).things.map(({ thingName }) => thingName)
    expect(names({ attributeName: 'site', attributeValue: 'north' })).toEqual(['d'])
    expect(names({ attributeName: 'site', attributeValue: 'south' })).toEqual(['e', 'b'])
    expect(names({ attributeName: 'n', attributeValue: 'e' })).toEqual([])
  })

  test('shows name, type, ARN, attributes and version', () => {
    expect(iot.ListThings({ maxResults: 1 }).things).toEqual([
      {
        thingName: 'e',
        thingTypeName: 'pump',
        thingArn: 'arn:aws:iot:eu-central-1:123456789012:thing/e',
        attributes: { site: 'north', n: 'e' },
        version: 1,
      },
    ])
  })

  test('the last page has no token, also when it is full (localstack, test_list_things_pagination)', () => {
    const { nextToken } = iot.ListThings({ maxResults: 3 })
    const last = iot.ListThings({ maxResults: 2, nextToken })
    expect(last.things).toHaveLength(2)
    expect(last.nextToken).toBeUndefined()
  })

  test('things that come and go between two pages neither repeat nor hide others', () => {
    const { nextToken } = iot.ListThings({ maxResults: 2 })
    iot.DeleteThing({ thingName: 'd' })
    iot.CreateThing({ thingName: 'f' })
    const rest = iot.ListThings({ maxResults: 10, nextToken }).things
    expect(rest.map(({ thingName }) => thingName)).toEqual(['c', 'b', 'a', 'f'])
  })

  test.each([
    ['an attribute without its value', { attributeName: 'site' }],
    ['a value without its attribute', { attributeValue: 'north' }],
    ['a prefix of nothing', { usePrefixAttributeValue: true, thingTypeName: 'pump' }],
    ['a token that is none', { nextToken: '%%%' }],
    ['a token of another listing', { nextToken: Buffer.from('["ListThingTypes",1]').toString('base64url') }],
    ['a token with a position of another type', { nextToken: Buffer.from('["ListThings","1"]').toString('base64url') }],
  ])('refuses %s', (_, input) => {
    expect(refusal(() => iot.ListThings(input))).toMatchObject({ name: 'InvalidRequestException' })
  })

  test.each([false, true])('refuses an attribute and a type together (aws-sdk-js issue 4237)', (prefix) => {
    const input = { attributeName: 'site', attributeValue: 'north', thingTypeName: 'pump' }
    expect(refusal(() => iot.ListThings({ ...input, usePrefixAttributeValue: prefix }))).toMatchObject({
      name: 'InvalidRequestException',
      message: 'Listing things by the combination of attribute and thing type is not supported',
    })
  })
})

test('changes are told after they are made, refused ones not', () => {
  const told: unknown[] = []
  const end = fixture.registry.changes.subscribe((change) => {
    if (change.type === 'thing') told.push([change.operation, change.thing.thingName, change.thing.version])
  })
  iot.CreateThing({ thingName: 'a' })
  iot.CreateThing({ thingName: 'a' })
  iot.UpdateThing({ thingName: 'a' })
  refusal(() => iot.UpdateThing({ thingName: 'a', expectedVersion: 9 }))
  iot.DeleteThing({ thingName: 'a' })
  iot.DeleteThing({ thingName: 'a' })
  end()
  iot.CreateThing({ thingName: 'b' })
  expect(told).toEqual([
    ['created', 'a', 1],
    ['updated', 'a', 2],
    ['deleted', 'a', 2],
  ])
})

test('Database.clear() empties the registry', () => {
  iot.CreateThing({ thingName: 'a', attributePayload: { attributes: { x: '1' } } })
  fixture.context.database.clear()
  expect(iot.ListThings({}).things).toEqual([])
  iot.CreateThing({ thingName: 'a', attributePayload: { attributes: { x: '1' } } })
  expect(iot.ListThings({ attributeName: 'x', attributeValue: '1' }).things).toHaveLength(1)
})
