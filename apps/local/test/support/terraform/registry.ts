import * as sdk from '@aws-sdk/client-iot'
import type { LifeCycle } from '../life-cycle.ts'
import { type Account, IOT, NONE, retag, TAGGED, TAGGED_AGAIN, tagsOf } from './account.ts'

/** Things, their types and groups. */
export function registryLifeCycles(account: Account): LifeCycle[] {
  const rows: LifeCycle[] = []
  rows.push({
    resource: 'aws_iot_thing_type',
    create: () =>
      account().iot.send(
        new sdk.CreateThingTypeCommand({
          thingTypeName: 'pump',
          thingTypeProperties: { thingTypeDescription: 'd', searchableAttributes: ['site'] },
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = await account().iot.send(new sdk.DescribeThingTypeCommand({ thingTypeName: 'pump' }))
      return { ...found, tags: await tagsOf(account, found.thingTypeArn) }
    },
    created: {
      thingTypeName: 'pump',
      thingTypeProperties: { thingTypeDescription: 'd', searchableAttributes: ['site'] },
      thingTypeMetadata: { deprecated: false },
      tags: TAGGED,
    },
    update: async () => {
      await account().iot.send(new sdk.DeprecateThingTypeCommand({ thingTypeName: 'pump', undoDeprecate: false }))
      await retag(account, `${IOT}thingtype/pump`)
    },
    updated: { thingTypeMetadata: { deprecated: true }, tags: TAGGED_AGAIN },
    // "You need to wait for 5 minutes": the provider tries again for so long.
    remove: async () => {
      account().local.advanceClock(5 * 60_000)
      await account().iot.send(new sdk.DeleteThingTypeCommand({ thingTypeName: 'pump' }))
    },
    gone: NONE,
  })

  rows.push({
    resource: 'aws_iot_thing',
    create: () =>
      account().iot.send(new sdk.CreateThingCommand({ thingName: 't', attributePayload: { attributes: { a: '1' } } })),
    read: () => account().iot.send(new sdk.DescribeThingCommand({ thingName: 't' })),
    created: { thingName: 't', thingArn: `${IOT}thing/t`, defaultClientId: 't', attributes: { a: '1' }, version: 1 },
    update: () =>
      account().iot.send(new sdk.UpdateThingCommand({ thingName: 't', attributePayload: { attributes: { a: '2' } } })),
    updated: { attributes: { a: '2' }, version: 2 },
    remove: () => account().iot.send(new sdk.DeleteThingCommand({ thingName: 't' })),
    gone: NONE,
  })

  rows.push({
    resource: 'aws_iot_thing_group',
    create: () =>
      account().iot.send(
        new sdk.CreateThingGroupCommand({
          thingGroupName: 'g',
          parentGroupName: 'members',
          thingGroupProperties: { thingGroupDescription: 'd' },
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = await account().iot.send(new sdk.DescribeThingGroupCommand({ thingGroupName: 'g' }))
      return { ...found, tags: await tagsOf(account, found.thingGroupArn) }
    },
    created: {
      thingGroupName: 'g',
      thingGroupProperties: { thingGroupDescription: 'd' },
      thingGroupMetadata: { parentGroupName: 'members', rootToParentThingGroups: [{ groupName: 'members' }] },
      version: 1,
      tags: TAGGED,
    },
    update: async () => {
      await account().iot.send(
        new sdk.UpdateThingGroupCommand({
          thingGroupName: 'g',
          expectedVersion: 1,
          thingGroupProperties: { thingGroupDescription: 'e', attributePayload: { attributes: { a: 'b' } } },
        }),
      )
      await retag(account, `${IOT}thinggroup/g`)
    },
    updated: {
      thingGroupProperties: { thingGroupDescription: 'e', attributePayload: { attributes: { a: 'b' } } },
      version: 2,
      tags: TAGGED_AGAIN,
    },
    remove: () => account().iot.send(new sdk.DeleteThingGroupCommand({ thingGroupName: 'g' })),
    gone: NONE,
  })

  const membership = { thingName: 'member', thingGroupName: 'members' }
  rows.push({
    resource: 'aws_iot_thing_group_membership',
    create: () =>
      account().iot.send(new sdk.AddThingToThingGroupCommand({ ...membership, overrideDynamicGroups: false })),
    read: () => account().iot.send(new sdk.ListThingGroupsForThingCommand({ thingName: 'member' })),
    created: { thingGroups: [{ groupName: 'members' }] },
    remove: () => account().iot.send(new sdk.RemoveThingFromThingGroupCommand(membership)),
    gone: { thingGroups: [] },
  })

  rows.push({
    resource: 'aws_iot_billing_group',
    create: () =>
      account().iot.send(
        new sdk.CreateBillingGroupCommand({
          billingGroupName: 'b',
          billingGroupProperties: { billingGroupDescription: 'd' },
          tags: TAGGED,
        }),
      ),
    read: async () => {
      const found = await account().iot.send(new sdk.DescribeBillingGroupCommand({ billingGroupName: 'b' }))
      return { ...found, tags: await tagsOf(account, found.billingGroupArn) }
    },
    created: { billingGroupProperties: { billingGroupDescription: 'd' }, version: 1, tags: TAGGED },
    update: async () => {
      const billingGroupProperties = { billingGroupDescription: 'e' }
      await account().iot.send(
        new sdk.UpdateBillingGroupCommand({ billingGroupName: 'b', expectedVersion: 1, billingGroupProperties }),
      )
      await retag(account, `${IOT}billinggroup/b`)
    },
    updated: { billingGroupProperties: { billingGroupDescription: 'e' }, version: 2, tags: TAGGED_AGAIN },
    remove: () => account().iot.send(new sdk.DeleteBillingGroupCommand({ billingGroupName: 'b' })),
    gone: NONE,
  })
  return rows
}
