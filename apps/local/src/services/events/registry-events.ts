import { createHash, randomUUID } from 'node:crypto'
import type { EventType } from '@aws-sdk/client-iot'
import { formatReservedTopic, type ReservedTopic } from '@thingdeck/topics'
import type { RegistryChange } from '../../foundation/registry-change.ts'
import type { Thing } from '../../foundation/thing.ts'

/** One message on `$aws/events/…`. */
export interface RegistryEvent {
  /** What has to be on for it. */
  readonly type: EventType
  readonly topic: string
  readonly document: Readonly<Record<string, unknown>>
}

interface EventHead {
  readonly accountId: string
  readonly timestamp: number
}

/**
 * What the registry tells of one change, members in the order of the guide's samples. Nothing of billing groups and
 * principals, for which AWS has no events.
 * @see AWS IoT developer guide, "Registry events"
 * @param isEnabled asked before anything is read for an event
 */
export function registryEvents(
  change: RegistryChange,
  head: EventHead,
  isEnabled: (type: EventType) => boolean,
): readonly RegistryEvent[] {
  switch (change.type) {
    case 'thing':
      return [
        ...(isEnabled('THING') ? thingEvents(change, head) : []),
        ...(isEnabled('THING_TYPE_ASSOCIATION') ? associationEvents(change, head) : []),
      ]
    case 'thingType':
      return isEnabled('THING_TYPE') ? [thingTypeEvent(change, head)] : []
    case 'thingGroup':
      return [
        ...(isEnabled('THING_GROUP') ? [thingGroupEvent(change, head)] : []),
        ...(isEnabled('THING_GROUP_HIERARCHY') ? hierarchyEvents(change, head) : []),
      ]
    case 'membership':
      return isEnabled('THING_GROUP_MEMBERSHIP') ? [membershipEvent(change, head)] : []
    default:
      return []
  }
}

type ChangeOf<Type extends RegistryChange['type']> = Extract<RegistryChange, { readonly type: Type }>
type EventTopic = Extract<ReservedTopic, { readonly kind: 'event' }>

const topicOf = (topic: EventTopic): string => formatReservedTopic(topic)

/** A move between billing groups is a change of the thing, but not a new version of it. */
function thingEvents(change: ChangeOf<'thing'>, { accountId, timestamp }: EventHead): RegistryEvent[] {
  const { operation, thing } = change
  if (operation === 'updated' && change.before.version === thing.version) return []
  const document = {
    eventType: 'THING_EVENT',
    eventId: randomUUID(),
    timestamp,
    operation: operation.toUpperCase(),
    accountId,
    thingId: thing.thingId,
    thingName: thing.thingName,
    versionNumber: thing.version,
    thingTypeName: thing.thingTypeName ?? null,
    attributes: thing.attributes,
  }
  const topic = topicOf({ kind: 'event', family: 'thing', event: operation, thingName: thing.thingName })
  return [{ type: 'THING', topic, document }]
}

/** A thing that is deleted is not told to lose its type: the guide speaks of types that are taken from a thing. */
function associationEvents(change: ChangeOf<'thing'>, { timestamp }: EventHead): RegistryEvent[] {
  const { operation, thing } = change
  if (operation === 'deleted') return []
  const [former, current] = [operation === 'updated' ? change.before.thingTypeName : undefined, thing.thingTypeName]
  if (former === current) return []
  const event = (how: 'added' | 'removed', thingTypeName: string): RegistryEvent => ({
    type: 'THING_TYPE_ASSOCIATION',
    topic: topicOf({
      kind: 'event',
      family: 'thingTypeAssociation',
      event: how,
      thingName: thing.thingName,
      thingTypeName,
    }),
    document: {
      eventId: randomUUID(),
      eventType: 'THING_TYPE_ASSOCIATION_EVENT',
      operation: how.toUpperCase(),
      thingId: thing.thingId,
      thingName: thing.thingName,
      thingTypeName,
      timestamp,
    },
  })
  return [
    ...(former === undefined ? [] : [event('removed', former)]),
    ...(current === undefined ? [] : [event('added', current)]),
  ]
}

function thingTypeEvent(change: ChangeOf<'thingType'>, { accountId, timestamp }: EventHead): RegistryEvent {
  const { operation, name, thingType } = change
  return {
    type: 'THING_TYPE',
    topic: topicOf({ kind: 'event', family: 'thingType', event: operation, thingTypeName: name }),
    document: {
      eventType: 'THING_TYPE_EVENT',
      eventId: randomUUID(),
      timestamp,
      operation: operation.toUpperCase(),
      accountId,
      thingTypeId: thingType.id,
      thingTypeName: name,
      isDeprecated: thingType.deprecatedAtMs !== undefined,
      deprecationDate: thingType.deprecatedAtMs ?? null,
      searchableAttributes: thingType.searchableAttributes,
      propagatingAttributes: thingType.propagatingAttributes,
      description: thingType.description ?? null,
    },
  }
}

function thingGroupEvent(change: ChangeOf<'thingGroup'>, { accountId, timestamp }: EventHead): RegistryEvent {
  const { operation, name } = change
  const group = change.group()
  const parent = group.ancestors.at(-1)
  return {
    type: 'THING_GROUP',
    topic: topicOf({ kind: 'event', family: 'thingGroup', event: operation, thingGroupName: name }),
    document: {
      eventType: 'THING_GROUP_EVENT',
      eventId: withoutDashes(randomUUID()),
      timestamp,
      operation: operation.toUpperCase(),
      accountId,
      thingGroupId: group.id,
      thingGroupName: name,
      versionNumber: group.version,
      parentGroupName: parent?.name ?? null,
      parentGroupId: parent?.id ?? null,
      description: group.description ?? null,
      rootToParentThingGroups: group.ancestors.map(({ arn, id }) => ({ groupArn: arn, groupId: id })),
      attributes: group.attributes,
      dynamicGroupMappingId: null,
    },
  }
}

/** A group keeps its parent for life: it comes under it when it is made, and leaves it when it is deleted. */
function hierarchyEvents(change: ChangeOf<'thingGroup'>, { accountId, timestamp }: EventHead): RegistryEvent[] {
  const { operation, name } = change
  if (operation === 'updated') return []
  const group = change.group()
  const parent = group.ancestors.at(-1)
  if (!parent) return []
  const event = operation === 'created' ? 'added' : 'removed'
  const topic = topicOf({
    kind: 'event',
    family: 'thingGroupHierarchy',
    event,
    thingGroupName: parent.name,
    childThingGroupName: name,
  })
  const document = {
    eventType: 'THING_GROUP_HIERARCHY_EVENT',
    eventId: randomUUID(),
    timestamp,
    operation: event.toUpperCase(),
    accountId,
    thingGroupId: parent.id,
    thingGroupName: parent.name,
    childGroupId: group.id,
    childGroupName: name,
  }
  return [{ type: 'THING_GROUP_HIERARCHY', topic, document }]
}

function membershipEvent(change: ChangeOf<'membership'>, { accountId, timestamp }: EventHead): RegistryEvent {
  const { operation, thing, group } = change
  return {
    type: 'THING_GROUP_MEMBERSHIP',
    topic: topicOf({
      kind: 'event',
      family: 'thingGroupMembership',
      event: operation,
      thingGroupName: group.name,
      thingName: thing.thingName,
    }),
    document: {
      eventType: 'THING_GROUP_MEMBERSHIP_EVENT',
      eventId: randomUUID(),
      timestamp,
      operation: operation.toUpperCase(),
      accountId,
      groupArn: group.arn,
      groupId: group.id,
      thingArn: thing.thingArn,
      thingId: thing.thingId,
      membershipId: membershipId(thing, group.id),
    },
  }
}

/** The same whenever the thing is in the group. AWS does not say how it makes one; it has the form of a UUID. */
function membershipId({ thingId }: Thing, groupId: string): string {
  const digits = createHash('sha256').update(`${groupId} ${thingId}`).digest('hex')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
}

const withoutDashes = (uuid: string): string => uuid.replaceAll('-', '')
