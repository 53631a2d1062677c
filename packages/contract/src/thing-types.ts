import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { AttributeName, RegistryDescription } from './registry-attributes.ts'
import { ReadTags, Tags } from './tags.ts'
import { NextToken, ThingName } from './things.ts'

/** A thing type has up to three (AWS IoT developer guide, "Thing types"). */
export const MOST_SEARCHABLE_ATTRIBUTES = 3
/** AWS judges how many it takes; the bound is of a request alone. */
export const MOST_PROPAGATING_ATTRIBUTES = 50
/** So long after it was deprecated a thing type can be deleted (AWS IoT developer guide, "Delete a thing type"). */
export const DELETE_AFTER_DEPRECATION_MS = 5 * 60_000

/** What a connection knows of itself (AWS IoT API reference, PropagatingAttribute). */
export const CONNECTION_ATTRIBUTES = ['iot:ClientId', 'iot:Thing.ThingName'] as const

/** A user property that messages of a thing get on their way, if it is connected by MQTT 5. */
export const PropagatingAttribute = Type.Object({
  userPropertyKey: Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9:$.]+$' }),
  thingAttribute: Type.Optional(AttributeName),
  connectionAttribute: Type.Optional(oneOf(CONNECTION_ATTRIBUTES)),
})
export type PropagatingAttribute = Static<typeof PropagatingAttribute>

const ReadPropagatingAttribute = Type.Object({
  userPropertyKey: Type.String(),
  thingAttribute: Type.Optional(Type.String()),
  connectionAttribute: Type.Optional(Type.String()),
})

const listed = {
  thingTypeName: Type.String(),
  thingTypeArn: Type.String(),
  description: Type.Optional(Type.String()),
  searchableAttributes: Type.Array(Type.String()),
  propagatingAttributes: Type.Array(ReadPropagatingAttribute),
  isDeprecated: Type.Boolean({ description: 'No further thing can take it' }),
  deprecatedAt: Type.Optional(Type.String({ format: 'date-time' })),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
}

export const ThingType = Type.Object(listed)
export type ThingType = Static<typeof ThingType>

export const ThingTypeDetail = Type.Object({ ...listed, thingTypeId: Type.Optional(Type.String()), tags: ReadTags })
export type ThingTypeDetail = Static<typeof ThingTypeDetail>

/** A page may be short or empty and still have a token: a search goes on behind it. */
export const ThingTypePage = Type.Object({
  thingTypes: Type.Array(ThingType),
  nextToken: Type.Optional(Type.String()),
})
export type ThingTypePage = Static<typeof ThingTypePage>

/** How many things there are, as far as it is known. */
export const ThingsCount = Type.Object({
  count: Type.Integer(),
  isAtLeast: Type.Boolean({ description: 'There are more than these' }),
})
export type ThingsCount = Static<typeof ThingsCount>

export const ThingTypeUse = Type.Object({ thingTypeName: Type.String(), things: ThingsCount })
export type ThingTypeUse = Static<typeof ThingTypeUse>

const params = Type.Object({ thingTypeName: ThingName })
const propagatingAttributes = Type.Array(PropagatingAttribute, { maxItems: MOST_PROPAGATING_ATTRIBUTES })

export const thingTypeEndpoints = defineEndpoints({
  listThingTypes: {
    method: 'GET',
    path: '/api/thing-types',
    summary: 'Thing types, a page at a time; by a part of their name, as AWS finds none but beginnings',
    access: 'viewer',
    query: Type.Object({
      name: Type.Optional(Type.String({ maxLength: 128, description: 'A part of it, in whatever case' })),
      prefix: Type.Optional(Type.String({ maxLength: 128, description: 'Its beginning' })),
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(ThingTypePage),
  },
  listThingTypeUses: {
    method: 'GET',
    path: '/api/thing-type-uses',
    summary: 'How many things have each of a few thing types',
    access: 'viewer',
    query: Type.Object({ thingTypeName: Type.Array(ThingName, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ uses: Type.Array(ThingTypeUse) })),
  },
  createThingType: {
    method: 'POST',
    path: '/api/thing-types',
    summary: 'Makes a thing type',
    access: 'admin',
    audit: 'CreateThingType',
    body: Type.Object({
      thingTypeName: ThingName,
      description: Type.Optional(RegistryDescription),
      searchableAttributes: Type.Optional(Type.Array(AttributeName, { maxItems: MOST_SEARCHABLE_ATTRIBUTES })),
      propagatingAttributes: Type.Optional(propagatingAttributes),
      tags: Type.Optional(Tags),
    }),
    answer: json(ThingTypeDetail),
  },
  describeThingType: {
    method: 'GET',
    path: '/api/thing-types/:thingTypeName',
    summary: 'A thing type with its tags',
    access: 'viewer',
    params,
    answer: json(ThingTypeDetail),
  },
  updateThingType: {
    method: 'PUT',
    path: '/api/thing-types/:thingTypeName',
    summary: 'Says which user properties messages get; the rest of a thing type never changes',
    access: 'admin',
    audit: 'UpdateThingType',
    params,
    body: Type.Object({
      propagatingAttributes,
      expected: Type.Optional(
        Type.Array(ReadPropagatingAttribute, { description: 'What they were when somebody began to change them' }),
      ),
    }),
    answer: json(ThingTypeDetail),
  },
  deprecateThingType: {
    method: 'PUT',
    path: '/api/thing-types/:thingTypeName/deprecation',
    summary: 'Deprecates a thing type, or takes that back',
    access: 'admin',
    audit: 'DeprecateThingType',
    params,
    body: Type.Object({ isDeprecated: Type.Boolean() }),
    answer: json(ThingTypeDetail),
  },
  deleteThingType: {
    method: 'DELETE',
    path: '/api/thing-types/:thingTypeName',
    summary: 'Deletes a thing type that is deprecated for five minutes and that no thing has',
    access: 'admin',
    audit: 'DeleteThingType',
    params,
    answer: EMPTY,
  },
})
