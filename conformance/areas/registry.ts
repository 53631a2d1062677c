import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'

const thingLife: Check = {
  id: 'thing-life',
  does: 'A thing is made, described, changed by version, and deleted',
  async run({ iot: client, name, refused }) {
    const thingName = name('pump')
    const attributePayload = { attributes: { site: 'north', line: '7' } }
    const created = await client.send(new iot.CreateThingCommand({ thingName, attributePayload }))
    const again = await client.send(new iot.CreateThingCommand({ thingName, attributePayload }))
    const other = { attributes: { site: 'south' } }
    const others = await refused(client.send(new iot.CreateThingCommand({ thingName, attributePayload: other })))
    const described = await client.send(new iot.DescribeThingCommand({ thingName }))
    await client.send(new iot.UpdateThingCommand({ thingName, attributePayload: { ...other, merge: true } }))
    const merged = await client.send(new iot.DescribeThingCommand({ thingName }))
    const stale = await refused(
      client.send(new iot.UpdateThingCommand({ thingName, attributePayload: other, expectedVersion: 1 })),
    )
    await client.send(
      new iot.UpdateThingCommand({ thingName, attributePayload: { attributes: { site: '' }, merge: true } }),
    )
    const emptied = await client.send(new iot.DescribeThingCommand({ thingName }))
    const staleDelete = await refused(client.send(new iot.DeleteThingCommand({ thingName, expectedVersion: 1 })))
    await client.send(new iot.DeleteThingCommand({ thingName }))
    const gone = await refused(client.send(new iot.DescribeThingCommand({ thingName })))
    const deletedAgain = await refused(client.send(new iot.DeleteThingCommand({ thingName })))
    return {
      ...{ created, again, others, described, stale, staleDelete, gone, deletedAgain },
      merged: merged.attributes,
      emptied: emptied.attributes,
      versions: [described.version, merged.version, emptied.version],
    }
  },
}

const thingInput: Check = {
  id: 'thing-input',
  does: 'Names and attributes of things that AWS does not take',
  async run({ iot: client, name, refused }) {
    const make = (suffix: string, attributes: Record<string, string>) =>
      refused(client.send(new iot.CreateThingCommand({ thingName: name(suffix), attributePayload: { attributes } })))
    return {
      'a blank in the name': await make('a b', {}),
      'a slash in the name': await make('a/b', {}),
      'a name of 129': await make('x'.repeat(129), {}),
      'four attributes without a type': await make('four', { a: '1', b: '2', c: '3', d: '4' }),
      'a blank in a value': await make('blank', { a: 'x y' }),
      'a value of 801': await make('long', { a: 'x'.repeat(801) }),
      'a type that is not there': await refused(
        client.send(new iot.CreateThingCommand({ thingName: name('typed'), thingTypeName: name('none') })),
      ),
      'a type and its removal': await refused(
        client.send(
          new iot.UpdateThingCommand({ thingName: name('none'), thingTypeName: name('none'), removeThingType: true }),
        ),
      ),
      'principals of none': await refused(client.send(new iot.ListThingPrincipalsCommand({ thingName: name('none') }))),
    }
  },
}

const types: Check = {
  id: 'types',
  does: 'A thing type: searchable attributes, things of it, deprecation and its undoing, deletion too early',
  async run({ iot: client, name, refused }) {
    const thingTypeName = name('pump')
    const thingName = name('thing')
    const properties = { thingTypeDescription: 'Pumps', searchableAttributes: ['site', 'line'] }
    const created = await client.send(
      new iot.CreateThingTypeCommand({ thingTypeName, thingTypeProperties: properties }),
    )
    const described = await client.send(new iot.DescribeThingTypeCommand({ thingTypeName }))
    const again = await refused(client.send(new iot.CreateThingTypeCommand({ thingTypeName })))
    const four = { searchableAttributes: ['a', 'b', 'c', 'd'] }
    const fourSearchable = await refused(
      client.send(new iot.CreateThingTypeCommand({ thingTypeName: name('four'), thingTypeProperties: four })),
    )
    await client.send(
      new iot.CreateThingCommand({
        thingName,
        thingTypeName,
        attributePayload: { attributes: { site: 'a', line: 'b', more: 'c', further: 'd' } },
      }),
    )
    const thing = await client.send(new iot.DescribeThingCommand({ thingName }))
    const notDeprecated = await refused(client.send(new iot.DeleteThingTypeCommand({ thingTypeName })))
    await client.send(new iot.DeprecateThingTypeCommand({ thingTypeName }))
    const ofDeprecated = await refused(
      client.send(new iot.CreateThingCommand({ thingName: name('second'), thingTypeName })),
    )
    const early = await refused(client.send(new iot.DeleteThingTypeCommand({ thingTypeName })))
    await client.send(new iot.DeprecateThingTypeCommand({ thingTypeName, undoDeprecate: true }))
    const { thingTypeMetadata } = await client.send(new iot.DescribeThingTypeCommand({ thingTypeName }))
    await client.send(
      new iot.UpdateThingCommand({ thingName, removeThingType: true, attributePayload: { attributes: { site: 'a' } } }),
    )
    await client.send(new iot.DeprecateThingTypeCommand({ thingTypeName }))
    return {
      ...{ described, again, fourSearchable, notDeprecated, ofDeprecated, early, thingTypeMetadata },
      created: { arn: created.thingTypeArn, name: created.thingTypeName },
      thing: { type: thing.thingTypeName, attributes: thing.attributes },
    }
  },
}

const groups: Check = {
  id: 'groups',
  does: 'Thing groups as a tree, things in them, and what cannot be done',
  async run({ iot: client, name, refused }) {
    const parentGroupName = name('plant')
    const thingGroupName = name('hall')
    const thingName = name('pump')
    const thingGroupProperties = { thingGroupDescription: 'A hall', attributePayload: { attributes: { floor: '2' } } }
    await client.send(new iot.CreateThingGroupCommand({ thingGroupName: parentGroupName }))
    const created = await client.send(
      new iot.CreateThingGroupCommand({ thingGroupName, parentGroupName, thingGroupProperties }),
    )
    const same = await refused(
      client.send(new iot.CreateThingGroupCommand({ thingGroupName, parentGroupName, thingGroupProperties })),
    )
    const other = await refused(client.send(new iot.CreateThingGroupCommand({ thingGroupName })))
    const orphan = await refused(
      client.send(new iot.CreateThingGroupCommand({ thingGroupName: name('orphan'), parentGroupName: name('none') })),
    )
    const described = await client.send(new iot.DescribeThingGroupCommand({ thingGroupName }))
    await client.send(new iot.CreateThingCommand({ thingName }))
    await client.send(new iot.AddThingToThingGroupCommand({ thingName, thingGroupName }))
    await client.send(new iot.AddThingToThingGroupCommand({ thingName, thingGroupName }))
    const twoOfOne = await refused(
      client.send(new iot.AddThingToThingGroupCommand({ thingName, thingGroupName: parentGroupName })),
    )
    const noGroup = await refused(client.send(new iot.AddThingToThingGroupCommand({ thingName })))
    const noSuchGroup = await refused(
      client.send(new iot.AddThingToThingGroupCommand({ thingName, thingGroupName: name('none') })),
    )
    const ofThing = await client.send(new iot.ListThingGroupsForThingCommand({ thingName }))
    const direct = await client.send(new iot.ListThingsInThingGroupCommand({ thingGroupName: parentGroupName }))
    const recursive = await client.send(
      new iot.ListThingsInThingGroupCommand({ thingGroupName: parentGroupName, recursive: true }),
    )
    const children = await client.send(new iot.ListThingGroupsCommand({ parentGroup: parentGroupName }))
    const updated = await client.send(
      new iot.UpdateThingGroupCommand({ thingGroupName, thingGroupProperties: { thingGroupDescription: 'Hall 2' } }),
    )
    const stale = await refused(
      client.send(new iot.UpdateThingGroupCommand({ thingGroupName, expectedVersion: 1, thingGroupProperties: {} })),
    )
    const hasChildren = await refused(client.send(new iot.DeleteThingGroupCommand({ thingGroupName: parentGroupName })))
    const dynamic = await refused(client.send(new iot.DeleteDynamicThingGroupCommand({ thingGroupName })))
    await client.send(new iot.RemoveThingFromThingGroupCommand({ thingName, thingGroupName }))
    const afterwards = await client.send(new iot.ListThingGroupsForThingCommand({ thingName }))
    await client.send(new iot.DeleteThingGroupCommand({ thingGroupName }))
    const gone = await refused(client.send(new iot.DescribeThingGroupCommand({ thingGroupName })))
    return {
      ...{ same, other, orphan, twoOfOne, noGroup, noSuchGroup, stale, hasChildren, dynamic, gone },
      created: { arn: created.thingGroupArn, name: created.thingGroupName },
      described: {
        properties: described.thingGroupProperties,
        version: described.version,
        above: described.thingGroupMetadata,
      },
      ofThing: ofThing.thingGroups,
      things: [direct.things, recursive.things, afterwards.thingGroups],
      children: children.thingGroups,
      updated,
    }
  },
}

const billingGroups: Check = {
  id: 'billing',
  does: 'A billing group, the one of a thing, and its deletion',
  async run({ iot: client, name, refused }) {
    const billingGroupName = name('line')
    const second = name('second')
    const thingName = name('pump')
    const created = await client.send(
      new iot.CreateBillingGroupCommand({
        billingGroupName,
        billingGroupProperties: { billingGroupDescription: 'Line 7' },
      }),
    )
    await client.send(new iot.CreateBillingGroupCommand({ billingGroupName: second }))
    await client.send(new iot.CreateThingCommand({ thingName, billingGroupName }))
    const moved = await refused(
      client.send(new iot.AddThingToBillingGroupCommand({ thingName, billingGroupName: second })),
    )
    const things = await client.send(new iot.ListThingsInBillingGroupCommand({ billingGroupName: second }))
    const described = await client.send(new iot.DescribeBillingGroupCommand({ billingGroupName }))
    const thing = await client.send(new iot.DescribeThingCommand({ thingName }))
    await client.send(new iot.RemoveThingFromBillingGroupCommand({ thingName, billingGroupName: second }))
    await client.send(new iot.DeleteBillingGroupCommand({ billingGroupName }))
    const gone = await refused(client.send(new iot.DescribeBillingGroupCommand({ billingGroupName })))
    return {
      ...{ moved, gone },
      created: { arn: created.billingGroupArn, name: created.billingGroupName },
      things: things.things,
      described: { properties: described.billingGroupProperties, version: described.version },
      group: thing.billingGroupName,
    }
  },
}

const tags: Check = {
  id: 'tags',
  does: 'Tags of a resource, and of one that is not there',
  async run({ iot: client, name, refused, arn }) {
    const thingGroupName = name('hall')
    const tagged = [{ Key: 'site', Value: 'north' }]
    const { thingGroupArn: resourceArn } = await client.send(
      new iot.CreateThingGroupCommand({ thingGroupName, tags: tagged }),
    )
    await client.send(new iot.TagResourceCommand({ resourceArn, tags: [{ Key: 'line', Value: '7' }] }))
    const both = await client.send(new iot.ListTagsForResourceCommand({ resourceArn }))
    await client.send(new iot.UntagResourceCommand({ resourceArn, tagKeys: ['site', 'none'] }))
    const one = await client.send(new iot.ListTagsForResourceCommand({ resourceArn }))
    const none = arn(`thinggroup/${name('none')}`)
    return {
      both: (both.tags ?? []).toSorted((left, right) => ((left.Key ?? '') < (right.Key ?? '') ? -1 : 1)),
      one: one.tags,
      'of none': await refused(client.send(new iot.TagResourceCommand({ resourceArn: none, tags: tagged }))),
      'reserved for AWS': await refused(
        client.send(new iot.TagResourceCommand({ resourceArn, tags: [{ Key: 'aws:site', Value: 'north' }] })),
      ),
    }
  },
}

const listings: Check = {
  id: 'listings',
  does: 'Things listed by pages, by attribute, and by what cannot be combined',
  async run({ iot: client, name, refused, until }) {
    for (const suffix of ['a', 'b', 'c']) {
      await client.send(
        new iot.CreateThingCommand({
          thingName: name(suffix),
          attributePayload: { attributes: { conformance: name('mark') } },
        }),
      )
    }
    const filter = { attributeName: 'conformance', attributeValue: name('mark') }
    const all = await until('three things are listed by their attribute', async () => {
      const { things = [] } = await client.send(new iot.ListThingsCommand(filter))
      return things.length === 3 ? things : undefined
    })
    const first = await client.send(new iot.ListThingsCommand({ ...filter, maxResults: 2 }))
    const second = await client.send(
      new iot.ListThingsCommand({ ...filter, maxResults: 2, nextToken: first.nextToken }),
    )
    const names = (things: readonly iot.ThingAttribute[] = []) => things.map(({ thingName }) => thingName)
    return {
      all: names(all).toSorted(),
      pages: [first.things?.length, second.things?.length, second.nextToken === undefined],
      'both pages': [...names(first.things), ...names(second.things)].toSorted(),
      'an attribute without a value': await refused(
        client.send(new iot.ListThingsCommand({ attributeName: 'conformance' })),
      ),
      'by attribute and type': await refused(
        client.send(new iot.ListThingsCommand({ ...filter, thingTypeName: name('type') })),
      ),
      'a page of 251': await refused(client.send(new iot.ListThingsCommand({ maxResults: 251 }))),
      'a token that is none': await refused(client.send(new iot.ListThingsCommand({ nextToken: 'none' }))),
    }
  },
}

export const registry: Area = {
  name: 'registry',
  checks: [thingLife, thingInput, types, groups, billingGroups, tags, listings],
}
