import type { EventType } from '@thingdeck/contract'
import type { TopicOffer } from '../../shared/feature/parts.ts'

/** A kind of event: what it tells, and on which topics. */
export interface EventKind {
  readonly title: string
  readonly tells: string
  /** None: AWS documents no topic. */
  readonly filters: readonly string[]
}

const EVENTS = '$aws/events'

/** Source: AWS IoT developer guide, "Registry events", "Jobs events". */
export const EVENT_KINDS: Readonly<Record<EventType, EventKind>> = {
  THING: {
    title: 'Things',
    tells: 'A thing was created, updated or deleted.',
    filters: [`${EVENTS}/thing/+/created`, `${EVENTS}/thing/+/updated`, `${EVENTS}/thing/+/deleted`],
  },
  THING_GROUP: {
    title: 'Thing groups',
    tells: 'A thing group was created, updated or deleted.',
    filters: [`${EVENTS}/thingGroup/+/created`, `${EVENTS}/thingGroup/+/updated`, `${EVENTS}/thingGroup/+/deleted`],
  },
  THING_TYPE: {
    title: 'Thing types',
    tells: 'A thing type was created, updated, deprecated, undeprecated or deleted.',
    filters: [`${EVENTS}/thingType/+/created`, `${EVENTS}/thingType/+/updated`, `${EVENTS}/thingType/+/deleted`],
  },
  THING_GROUP_MEMBERSHIP: {
    title: 'Members of groups',
    tells: 'A thing was added to a group or removed from it.',
    filters: [`${EVENTS}/thingGroupMembership/thingGroup/+/thing/+/#`],
  },
  THING_GROUP_HIERARCHY: {
    title: 'Groups in groups',
    tells: 'A thing group was put below another or taken from there.',
    filters: [`${EVENTS}/thingGroupHierarchy/thingGroup/+/childThingGroup/+/#`],
  },
  THING_TYPE_ASSOCIATION: {
    title: 'Types of things',
    tells: 'A thing was given a type, or lost it.',
    filters: [`${EVENTS}/thingTypeAssociation/thing/+/thingType/+/#`],
  },
  JOB: {
    title: 'Jobs',
    tells: 'A job was completed, canceled or deleted.',
    filters: [`${EVENTS}/job/#`],
  },
  JOB_EXECUTION: {
    title: 'Job executions',
    tells: 'The execution of a job on a thing came to its end.',
    filters: [`${EVENTS}/jobExecution/#`],
  },
  POLICY: { title: 'Policies', tells: 'AWS documents no topic on which this is told.', filters: [] },
  CERTIFICATE: {
    title: 'Certificates',
    tells: 'A certificate was registered by its CA when a device first connected with it.',
    filters: [`${EVENTS}/certificates/registered/#`],
  },
  CA_CERTIFICATE: { title: 'CA certificates', tells: 'AWS documents no topic on which this is told.', filters: [] },
}

/** Those that nobody can turn off (AWS IoT developer guide, "Lifecycle events"). */
export const ALWAYS_ON: readonly EventKind[] = [
  {
    title: 'Presence',
    tells: 'A client connected, disconnected, or was not let in.',
    filters: [`${EVENTS}/presence/#`],
  },
  {
    title: 'Subscriptions',
    tells: 'A client subscribed or unsubscribed.',
    filters: [`${EVENTS}/subscriptions/#`],
  },
]

/** For whoever subscribes: the topics of each kind in one filter. Those of lifecycle events the live page knows itself. */
export const TOPIC_OFFERS: readonly TopicOffer[] = [
  { filter: `${EVENTS}/thing/#`, description: 'Events of things, where they are on' },
  { filter: `${EVENTS}/thingGroup/#`, description: 'Events of thing groups, where they are on' },
  { filter: `${EVENTS}/thingType/#`, description: 'Events of thing types, where they are on' },
  {
    filter: `${EVENTS}/thingGroupMembership/#`,
    description: 'Things that join and leave groups, where these events are on',
  },
  {
    filter: `${EVENTS}/thingGroupHierarchy/#`,
    description: 'Groups that join and leave groups, where these events are on',
  },
  {
    filter: `${EVENTS}/thingTypeAssociation/#`,
    description: 'Things that get and lose types, where these events are on',
  },
  { filter: `${EVENTS}/job/#`, description: 'Events of jobs, where they are on' },
  { filter: `${EVENTS}/jobExecution/#`, description: 'Job executions that ended, where these events are on' },
  {
    filter: `${EVENTS}/certificates/registered/#`,
    description: 'Certificates registered by their CA, where these events are on',
  },
]
