import { defineEndpoints, json, ThingName } from '@thingdeck/contract'
import { type Static, Type } from 'typebox'

export const ThingType = Type.Object({
  thingTypeName: Type.String(),
  thingTypeArn: Type.String(),
  isDeprecated: Type.Boolean(),
})
export type ThingType = Static<typeof ThingType>

const params = Type.Object({ thingTypeName: ThingName })

/** An API of the example's own: the console's stands in packages/contract. */
export const thingTypeEndpoints = defineEndpoints({
  listThingTypes: {
    method: 'GET',
    path: '/api/thing-types',
    summary: 'Thing types, page by page',
    access: 'viewer',
    query: Type.Object({
      name: Type.Optional(Type.String()),
      maxResults: Type.Integer({ minimum: 1, maximum: 250 }),
      nextToken: Type.Optional(Type.String()),
    }),
    answer: json(Type.Object({ thingTypes: Type.Array(ThingType), nextToken: Type.Optional(Type.String()) })),
  },
  describeThingType: {
    method: 'GET',
    path: '/api/thing-types/:thingTypeName',
    summary: 'One thing type',
    access: 'viewer',
    params,
    answer: json(ThingType),
  },
  createThingType: {
    method: 'POST',
    path: '/api/thing-types',
    summary: 'Makes a thing type',
    access: 'admin',
    audit: 'CreateThingType',
    body: Type.Object({ thingTypeName: Type.String(), description: Type.String() }),
    answer: json(Type.Object({ thingTypeName: Type.String() })),
  },
})
