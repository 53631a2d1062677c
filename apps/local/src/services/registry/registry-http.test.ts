import * as sdk from '@aws-sdk/client-iot'
import { createAwsApi, defineService, IOT } from '@thingdeck/aws-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HttpServer, serveHttp } from '../../../test/support/http-server.ts'
import { certificate, registryFixture } from '../../../test/support/registry.ts'

const { iot: handlers, advance } = registryFixture()
let server: HttpServer
let client: sdk.IoTClient

beforeAll(async () => {
  server = await serveHttp(
    createAwsApi({ services: [defineService(sdk, { ...IOT, handlers })], authenticate: () => 'anyone' }),
  )
  client = new sdk.IoTClient({
    endpoint: server.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  })
})

afterAll(async () => {
  client.destroy()
  await server[Symbol.asyncDispose]()
})

describe('through HTTP and the SDK', () => {
  test('a thing lives: create, describe, update, list, delete', async () => {
    const payload = { attributes: { site: 'north', serial: 'a/1' } }
    const made = await client.send(new sdk.CreateThingCommand({ thingName: 'pump:7', attributePayload: payload }))
    expect(made.thingArn).toBe('arn:aws:iot:eu-central-1:123456789012:thing/pump:7')
    const described = await client.send(new sdk.DescribeThingCommand({ thingName: 'pump:7' }))
    expect(described).toMatchObject({
      thingName: 'pump:7',
      defaultClientId: 'pump:7',
      thingId: made.thingId,
      attributes: payload.attributes,
      version: 1,
    })
    expect(described).not.toHaveProperty('thingTypeName')
    await client.send(
      new sdk.UpdateThingCommand({ thingName: 'pump:7', attributePayload: { attributes: { site: '' }, merge: true } }),
    )
    const { things } = await client.send(
      new sdk.ListThingsCommand({ attributeName: 'serial', attributeValue: 'a', usePrefixAttributeValue: true }),
    )
    expect(things).toEqual([
      { thingName: 'pump:7', thingArn: made.thingArn, attributes: { serial: 'a/1' }, version: 2 },
    ])
    await expect(
      client.send(new sdk.DeleteThingCommand({ thingName: 'pump:7', expectedVersion: 1 })),
    ).rejects.toMatchObject({ name: 'VersionConflictException', $metadata: { httpStatusCode: 409 } })
    await client.send(new sdk.DeleteThingCommand({ thingName: 'pump:7', expectedVersion: 2 }))
    await expect(client.send(new sdk.DescribeThingCommand({ thingName: 'pump:7' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Thing pump:7 cannot be found.',
      $metadata: { httpStatusCode: 404 },
    })
  })

  test('a conflict carries the id and ARN of what is there', async () => {
    const { thingId } = await client.send(new sdk.CreateThingCommand({ thingName: 'twice' }))
    const again = new sdk.CreateThingCommand({ thingName: 'twice', attributePayload: { attributes: { a: '1' } } })
    const error = await client.send(again).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(sdk.ResourceAlreadyExistsException)
    expect(error).toMatchObject({
      resourceId: thingId,
      resourceArn: 'arn:aws:iot:eu-central-1:123456789012:thing/twice',
      $metadata: { httpStatusCode: 409 },
    })
  })

  test('a type: dates, the five-minute rule', async () => {
    const properties = {
      searchableAttributes: ['site'],
      mqtt5Configuration: { propagatingAttributes: [{ userPropertyKey: 'site', thingAttribute: 'site' }] },
    }
    await client.send(new sdk.CreateThingTypeCommand({ thingTypeName: 'pump', thingTypeProperties: properties }))
    await client.send(new sdk.DeprecateThingTypeCommand({ thingTypeName: 'pump' }))
    const { thingTypes } = await client.send(new sdk.ListThingTypesCommand({ thingTypeName: 'pu' }))
    expect(thingTypes).toEqual([
      {
        thingTypeName: 'pump',
        thingTypeArn: 'arn:aws:iot:eu-central-1:123456789012:thingtype/pump',
        thingTypeProperties: properties,
        thingTypeMetadata: {
          deprecated: true,
          creationDate: new Date(Date.UTC(2026, 0, 1)),
          deprecationDate: new Date(Date.UTC(2026, 0, 1)),
        },
      },
    ])
    const remove = () => client.send(new sdk.DeleteThingTypeCommand({ thingTypeName: 'pump' }))
    await expect(remove()).rejects.toMatchObject({
      name: 'InvalidRequestException',
      $metadata: { httpStatusCode: 400 },
    })
    advance(5 * 60_000)
    await remove()
  })

  test('groups: the paginator of the SDK reads a recursive listing to its end', async () => {
    await client.send(new sdk.CreateThingGroupCommand({ thingGroupName: 'root' }))
    await client.send(new sdk.CreateThingGroupCommand({ thingGroupName: 'child', parentGroupName: 'root' }))
    const names = Array.from({ length: 7 }, (_, index) => `member-${index}`)
    for (const [index, thingName] of names.entries()) {
      await client.send(new sdk.CreateThingCommand({ thingName }))
      const thingGroupName = index % 2 === 0 ? 'root' : 'child'
      await client.send(new sdk.AddThingToThingGroupCommand({ thingName, thingGroupName }))
    }
    const found: string[] = []
    const pages = sdk.paginateListThingsInThingGroup(
      { client, pageSize: 3 },
      { thingGroupName: 'root', recursive: true },
    )
    for await (const { things = [] } of pages) found.push(...things)
    expect(found).toEqual(names)
    const { thingGroups } = await client.send(new sdk.ListThingGroupsCommand({ recursive: false }))
    expect(thingGroups?.map(({ groupName }) => groupName)).toEqual(['root'])
    const { thingGroupMetadata } = await client.send(new sdk.DescribeThingGroupCommand({ thingGroupName: 'child' }))
    expect(thingGroupMetadata).toMatchObject({ parentGroupName: 'root', creationDate: expect.any(Date) })
  })

  test('principals travel in a header', async () => {
    await client.send(new sdk.CreateThingCommand({ thingName: 'mine' }))
    await client.send(
      new sdk.AttachThingPrincipalCommand({
        thingName: 'mine',
        principal: certificate('a'),
        thingPrincipalType: 'EXCLUSIVE_THING',
      }),
    )
    const { thingPrincipalObjects } = await client.send(new sdk.ListThingPrincipalsV2Command({ thingName: 'mine' }))
    expect(thingPrincipalObjects).toEqual([{ principal: certificate('a'), thingPrincipalType: 'EXCLUSIVE_THING' }])
    const { things } = await client.send(new sdk.ListPrincipalThingsCommand({ principal: certificate('a') }))
    expect(things).toEqual(['mine'])
    await expect(client.send(new sdk.DeleteThingCommand({ thingName: 'mine' }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
    })
    await client.send(new sdk.DetachThingPrincipalCommand({ thingName: 'mine', principal: certificate('a') }))
  })

  test('tags and billing groups', async () => {
    const tags = [{ Key: 'cost', Value: 'north' }]
    const { billingGroupArn: resourceArn } = await client.send(
      new sdk.CreateBillingGroupCommand({ billingGroupName: 'north', tags }),
    )
    expect((await client.send(new sdk.ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(tags)
    const over = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }))
    await expect(client.send(new sdk.TagResourceCommand({ resourceArn, tags: over }))).rejects.toMatchObject({
      name: 'LimitExceededException',
      $metadata: { httpStatusCode: 410 },
    })
    const { billingGroups } = await client.send(new sdk.ListBillingGroupsCommand({ namePrefixFilter: 'no' }))
    expect(billingGroups).toEqual([{ groupName: 'north', groupArn: resourceArn }])
  })

  test('fleet index and dynamic groups', async () => {
    const thingIndexingConfiguration = { thingIndexingMode: 'REGISTRY' as const }
    await client.send(new sdk.UpdateIndexingConfigurationCommand({ thingIndexingConfiguration }))
    for (const [thingName, temp] of [
      ['room-1', '61'],
      ['room-2', '59'],
    ] as const) {
      await client.send(new sdk.CreateThingCommand({ thingName, attributePayload: { attributes: { temp } } }))
    }
    const queryString = 'attributes.temp>60'
    await client.send(new sdk.CreateDynamicThingGroupCommand({ thingGroupName: 'warm', queryString }))
    const { status, queryVersion } = await client.send(new sdk.DescribeThingGroupCommand({ thingGroupName: 'warm' }))
    expect([status, queryVersion]).toEqual(['ACTIVE', '2017-09-30'])
    const members = await client.send(new sdk.ListThingsInThingGroupCommand({ thingGroupName: 'warm' }))
    expect(members.things).toEqual(['room-1'])
    const found = await client.send(
      new sdk.SearchIndexCommand({ queryString: 'thingName:ROOM* -thingGroupNames:warm' }),
    )
    expect(found.things).toMatchObject([{ thingName: 'room-2', attributes: { temp: '59' } }])
    await expect(client.send(new sdk.SearchIndexCommand({ queryString: '(' }))).rejects.toMatchObject({
      name: 'InvalidQueryException',
      $metadata: { httpStatusCode: 400 },
    })
  })

  const createThing = (attributes: Record<string, string>) =>
    new sdk.CreateThingCommand({ thingName: 'a', attributePayload: { attributes } })
  const createType = (thingTypeProperties: sdk.ThingTypeProperties) =>
    new sdk.CreateThingTypeCommand({ thingTypeName: 'a', thingTypeProperties })
  const createTagged = (tag: sdk.Tag) => new sdk.CreateThingGroupCommand({ thingGroupName: 'a', tags: [tag] })

  test('all that a request has wrong is said at once', async () => {
    const twice = client.send(new sdk.CreateThingCommand({ thingName: '?', thingTypeName: '!' }))
    await expect(twice).rejects.toThrow(/^2 validation errors detected: .*'thingName'.*; .*'thingTypeName'/)
  })

  test('indexes can be listed in pages of 500', async () => {
    expect(await client.send(new sdk.ListIndicesCommand({ maxResults: 500 }))).toHaveProperty('indexNames')
  })

  test.each([
    ['a thing name with a blank', new sdk.CreateThingCommand({ thingName: 'a b' })],
    ['too long a thing name', new sdk.CreateThingCommand({ thingName: 'x'.repeat(129) })],
    ['an attribute name with a blank', createThing({ 'a b': '' })],
    ['an attribute value with a blank', createThing({ a: 'b c' })],
    ['too long an attribute value', createThing({ a: 'x'.repeat(801) })],
    ['a type name with a blank', new sdk.CreateThingTypeCommand({ thingTypeName: 'a b' })],
    ['too long a description', createType({ thingTypeDescription: 'x'.repeat(2029) })],
    ['a line break in a description', createType({ thingTypeDescription: 'a\nb' })],
    ['a searchable attribute that can be none', createType({ searchableAttributes: ['?'] })],
    [
      'a user property key with a blank',
      createType({
        mqtt5Configuration: { propagatingAttributes: [{ userPropertyKey: 'a b', thingAttribute: 'a' }] },
      }),
    ],
    ['an empty tag key', createTagged({ Key: '', Value: '1' })],
    ['too long a tag key', createTagged({ Key: 'x'.repeat(129), Value: '1' })],
    ['too long a tag value', createTagged({ Key: 'x', Value: 'x'.repeat(257) })],
    ['a page of 0', new sdk.ListThingsCommand({ maxResults: 0 })],
    ['a page of 251', new sdk.ListThingsCommand({ maxResults: 251 })],
    ['a token that is none', new sdk.ListThingsCommand({ nextToken: 'bogus' })],
  ])('refuses %s with InvalidRequestException, 400', async (_, command) => {
    const send = client.send.bind(client) as (command: unknown) => Promise<unknown>
    await expect(send(command)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      $metadata: { httpStatusCode: 400 },
    })
  })
})
