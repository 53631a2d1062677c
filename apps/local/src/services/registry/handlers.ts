import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { Thing } from '../../foundation/thing.ts'
import { connectivityData } from './fleet-index/connectivity-data.ts'
import { fleetIndexHandlers } from './fleet-index/handlers.ts'
import { fleetMetricHandlers } from './fleet-metrics/handlers.ts'
import type { Registry } from './registry.ts'
import { parentOf, type ThingGroup } from './thing-group.ts'

/** The registry's operations of the `iot` service. */
export function registryHandlers(registry: Registry) {
  return {
    ...thingHandlers(registry),
    ...thingTypeHandlers(registry),
    ...thingGroupHandlers(registry),
    ...billingGroupHandlers(registry),
    ...principalHandlers(registry),
    ...dynamicGroupHandlers(registry),
    ...fleetIndexHandlers(registry.fleetIndex, registry.aggregations, (thing) =>
      registry.memberships.groupNamesOf(thing),
    ),
    ...fleetMetricHandlers(registry.fleetMetrics),
    GetThingConnectivityData: (input) =>
      connectivityData(input, { things: registry.things, index: registry.fleetIndex, sources: registry.sources }),
  } satisfies IotHandlers
}

function thingHandlers({ things }: Registry) {
  return {
    CreateThing: (input) => {
      const { thingName, thingArn, thingId } = things.create(input)
      return { thingName, thingArn, thingId }
    },
    DescribeThing: ({ thingName }) => {
      const thing = things.require(thingName)
      return { defaultClientId: thing.thingName, ...thing, attributes: { ...thing.attributes } }
    },
    UpdateThing: (input) => {
      things.update(input)
      return {}
    },
    DeleteThing: (input) => {
      things.delete(input)
      return {}
    },
    ListThings: (input) => {
      const { items, nextToken } = things.list(input)
      return { things: items.map(listed), nextToken }
    },
  } satisfies IotHandlers
}

const listed = ({ thingName, thingTypeName, thingArn, attributes, version }: Thing) => ({
  thingName,
  thingTypeName,
  thingArn,
  attributes: { ...attributes },
  version,
})

function thingTypeHandlers({ thingTypes }: Registry) {
  return {
    CreateThingType: (input) => {
      const { thingTypeName, thingTypeArn, thingTypeId } = thingTypes.create(input)
      return { thingTypeName, thingTypeArn, thingTypeId }
    },
    DescribeThingType: ({ thingTypeName }) => thingTypes.require(thingTypeName),
    UpdateThingType: (input) => {
      thingTypes.update(input)
      return {}
    },
    DeprecateThingType: (input) => {
      thingTypes.deprecate(input)
      return {}
    },
    DeleteThingType: (input) => {
      thingTypes.delete(input)
      return {}
    },
    ListThingTypes: (input) => {
      const { items, nextToken } = thingTypes.list(input)
      return { thingTypes: items.map(({ thingTypeId: _, ...type }) => type), nextToken }
    },
  } satisfies IotHandlers
}

const nameAndArn = ({ thingGroupName, thingGroupArn }: ThingGroup) => ({
  groupName: thingGroupName,
  groupArn: thingGroupArn,
})

function thingGroupHandlers({ thingGroups, memberships }: Registry) {
  return {
    CreateThingGroup: (input) => {
      const { thingGroupName, thingGroupArn, thingGroupId } = thingGroups.create(input)
      return { thingGroupName, thingGroupArn, thingGroupId }
    },
    DescribeThingGroup: ({ thingGroupName }) => {
      const group = thingGroups.require(thingGroupName)
      const parentGroupName = parentOf(group)
      return {
        thingGroupName: group.thingGroupName,
        thingGroupId: group.thingGroupId,
        thingGroupArn: group.thingGroupArn,
        version: group.version,
        thingGroupProperties: {
          thingGroupDescription: group.description,
          attributePayload:
            Object.keys(group.attributes).length > 0 ? { attributes: { ...group.attributes } } : undefined,
        },
        thingGroupMetadata: {
          creationDate: group.creationDate,
          parentGroupName,
          rootToParentThingGroups:
            parentGroupName === undefined
              ? undefined
              : group.ancestors.map((groupName) => ({ groupName, groupArn: thingGroups.arnOf(groupName) })),
        },
        ...(group.query && { ...group.query, status: 'ACTIVE' as const }),
      }
    },
    UpdateThingGroup: (input) => ({ version: thingGroups.update(input).version }),
    DeleteThingGroup: (input) => {
      thingGroups.delete(input)
      return {}
    },
    ListThingGroups: (input) => {
      const { items, nextToken } = thingGroups.list(input)
      return { thingGroups: items.map(nameAndArn), nextToken }
    },
    AddThingToThingGroup: (input) => {
      memberships.add(input)
      return {}
    },
    RemoveThingFromThingGroup: (input) => {
      memberships.remove(input)
      return {}
    },
    UpdateThingGroupsForThing: (input) => {
      memberships.update(input)
      return {}
    },
    ListThingGroupsForThing: (input) => {
      const { items, nextToken } = memberships.listGroupsOf(input)
      return { thingGroups: items.map(nameAndArn), nextToken }
    },
    ListThingsInThingGroup: (input) => {
      const { items, nextToken } = memberships.listThings(input)
      return { things: items, nextToken }
    },
  } satisfies IotHandlers
}

function billingGroupHandlers({ billingGroups }: Registry) {
  return {
    CreateBillingGroup: (input) => {
      const { billingGroupName, billingGroupArn, billingGroupId } = billingGroups.create(input)
      return { billingGroupName, billingGroupArn, billingGroupId }
    },
    DescribeBillingGroup: ({ billingGroupName }) => {
      const { description, creationDate, ...group } = billingGroups.require(billingGroupName)
      return {
        ...group,
        billingGroupProperties: { billingGroupDescription: description },
        billingGroupMetadata: { creationDate },
      }
    },
    UpdateBillingGroup: (input) => ({ version: billingGroups.update(input).version }),
    DeleteBillingGroup: (input) => {
      billingGroups.delete(input)
      return {}
    },
    ListBillingGroups: (input) => {
      const { items, nextToken } = billingGroups.list(input)
      const groups = items.map((group) => ({ groupName: group.billingGroupName, groupArn: group.billingGroupArn }))
      return { billingGroups: groups, nextToken }
    },
    AddThingToBillingGroup: (input) => {
      billingGroups.addThing(input)
      return {}
    },
    RemoveThingFromBillingGroup: (input) => {
      billingGroups.removeThing(input)
      return {}
    },
    ListThingsInBillingGroup: (input) => {
      const { items, nextToken } = billingGroups.listThings(input)
      return { things: items, nextToken }
    },
  } satisfies IotHandlers
}

function principalHandlers({ principals }: Registry) {
  return {
    AttachThingPrincipal: (input) => {
      principals.attach(input)
      return {}
    },
    DetachThingPrincipal: (input) => {
      principals.detach(input)
      return {}
    },
    ListThingPrincipals: (input) => {
      const { items, nextToken } = principals.listOfThing(input.thingName, input)
      return { principals: items.map(({ principal }) => principal), nextToken }
    },
    ListThingPrincipalsV2: (input) => {
      const { items, nextToken } = principals.listOfThing(input.thingName, input, input.thingPrincipalType)
      return {
        thingPrincipalObjects: items.map(({ principal, thingPrincipalType }) => ({ principal, thingPrincipalType })),
        nextToken,
      }
    },
    ListPrincipalThings: (input) => {
      const { items, nextToken } = principals.listOfPrincipal(input.principal, input)
      return { things: items.map(({ thingName }) => thingName), nextToken }
    },
    ListPrincipalThingsV2: (input) => {
      const { items, nextToken } = principals.listOfPrincipal(input.principal, input, input.thingPrincipalType)
      return {
        principalThingObjects: items.map(({ thingName, thingPrincipalType }) => ({ thingName, thingPrincipalType })),
        nextToken,
      }
    },
  } satisfies IotHandlers
}

function dynamicGroupHandlers({ dynamicGroups }: Registry) {
  return {
    CreateDynamicThingGroup: (input) => {
      const { thingGroupName, thingGroupArn, thingGroupId, query } = dynamicGroups.create(input)
      return { thingGroupName, thingGroupArn, thingGroupId, ...query }
    },
    UpdateDynamicThingGroup: (input) => ({ version: dynamicGroups.update(input).version }),
    DeleteDynamicThingGroup: (input) => {
      dynamicGroups.delete(input)
      return {}
    },
  } satisfies IotHandlers
}
