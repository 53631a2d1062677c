import { beforeEach, describe, expect, test } from 'vitest'
import { type RegistryFixture, refusal, registryFixture } from '../../../../test/support/registry.ts'

let iot: RegistryFixture['iot']

beforeEach(() => {
  iot = registryFixture().iot
})

const turnOn = (input: object = {}) =>
  iot.UpdateIndexingConfiguration({ thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', ...input } })

const everything = {
  thingIndexingMode: 'REGISTRY_AND_SHADOW',
  thingConnectivityIndexingMode: 'STATUS',
  namedShadowIndexingMode: 'ON',
  filter: { namedShadowNames: ['config', '__proto__'] },
}

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

  type Input = Parameters<typeof iot.UpdateIndexingConfiguration>[0]
  const things = (thingIndexingConfiguration: Input['thingIndexingConfiguration']) => ({ thingIndexingConfiguration })
  const thingGroups = (thingGroupIndexingConfiguration: Input['thingGroupIndexingConfiguration']) => ({
    thingGroupIndexingConfiguration,
  })
  const managed = 'Only managed fields with expected types are allowed in'
  test.each([
    [
      {},
      'At least one configuration to update (thingIndexingConfiguration / thingGroupIndexingConfiguration) is required',
    ],
    [
      things({ thingIndexingMode: 'OFF', thingConnectivityIndexingMode: 'STATUS' }),
      'ThingIndexingMode must be turned ON for enabling ThingConnectivityIndexingMode',
    ],
    [
      things({ thingIndexingMode: 'OFF', namedShadowIndexingMode: 'ON', filter: { namedShadowNames: ['config'] } }),
      'ThingIndexingMode must be turned ON for enabling NamedShadowIndexingMode',
    ],
    [
      things({ thingIndexingMode: 'OFF', deviceDefenderIndexingMode: 'VIOLATIONS' }),
      'ThingIndexingMode must be turned ON for enabling DeviceDefenderIndexingMode',
    ],
    [
      things({ thingIndexingMode: 'REGISTRY', namedShadowIndexingMode: 'ON', filter: { namedShadowNames: [] } }),
      'NamedShadowNames Filter must not be empty for enabling NamedShadowIndexingMode',
    ],
    [
      things({ thingIndexingMode: 'REGISTRY', customFields: [{ type: 'String' }] }),
      'Custom field name cannot be nullFieldName: null, FieldType: String',
    ],
    [
      things({ thingIndexingMode: 'REGISTRY', customFields: [{ name: 'attributes.x' }] }),
      'Invalid field type: null. Expecting one of [String, Number, Boolean, Geopoint]',
    ],
    [
      things({ thingIndexingMode: 'REGISTRY', customFields: [{ name: 'thingName', type: 'Number' }] }),
      'Defined field is a reserved field for MULTI_INDEXING_MODE. Field: thingName',
    ],
    [
      things({
        thingIndexingMode: 'REGISTRY',
        managedFields: [
          { name: 'thingId', type: 'String' },
          { name: 'a', type: 'String' },
          { name: 'thingName', type: 'Number' },
        ],
      }),
      `${managed} thingIndexingConfiguration.managedFields. Invalid field(s): [name:a, type:String, name:thingName, type:Number]`,
    ],
    [
      thingGroups({ thingGroupIndexingMode: 'OFF', managedFields: [{ name: 'description', type: 'Number' }] }),
      `${managed} thingGroupIndexingConfiguration.managedFields. Invalid field(s): [name:description, type:Number]`,
    ],
  ])('refuses %j: %s (floci, IotFleetIndexingServiceTest)', (input, message) => {
    expect(refusal(() => iot.UpdateIndexingConfiguration(input))).toMatchObject({
      name: 'InvalidRequestException',
      message,
    })
    expect(iot.ListIndices({}).indexNames).toEqual([])
  })

  test.each([
    [
      'a custom field of shadows that are not indexed',
      { customFields: [{ name: 'shadow.desired.x', type: 'String' }] },
    ],
    [
      'a custom field of a shadow that is not indexed',
      { ...everything, customFields: [{ name: 'shadow.name.other.reported.x', type: 'String' }] },
    ],
    [
      'six custom fields',
      { customFields: Array.from({ length: 6 }, (_, i) => ({ name: `attributes.a${i}`, type: 'Number' })) },
    ],
    [
      'eleven named shadows',
      { ...everything, filter: { namedShadowNames: Array.from({ length: 11 }, (_, i) => `s${i}`) } },
    ],
    [
      'two geolocations',
      { ...everything, filter: { ...everything.filter, geoLocations: [{ name: 'a' }, { name: 'b' }] } },
    ],
  ])('refuses %s', (_, input) => {
    expect(refusal(() => turnOn(input))).toMatchObject({ name: 'InvalidRequestException' })
  })

  test('what is turned off is forgotten', () => {
    turnOn({ ...everything, customFields: [{ name: 'attributes.temp', type: 'Number' }] })
    turnOn({ thingIndexingMode: 'OFF', customFields: [{ name: 'attributes.temp', type: 'Number' }] })
    expect(iot.GetIndexingConfiguration().thingIndexingConfiguration).toEqual({
      thingIndexingMode: 'OFF',
      thingConnectivityIndexingMode: 'OFF',
      deviceDefenderIndexingMode: 'OFF',
      namedShadowIndexingMode: 'OFF',
      customFields: [],
      managedFields: [],
    })
  })

  test('the answer can be sent back', () => {
    turnOn(everything)
    const before = iot.GetIndexingConfiguration()
    const { thingIndexingMode: _, ...rest } = before.thingIndexingConfiguration
    iot.UpdateIndexingConfiguration(things({ thingIndexingMode: 'REGISTRY_AND_SHADOW', ...rest }))
    expect(iot.GetIndexingConfiguration()).toEqual(before)
  })
})
