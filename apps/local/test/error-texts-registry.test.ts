import * as iotSdk from '@aws-sdk/client-iot'
import { GetThingShadowCommand, IoTDataPlaneClient, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { patternOf, readErrorTexts } from './support/error-texts.ts'

// docs/reference/error-texts-registry.md, each row over the SDK.

let local: Local
let iot: iotSdk.IoTClient
let data: IoTDataPlaneClient

beforeAll(async () => {
  local = await startLocal()
  iot = new iotSdk.IoTClient(local.sdk)
  data = new IoTDataPlaneClient(local.sdk)
})
beforeEach(() => local.reset())
afterAll(async () => {
  iot.destroy()
  data.destroy()
  await local.close()
})

type Given = Readonly<Record<string, string>>

/** What is done first; what is refused; what was given. */
interface Scenario {
  readonly given?: Given
  readonly before?: () => Promise<unknown>
  readonly refused: () => Promise<unknown>
}

const NAME = 'pump-7'
const thingName = NAME
const thingTypeName = NAME
const thingGroupName = NAME
const billingGroupName = NAME
const arn = (resource: string) => `arn:aws:iot:us-east-1:123456789012:${resource}`
const attributes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'x']))

const thing = (input: Partial<iotSdk.CreateThingCommandInput> = {}) =>
  iot.send(new iotSdk.CreateThingCommand({ thingName, ...input }))
const type = (properties?: iotSdk.ThingTypeProperties) =>
  iot.send(new iotSdk.CreateThingTypeCommand({ thingTypeName, thingTypeProperties: properties }))
const deprecated = async () => {
  await type()
  await iot.send(new iotSdk.DeprecateThingTypeCommand({ thingTypeName }))
}
const group = (input: Partial<iotSdk.CreateThingGroupCommandInput> = {}) =>
  iot.send(new iotSdk.CreateThingGroupCommand({ thingGroupName, ...input }))
const dynamicGroup = () =>
  iot.send(new iotSdk.CreateDynamicThingGroupCommand({ thingGroupName, queryString: 'thingName:*' }))
const join = (input: iotSdk.AddThingToThingGroupCommandInput) => iot.send(new iotSdk.AddThingToThingGroupCommand(input))
const attach = (principal: string, input: Partial<iotSdk.AttachThingPrincipalCommandInput> = {}) =>
  iot.send(new iotSdk.AttachThingPrincipalCommand({ thingName, principal, ...input }))
async function certificate(): Promise<string> {
  const { certificateArn = '' } = await iot.send(new iotSdk.CreateKeysAndCertificateCommand({}))
  return certificateArn
}
const configure = (input: Partial<iotSdk.ThingIndexingConfiguration> = {}) =>
  iot.send(
    new iotSdk.UpdateIndexingConfigurationCommand({
      thingIndexingConfiguration: { thingIndexingMode: 'REGISTRY', ...input },
    }),
  )
const index = () => configure()
const search = (queryString: string, input: Partial<iotSdk.SearchIndexCommandInput> = {}) =>
  iot.send(new iotSdk.SearchIndexCommand({ queryString, ...input }))
const query = (QUERY: string, given: Given = {}): Scenario => ({
  given: { QUERY, ...given },
  before: index,
  refused: () => search(QUERY),
})
const update = (payload: string | Uint8Array) =>
  data.send(new UpdateThingShadowCommand({ thingName, payload: Buffer.from(payload) }))
const shadow = (document: string | Uint8Array): Scenario => ({ refused: () => update(document) })
const nested = (levels: number): string => (levels === 0 ? '1' : `{"a":${nested(levels - 1)}}`)
const ofNothing = (refused: () => Promise<unknown>): Scenario => ({ given: { NAME }, refused })

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'CreateThing: it is there with other attributes': {
    given: { NAME },
    before: () => thing(),
    refused: () => thing({ attributePayload: { attributes: attributes(1) } }),
  },
  'CreateThing: the type is deprecated': {
    given: { TYPE: NAME },
    before: deprecated,
    refused: () => thing({ thingTypeName }),
  },
  'CreateThing: four attributes without a type': {
    refused: () => thing({ attributePayload: { attributes: attributes(4) } }),
  },
  'UpdateThing: the type is deprecated': {
    given: { TYPE: NAME },
    before: async () => {
      await deprecated()
      await thing()
    },
    refused: () => iot.send(new iotSdk.UpdateThingCommand({ thingName, thingTypeName })),
  },
  'UpdateThing: another version is expected': {
    given: { NAME },
    before: () => thing(),
    refused: () => iot.send(new iotSdk.UpdateThingCommand({ thingName, expectedVersion: 7 })),
  },
  'UpdateThing: a type and its removal': {
    refused: () => iot.send(new iotSdk.UpdateThingCommand({ thingName, thingTypeName, removeThingType: true })),
  },
  'DeleteThing: a principal is attached': {
    given: { NAME },
    before: async () => {
      await thing()
      await attach(await certificate())
    },
    refused: () => iot.send(new iotSdk.DeleteThingCommand({ thingName })),
  },
  'ListThings: by an attribute and a type': {
    refused: () => iot.send(new iotSdk.ListThingsCommand({ attributeName: 'a', attributeValue: 'x', thingTypeName })),
  },
  'ListThings: by an attribute without a value': {
    refused: () => iot.send(new iotSdk.ListThingsCommand({ attributeName: 'a' })),
  },
  'ListThingPrincipals: there is no such thing': ofNothing(() =>
    iot.send(new iotSdk.ListThingPrincipalsCommand({ thingName })),
  ),
  'DescribeThing: there is none': ofNothing(() => iot.send(new iotSdk.DescribeThingCommand({ thingName }))),
  'DescribeThingGroup: there is none': ofNothing(() =>
    iot.send(new iotSdk.DescribeThingGroupCommand({ thingGroupName })),
  ),
  'DescribeThingType: there is none': ofNothing(() => iot.send(new iotSdk.DescribeThingTypeCommand({ thingTypeName }))),
  'DescribeBillingGroup: there is none': ofNothing(() =>
    iot.send(new iotSdk.DescribeBillingGroupCommand({ billingGroupName })),
  ),
  'CreateThingType: four searchable attributes': {
    refused: () => type({ searchableAttributes: ['a', 'b', 'c', 'd'] }),
  },
  'UpdateThingType: more than the MQTT 5 configuration': {
    before: () => type(),
    refused: () =>
      iot.send(
        new iotSdk.UpdateThingTypeCommand({ thingTypeName, thingTypeProperties: { searchableAttributes: ['site'] } }),
      ),
  },
  'DeleteThingType: it is not deprecated': {
    given: { NAME },
    before: () => type(),
    refused: () => iot.send(new iotSdk.DeleteThingTypeCommand({ thingTypeName })),
  },
  'DeleteThingType: it was deprecated just now': {
    given: { NAME },
    before: deprecated,
    refused: () => iot.send(new iotSdk.DeleteThingTypeCommand({ thingTypeName })),
  },
  'DeleteThingType: a thing is of it': {
    given: { NAME },
    before: async () => {
      await type()
      await thing({ thingTypeName })
      await iot.send(new iotSdk.DeprecateThingTypeCommand({ thingTypeName }))
      local.advanceClock(5 * 60_000)
    },
    refused: () => iot.send(new iotSdk.DeleteThingTypeCommand({ thingTypeName })),
  },
  'CreateThingGroup: it is there with other properties': {
    given: { NAME },
    before: () => group(),
    refused: () => group({ thingGroupProperties: { thingGroupDescription: 'other' } }),
  },
  'CreateThingGroup: eight levels': {
    given: { NAME: 'g7' },
    before: async () => {
      await group({ thingGroupName: 'g1' })
      for (let level = 2; level <= 7; level += 1) {
        await group({ thingGroupName: `g${level}`, parentGroupName: `g${level - 1}` })
      }
    },
    refused: () => group({ thingGroupName: 'g8', parentGroupName: 'g7' }),
  },
  'DeleteThingGroup: it has child groups': {
    given: { NAME },
    before: async () => {
      await group()
      await group({ thingGroupName: 'child', parentGroupName: NAME })
    },
    refused: () => iot.send(new iotSdk.DeleteThingGroupCommand({ thingGroupName })),
  },
  'DeleteThingGroup: it is dynamic': {
    given: { ARN: arn(`thinggroup/${NAME}`) },
    before: async () => {
      await index()
      await dynamicGroup()
    },
    refused: () => iot.send(new iotSdk.DeleteThingGroupCommand({ thingGroupName })),
  },
  'AddThingToThingGroup: without a group': { refused: () => join({ thingName }) },
  "AddThingToThingGroup: the group's name and ARN differ": {
    refused: () => join({ thingName, thingGroupName, thingGroupArn: arn('thinggroup/other') }),
  },
  "AddThingToThingGroup: the thing's name and ARN differ": {
    refused: () => join({ thingGroupName, thingName, thingArn: arn('thing/other') }),
  },
  'AddThingToThingGroup: two of one hierarchy': {
    given: { THING: NAME, NAME: 'child', OTHER: 'root' },
    before: async () => {
      await thing()
      await group({ thingGroupName: 'root' })
      await group({ thingGroupName: 'child', parentGroupName: 'root' })
      await join({ thingName, thingGroupName: 'root' })
    },
    refused: () => join({ thingName, thingGroupName: 'child' }),
  },
  'AttachThingPrincipal: there is no such certificate': {
    given: { ARN: arn(`cert/${'a'.repeat(64)}`) },
    before: () => thing(),
    refused: () => attach(arn(`cert/${'a'.repeat(64)}`)),
  },
  'CreateDynamicThingGroup: nothing is indexed': { refused: dynamicGroup },
  'SearchIndex: the index is off': { refused: () => search('bogus:1') },
  'DescribeIndex: the index is off': {
    refused: () => iot.send(new iotSdk.DescribeIndexCommand({ indexName: 'AWS_Things' })),
  },
  'DescribeIndex: there is no such index': {
    given: { NAME },
    refused: () => iot.send(new iotSdk.DescribeIndexCommand({ indexName: NAME })),
  },
  'SearchIndex: another version of queries': {
    before: index,
    refused: () => search('*', { queryVersion: '2017-09-31' }),
  },
  'SearchIndex: the token is none': { before: index, refused: () => search('*', { nextToken: 'bogus' }) },
  'SearchIndex: the token is of another query': {
    before: index,
    refused: async () => {
      for (const name of ['a', 'b']) await thing({ thingName: name })
      const { nextToken } = await search('*', { maxResults: 1 })
      return search('thingName:*', { nextToken })
    },
  },
  'SearchIndex: there is no such field': query('thingGroupName:mythinggroup', { FIELD: 'thingGroupName' }),
  'SearchIndex: the syntax is wrong': query('thingName:a AND'),
  'SearchIndex: 13 terms': query(Array.from({ length: 13 }, () => 'thingName:a').join(' OR ')),
  'SearchIndex: an operator that is not there': query('+thingName:a'),
  'SearchIndex: a fuzzy search': query('thingName:a~2'),
  'SearchIndex: a regular expression': query('thingName:/a/'),
  'SearchIndex: a boost': query('thingName:a^2'),
  'SearchIndex: three wildcards in a term': query('thingName:*a*b*', { FIELD: 'thingName', VALUE: '*a*b*' }),
  'SearchIndex: a question mark in front': query('thingName:?a', { FIELD: 'thingName', VALUE: '?a' }),
  'SearchIndex: connectivity is not indexed': query('connectivity.connected:true'),
  'SearchIndex: shadows are not indexed': query('shadow.reported.x:1'),
  'SearchIndex: violations are not indexed': query('deviceDefender.violationCount:1'),
  'SearchIndex: 101 results': { before: index, refused: () => search('*', { maxResults: 101 }) },
  'SearchIndex: six question marks in a term': query('thingName:a??????', { FIELD: 'thingName', VALUE: 'a??????' }),
  'SearchIndex: two wildcards in front': query('thingName:*a thingName:*b', { FIELD: 'thingName', VALUE: '*b' }),
  'SearchIndex: a character that is not supported': query('thingName:a@b', { FIELD: 'thingName', VALUE: 'a@b' }),
  'SearchIndex: a geoquery': query('attributes.place:geo_distance,47.6204,-122.3491,15.5km'),
  'UpdateIndexingConfiguration: nothing is given': {
    refused: () => iot.send(new iotSdk.UpdateIndexingConfigurationCommand({})),
  },
  'UpdateIndexingConfiguration: connectivity without the registry': {
    refused: () => configure({ thingIndexingMode: 'OFF', thingConnectivityIndexingMode: 'STATUS' }),
  },
  'UpdateIndexingConfiguration: named shadows without names': {
    refused: () => configure({ namedShadowIndexingMode: 'ON' }),
  },
  'UpdateIndexingConfiguration: a custom field without a name': {
    refused: () => configure({ customFields: [{ type: 'String' }] }),
  },
  'UpdateIndexingConfiguration: a custom field without a type': {
    refused: () => configure({ customFields: [{ name: 'attributes.x' }] }),
  },
  'UpdateIndexingConfiguration: a custom field that AWS manages': {
    given: { FIELD: 'thingName' },
    refused: () => configure({ customFields: [{ name: 'thingName', type: 'String' }] }),
  },
  'UpdateIndexingConfiguration: a managed field that is none': {
    given: { FIELD: 'a' },
    refused: () => configure({ managedFields: [{ name: 'a', type: 'String' }] }),
  },
  'UpdateIndexingConfiguration: off, with a dynamic group': {
    before: async () => {
      await index()
      await dynamicGroup()
    },
    refused: () => configure({ thingIndexingMode: 'OFF' }),
  },
  'GetThingShadow: there is none': ofNothing(() => data.send(new GetThingShadowCommand({ thingName }))),
  'GetThingShadow: there is no such named one': {
    given: { NAME, SHADOW: 'config' },
    refused: () => data.send(new GetThingShadowCommand({ thingName, shadowName: 'config' })),
  },
  'UpdateThingShadow: another version is expected': {
    before: () => update('{"state":{}}'),
    refused: () => update('{"state":{},"version":7}'),
  },
  'UpdateThingShadow: the document is no JSON': shadow('{"state":'),
  'UpdateThingShadow: without a state': shadow('{}'),
  'UpdateThingShadow: the state is no object': shadow('{"state":1}'),
  'UpdateThingShadow: desired is no object': shadow('{"state":{"desired":1}}'),
  'UpdateThingShadow: reported is no object': shadow('{"state":{"reported":[]}}'),
  'UpdateThingShadow: a section that is none': {
    given: { NAME: 'delta' },
    refused: () => update('{"state":{"delta":{}}}'),
  },
  'UpdateThingShadow: the version is no number': shadow('{"state":{},"version":"1"}'),
  'UpdateThingShadow: a client token of 65 bytes': shadow(`{"state":{},"clientToken":"${'é'.repeat(32)}x"}`),
  'UpdateThingShadow: nine levels': shadow(`{"state":{"desired":${nested(9)}}}`),
  'UpdateThingShadow: more than 8 KB': shadow(`{"state":{"desired":{"a":"${'x'.repeat(8185)}"}}}`),
  'UpdateThingShadow: not UTF-8': shadow(Uint8Array.of(0x7b, 0xff, 0x7d)),
}

const rows = readErrorTexts('error-texts-registry.md')

test('every row has its scenario, and every scenario its row', () => {
  const here = [...Object.keys(SCENARIOS), "AttachThingPrincipal: the certificate is another's alone"]
  expect(rows.map(({ when }) => when).sort()).toEqual(here.sort())
})

test.each(rows.filter(({ when }) => SCENARIOS[when]))('$when', async (row) => {
  const { given = {}, before, refused } = SCENARIOS[row.when] as Scenario // the filter has looked
  await before?.()
  await expect(refused()).rejects.toMatchObject({ name: row.error, message: expect.stringMatching(said(row, given)) })
})

test("AttachThingPrincipal: the certificate is another's alone", async () => {
  const row = rows.find(({ when }) => when.endsWith("another's alone"))
  const ARN = await certificate()
  await thing()
  await thing({ thingName: 'other' })
  await attach(ARN, { thingPrincipalType: 'EXCLUSIVE_THING' })
  const pattern = said(row ?? { when: '', error: '', text: '' }, { ARN, NAME })
  await expect(attach(ARN, { thingName: 'other' })).rejects.toMatchObject({ message: expect.stringMatching(pattern) })
})

/** The text with what was given in place of its words in capitals, whatever those are. */
function said(row: (typeof rows)[number], given: Given): RegExp {
  const text = row.text.replace(/\b[A-Z]{4,}\b|\bARN\b/g, (word) => given[word] ?? word)
  return patternOf({ ...row, text }, {})
}
