import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { AttributeName, AttributeValue, ExpectedId } from './registry-attributes.ts'
import { MOST_GROUPS_OF_A_THING, ThingName } from './things.ts'

/** Whether a principal is that of one thing alone (AWS IoT API reference, AttachThingPrincipal). */
const THING_PRINCIPAL_TYPES = ['EXCLUSIVE_THING', 'NON_EXCLUSIVE_THING'] as const
export type ThingPrincipalType = (typeof THING_PRINCIPAL_TYPES)[number]

/** The ARN of a certificate, or the id of a Cognito identity. */
const Principal = Type.String({ minLength: 1, maxLength: 2_048 })

const Attributes = Type.Record(AttributeName, AttributeValue)

/** An empty one takes the attribute away (AWS IoT API reference, UpdateThing). */
const ChangedAttributeValue = Type.Union([AttributeValue, Type.Literal('')])

/** A thing to make (AWS IoT API reference, CreateThing). AWS knows no tags of things. */
export const NewThing = Type.Object({
  thingName: ThingName,
  thingTypeName: Type.Optional(ThingName),
  attributes: Type.Optional(Attributes),
  billingGroupName: Type.Optional(ThingName),
})
export type NewThing = Static<typeof NewThing>

export const MadeThing = Type.Object({ thingName: Type.String(), thingArn: Type.String(), thingId: Type.String() })
export type MadeThing = Static<typeof MadeThing>

/** What is different afterwards; what is not named stays. */
export const ThingChange = Type.Object({
  expectedVersion: Type.Integer({ minimum: 1, description: 'As it was seen: else AWS refuses' }),
  expectedThingId: Type.Optional(ExpectedId),
  thingTypeName: Type.Optional(ThingName),
  removeThingType: Type.Optional(Type.Literal(true, { description: 'It has no type afterwards' })),
  attributes: Type.Optional(
    Type.Record(AttributeName, ChangedAttributeValue, {
      description: 'Those that are added or changed; one with an empty value is removed',
    }),
  ),
})
export type ThingChange = Static<typeof ThingChange>

const GroupNames = Type.Array(ThingName, { maxItems: MOST_GROUPS_OF_A_THING })

/** Groups that a thing joins and leaves, at once (AWS IoT API reference, UpdateThingGroupsForThing). */
export const ThingGroupsChange = Type.Object({
  add: GroupNames,
  remove: GroupNames,
  overrideDynamicGroups: Type.Optional(
    Type.Boolean({ description: 'Where it is in as many as may be, it leaves the youngest dynamic one' }),
  ),
})
export type ThingGroupsChange = Static<typeof ThingGroupsChange>

const params = Type.Object({ thingName: ThingName })

export const thingWriteEndpoints = defineEndpoints({
  createThing: {
    method: 'POST',
    path: '/api/things',
    summary: 'Makes a thing; one that is there with the same type, attributes and billing group is answered as it is',
    access: 'admin',
    audit: 'CreateThing',
    body: NewThing,
    answer: json(MadeThing),
  },
  updateThing: {
    method: 'PATCH',
    path: '/api/things/:thingName',
    summary: 'Changes the type and attributes of a thing, unless somebody did meanwhile',
    access: 'admin',
    audit: 'UpdateThing',
    params,
    body: ThingChange,
    answer: EMPTY,
  },
  deleteThing: {
    method: 'DELETE',
    path: '/api/things/:thingName',
    summary: 'Deletes a thing that no principal is attached to; shadows and certificates stay',
    access: 'admin',
    audit: 'DeleteThing',
    params,
    query: Type.Object({
      expectedVersion: Type.Optional(Type.Integer({ minimum: 1, description: 'As it was seen: else AWS refuses' })),
      expectedThingId: Type.Optional(ExpectedId),
    }),
    answer: EMPTY,
  },
  updateThingGroupsForThing: {
    method: 'PATCH',
    path: '/api/things/:thingName/groups',
    summary: 'Puts a thing into groups, and takes it out of others',
    access: 'admin',
    audit: 'UpdateThingGroupsForThing',
    params,
    body: ThingGroupsChange,
    answer: EMPTY,
  },
  setThingBillingGroup: {
    method: 'PUT',
    path: '/api/things/:thingName/billing-group',
    summary: 'Puts a thing into a billing group; it leaves the one that it was in',
    access: 'admin',
    audit: 'AddThingToBillingGroup',
    params,
    body: Type.Object({ billingGroupName: ThingName }),
    answer: EMPTY,
  },
  leaveThingBillingGroup: {
    method: 'DELETE',
    path: '/api/things/:thingName/billing-group',
    summary: 'Takes a thing out of its billing group',
    access: 'admin',
    audit: 'RemoveThingFromBillingGroup',
    params,
    query: Type.Object({ billingGroupName: ThingName }),
    answer: EMPTY,
  },
  attachThingPrincipal: {
    method: 'PUT',
    path: '/api/things/:thingName/principals',
    summary: 'Attaches a principal to a thing; attaching it again changes the type alone',
    access: 'admin',
    audit: 'AttachThingPrincipal',
    params,
    body: Type.Object({ principal: Principal, thingPrincipalType: oneOf(THING_PRINCIPAL_TYPES) }),
    answer: EMPTY,
  },
  detachThingPrincipal: {
    method: 'DELETE',
    path: '/api/things/:thingName/principals',
    summary: 'Detaches a principal from a thing',
    access: 'admin',
    audit: 'DetachThingPrincipal',
    params,
    query: Type.Object({ principal: Principal }),
    answer: EMPTY,
  },
})
