import { beforeEach, describe, expect, test } from 'vitest'
import { type RegistryFixture, readAll, refusal, registryFixture } from '../../../test/support/registry.ts'

const MINUTE_MS = 60_000

let fixture: RegistryFixture
let iot: RegistryFixture['iot']

beforeEach(() => {
  fixture = registryFixture()
  iot = fixture.iot
})

const properties = { thingTypeDescription: 'A pump', searchableAttributes: ['site', 'model'] }

describe('CreateThingType', () => {
  test('describes what was given', () => {
    const made = iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties: properties })
    expect(made.thingTypeArn).toBe('arn:aws:iot:eu-central-1:123456789012:thingtype/pump')
    expect(iot.DescribeThingType({ thingTypeName: 'pump' })).toEqual({
      ...made,
      thingTypeProperties: properties,
      thingTypeMetadata: { deprecated: false, creationDate: new Date(Date.UTC(2026, 0, 1)) },
    })
  })

  test('is idempotent; searchable attributes are a set (ministack pull 1349)', () => {
    const first = iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties: properties })
    const again = { ...properties, searchableAttributes: ['model', 'site'] }
    expect(iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties: again })).toEqual(first)
  })

  test.each([
    ['description', { ...properties, thingTypeDescription: 'other' }],
    ['searchable attributes', { ...properties, searchableAttributes: ['site'] }],
    [
      'MQTT 5 configuration',
      { ...properties, mqtt5Configuration: { propagatingAttributes: [{ userPropertyKey: 'k', thingAttribute: 'a' }] } },
    ],
  ])('another %s is refused', (_, thingTypeProperties) => {
    const { thingTypeId } = iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties: properties })
    expect(refusal(() => iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties }))).toMatchObject({
      name: 'ResourceAlreadyExistsException',
      members: { resourceId: thingTypeId },
    })
  })

  test.each([
    ['no source', { userPropertyKey: 'k' }],
    ['two sources', { userPropertyKey: 'k', thingAttribute: 'a', connectionAttribute: 'iot:ClientId' }],
    ['no key', { thingAttribute: 'a' }],
    ['an unknown connection attribute', { userPropertyKey: 'k', connectionAttribute: 'iot:Other' }],
  ])('refuses a propagating attribute with %s (API reference, PropagatingAttribute)', (_, attribute) => {
    const thingTypeProperties = { mqtt5Configuration: { propagatingAttributes: [attribute] } }
    expect(refusal(() => iot.CreateThingType({ thingTypeName: 'a', thingTypeProperties }))).toMatchObject({
      name: 'InvalidRequestException',
    })
  })
})

test('a type has three searchable attributes at most (Terraform, aws_iot_thing_type)', () => {
  const create = (...searchableAttributes: string[]) =>
    iot.CreateThingType({ thingTypeName: 'a', thingTypeProperties: { searchableAttributes } })
  expect(refusal(() => create('a', 'b', 'c', 'd'))).toMatchObject({ name: 'InvalidRequestException' })
  expect(create('a', 'b', 'c', 'c')).toMatchObject({ thingTypeName: 'a' })
})

describe('UpdateThingType', () => {
  const mqtt5Configuration = {
    propagatingAttributes: [{ userPropertyKey: 'iot:ClientId', connectionAttribute: 'iot:ClientId' }],
  }

  test('sets the MQTT 5 configuration and keeps the rest', () => {
    iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties: properties })
    iot.UpdateThingType({ thingTypeName: 'pump', thingTypeProperties: { mqtt5Configuration } })
    expect(iot.DescribeThingType({ thingTypeName: 'pump' }).thingTypeProperties).toEqual({
      ...properties,
      mqtt5Configuration,
    })
  })

  test('allows the rest to be said as it is', () => {
    iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties: properties })
    iot.UpdateThingType({ thingTypeName: 'pump', thingTypeProperties: { ...properties, mqtt5Configuration } })
    expect(iot.DescribeThingType({ thingTypeName: 'pump' }).thingTypeProperties).toMatchObject({ mqtt5Configuration })
  })

  test.each([
    ['description', { thingTypeDescription: 'other' }],
    ['searchable attributes', { searchableAttributes: ['product', 'environment'] }],
  ])('never changes the %s (aws-cli issue 9884)', (_, thingTypeProperties) => {
    iot.CreateThingType({ thingTypeName: 'pump', thingTypeProperties: properties })
    expect(refusal(() => iot.UpdateThingType({ thingTypeName: 'pump', thingTypeProperties }))).toMatchObject({
      name: 'InvalidRequestException',
      message: 'Can only update mqtt5Configuration.',
    })
  })

  test('of an unknown type', () => {
    expect(refusal(() => iot.UpdateThingType({ thingTypeName: 'x' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})

describe('DeprecateThingType', () => {
  test('marks the type with its date, and can be undone', () => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    fixture.advance(MINUTE_MS)
    iot.DeprecateThingType({ thingTypeName: 'pump' })
    expect(iot.DescribeThingType({ thingTypeName: 'pump' }).thingTypeMetadata).toMatchObject({
      deprecated: true,
      deprecationDate: new Date(Date.UTC(2026, 0, 1, 0, 1)),
    })
    iot.DeprecateThingType({ thingTypeName: 'pump', undoDeprecate: true })
    expect(iot.DescribeThingType({ thingTypeName: 'pump' }).thingTypeMetadata).toEqual({
      deprecated: false,
      creationDate: expect.any(Date),
    })
  })

  test('things keep a type that was deprecated afterwards', () => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    iot.CreateThing({ thingName: 'a', thingTypeName: 'pump' })
    iot.DeprecateThingType({ thingTypeName: 'pump' })
    iot.UpdateThing({ thingName: 'a', attributePayload: { attributes: { x: '1' } } })
    expect(iot.DescribeThing({ thingName: 'a' })).toMatchObject({ thingTypeName: 'pump', attributes: { x: '1' } })
  })

  test('deprecating again keeps the first date', () => {
    iot.CreateThingType({ thingTypeName: 'pump' })
    iot.DeprecateThingType({ thingTypeName: 'pump' })
    fixture.advance(4 * MINUTE_MS)
    iot.DeprecateThingType({ thingTypeName: 'pump' })
    fixture.advance(MINUTE_MS)
    expect(iot.DeleteThingType({ thingTypeName: 'pump' })).toEqual({})
  })
})

describe('DeleteThingType (facts, what blocks a delete)', () => {
  beforeEach(() => {
    iot.CreateThingType({ thingTypeName: 'pump' })
  })

  test('only when deprecated', () => {
    expect(refusal(() => iot.DeleteThingType({ thingTypeName: 'pump' }))).toMatchObject({
      name: 'InvalidRequestException',
    })
  })

  test.each([
    [5 * MINUTE_MS - 1, 'InvalidRequestException'],
    [5 * MINUTE_MS, undefined],
  ])('%i ms after deprecation: %s', (afterMs, name) => {
    iot.DeprecateThingType({ thingTypeName: 'pump' })
    fixture.advance(afterMs)
    const error = refusal(() => iot.DeleteThingType({ thingTypeName: 'pump' }))
    if (name === undefined) expect(error).toBeUndefined()
    else expect(error).toMatchObject({ name })
  })

  test('not while a thing has it', () => {
    iot.CreateThing({ thingName: 'a', thingTypeName: 'pump' })
    iot.DeprecateThingType({ thingTypeName: 'pump' })
    fixture.advance(5 * MINUTE_MS)
    expect(refusal(() => iot.DeleteThingType({ thingTypeName: 'pump' }))).toMatchObject({
      name: 'InvalidRequestException',
    })
    iot.DeleteThing({ thingName: 'a' })
    iot.DeleteThingType({ thingTypeName: 'pump' })
    expect(refusal(() => iot.DescribeThingType({ thingTypeName: 'pump' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('an unknown type is an error', () => {
    expect(refusal(() => iot.DeleteThingType({ thingTypeName: 'none' }))).toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})

test('ListThingTypes filters by prefix and pages in order of creation', () => {
  for (const thingTypeName of ['pump-b', 'lamp', 'pump-a', 'pump']) iot.CreateThingType({ thingTypeName })
  const names = (filter: object) =>
    readAll((page) => {
      const { thingTypes, nextToken } = iot.ListThingTypes({ ...filter, ...page })
      return { items: thingTypes.map(({ thingTypeName }) => thingTypeName), nextToken }
    })
  expect(names({})).toEqual(['pump-b', 'lamp', 'pump-a', 'pump'])
  expect(names({ thingTypeName: 'pump' })).toEqual(['pump-b', 'pump-a', 'pump'])
  expect(names({ thingTypeName: 'PUMP' })).toEqual([])
})
