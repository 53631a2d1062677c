import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ExpectedId, GroupAttributes, RegistryDescription } from './registry-attributes.ts'
import { ReadTags, Tags } from './tags.ts'
import { ThingsCount } from './thing-types.ts'
import { NextToken, ThingName } from './things.ts'

/** A query of the fleet index (AWS IoT API reference, QueryString). */
const QueryString = Type.String({ minLength: 1, maxLength: 1_000 })

export const ThingGroupRef = Type.Object({ thingGroupName: Type.String(), thingGroupArn: Type.String() })
export type ThingGroupRef = Static<typeof ThingGroupRef>

/** A page may be short or empty and still have a token: a search goes on behind it. */
export const ThingGroupPage = Type.Object({
  thingGroups: Type.Array(ThingGroupRef),
  nextToken: Type.Optional(Type.String()),
})
export type ThingGroupPage = Static<typeof ThingGroupPage>

/** Whether a dynamic group has found its things yet (AWS IoT API reference, DynamicGroupStatus). */
const status = Type.Optional(oneOf(['ACTIVE', 'BUILDING', 'REBUILDING'], { description: 'Of a dynamic group' }))
const parents = Type.Array(Type.String(), { description: 'From the root of its hierarchy to the group above it' })

/** What a tree says of a group beside its name. AWS has to be asked for each. */
export const ThingGroupLook = Type.Object({
  thingGroupName: Type.String(),
  description: Type.Optional(Type.String()),
  parents,
  queryString: Type.Optional(Type.String({ description: 'Of a dynamic group' })),
  status,
  hasChildren: Type.Boolean(),
  things: ThingsCount,
})
export type ThingGroupLook = Static<typeof ThingGroupLook>

export const ThingGroup = Type.Object({
  thingGroupName: Type.String(),
  thingGroupArn: Type.String(),
  thingGroupId: Type.Optional(Type.String()),
  version: Type.Integer(),
  description: Type.Optional(Type.String()),
  attributes: Type.Record(Type.String(), Type.String()),
  parents,
  queryString: Type.Optional(Type.String({ description: 'Of a dynamic group' })),
  status,
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  tags: ReadTags,
})
export type ThingGroup = Static<typeof ThingGroup>

export const ThingNamePage = Type.Object({
  thingNames: Type.Array(Type.String()),
  nextToken: Type.Optional(Type.String()),
})
export type ThingNamePage = Static<typeof ThingNamePage>

/** A policy that holds for the things of a group. */
export const ThingGroupPolicy = Type.Object({
  policyName: Type.String(),
  policyArn: Type.String(),
  from: Type.Object(
    { thingGroupName: Type.String(), thingGroupArn: Type.String() },
    { description: 'The group that it is attached to: this one, or one above it' },
  ),
})
export type ThingGroupPolicy = Static<typeof ThingGroupPolicy>

/** What a query finds before a group is made of it. */
export const ThingGroupTrial = Type.Object({
  about: Type.Optional(Type.Integer({ description: 'So many things; absent: the console may not count' })),
  thingNames: Type.Array(Type.String(), { description: 'The first of them' }),
})
export type ThingGroupTrial = Static<typeof ThingGroupTrial>

const params = Type.Object({ thingGroupName: ThingName })
const expectedThingGroupId = Type.Optional(ExpectedId)
const memberParams = Type.Object({ thingGroupName: ThingName, thingName: ThingName })
const page = {
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
}

export const thingGroupEndpoints = defineEndpoints({
  listThingGroups: {
    method: 'GET',
    path: '/api/thing-groups',
    summary: 'Thing groups, a page at a time: those below one, those of the highest level, or by a part of their name',
    access: 'viewer',
    query: Type.Object({
      name: Type.Optional(Type.String({ maxLength: 128, description: 'A part of it, in whatever case' })),
      prefix: Type.Optional(Type.String({ maxLength: 128, description: 'Its beginning' })),
      parent: Type.Optional(ThingName),
      isRoot: Type.Optional(Type.Boolean({ description: 'Those without a group above them, dynamic ones too' })),
      ...page,
    }),
    answer: json(ThingGroupPage),
  },
  listThingGroupLooks: {
    method: 'GET',
    path: '/api/thing-group-looks',
    summary: 'Kind, place and number of things of a few thing groups; those that are gone are left out',
    access: 'viewer',
    query: Type.Object({ thingGroupName: Type.Array(ThingName, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ looks: Type.Array(ThingGroupLook) })),
  },
  tryThingGroupQuery: {
    method: 'GET',
    path: '/api/thing-group-trial',
    summary: 'How many things a query finds, and the first of them',
    access: 'viewer',
    query: Type.Object({ queryString: QueryString }),
    answer: json(ThingGroupTrial),
  },
  createThingGroup: {
    method: 'POST',
    path: '/api/thing-groups',
    summary: 'Makes a thing group; with a query a dynamic one, which has no group above it',
    access: 'admin',
    audit: 'CreateThingGroup',
    body: Type.Object({
      thingGroupName: ThingName,
      parent: Type.Optional(ThingName),
      queryString: Type.Optional(QueryString),
      description: Type.Optional(RegistryDescription),
      attributes: Type.Optional(GroupAttributes),
      tags: Type.Optional(Tags),
    }),
    answer: json(ThingGroup),
  },
  describeThingGroup: {
    method: 'GET',
    path: '/api/thing-groups/:thingGroupName',
    summary: 'A thing group with its tags',
    access: 'viewer',
    params,
    answer: json(ThingGroup),
  },
  updateThingGroup: {
    method: 'PUT',
    path: '/api/thing-groups/:thingGroupName',
    summary: 'Changes description and attributes of a thing group as a whole, and the query of a dynamic one',
    access: 'admin',
    audit: 'UpdateThingGroup',
    params,
    body: Type.Object({
      description: RegistryDescription,
      attributes: GroupAttributes,
      queryString: Type.Optional(QueryString),
      expectedVersion: Type.Integer({ minimum: 1 }),
      expectedThingGroupId,
    }),
    answer: json(ThingGroup),
  },
  deleteThingGroup: {
    method: 'DELETE',
    path: '/api/thing-groups/:thingGroupName',
    summary: 'Deletes a thing group that no group is below; its things stay',
    access: 'admin',
    audit: 'DeleteThingGroup',
    params,
    query: Type.Object({ expectedVersion: Type.Optional(Type.Integer({ minimum: 1 })), expectedThingGroupId }),
    answer: EMPTY,
  },
  listThingGroupThings: {
    method: 'GET',
    path: '/api/thing-groups/:thingGroupName/things',
    summary: 'Names of the things in a group, with `recursive` in those below it, too',
    access: 'viewer',
    params,
    query: Type.Object({ recursive: Type.Optional(Type.Boolean()), ...page }),
    answer: json(ThingNamePage),
  },
  addThingToThingGroup: {
    method: 'PUT',
    path: '/api/thing-groups/:thingGroupName/things/:thingName',
    summary: 'Puts a thing into a static group',
    access: 'admin',
    audit: 'AddThingToThingGroup',
    params: memberParams,
    body: Type.Object({
      overrideDynamicGroups: Type.Optional(
        Type.Boolean({ description: 'A thing that is in ten groups leaves its youngest dynamic one for it' }),
      ),
    }),
    answer: EMPTY,
  },
  removeThingFromThingGroup: {
    method: 'DELETE',
    path: '/api/thing-groups/:thingGroupName/things/:thingName',
    summary: 'Takes a thing out of a static group',
    access: 'admin',
    audit: 'RemoveThingFromThingGroup',
    params: memberParams,
    answer: EMPTY,
  },
  listThingGroupPolicies: {
    method: 'GET',
    path: '/api/thing-groups/:thingGroupName/policies',
    summary: 'Policies that hold for the things of a group: its own, and those of the groups above it',
    access: 'viewer',
    params,
    answer: json(Type.Object({ policies: Type.Array(ThingGroupPolicy) })),
  },
})
