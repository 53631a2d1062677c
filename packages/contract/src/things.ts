import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'

/** 1 to 128 of `a-zA-Z0-9:_-` (AWS IoT API reference, CreateThing). */
export const ThingName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9:_-]+$' })

/** AWS IoT API reference, CreateThing; AWS General Reference, AWS IoT Core thing limits. */
export const MOST_ATTRIBUTES = { withoutType: 3, withType: 50 } as const

/** AWS IoT Device Management quotas, thing groups: static and dynamic ones together. */
export const MOST_GROUPS_OF_A_THING = 10

export const Thing = Type.Object({
  thingName: Type.String(),
  thingArn: Type.String(),
  thingTypeName: Type.Optional(Type.String()),
  attributes: Type.Record(Type.String(), Type.String()),
  version: Type.Integer(),
})
export type Thing = Static<typeof Thing>

/** No total: AWS gives none. */
export const ThingPage = Type.Object({ things: Type.Array(Thing), nextToken: Type.Optional(Type.String()) })
export type ThingPage = Static<typeof ThingPage>

/**
 * What is known of the device's MQTT connection. The data plane knows the client id that is equal to the thing's name,
 * for half an hour after a connection ended (AWS IoT data plane API reference, GetConnection); where it has nothing, the
 * fleet index may, for about an hour, and of another client id if the thing is attached exclusively.
 */
export const ThingConnection = Type.Object({
  connected: Type.Boolean(),
  toldBy: Type.Union([Type.Literal('connection'), Type.Literal('index'), Type.Literal('nobody')], {
    description: '`nobody`: no connection is on record, which is no proof that there was none',
  }),
  isIndexed: Type.Optional(
    Type.Boolean({ description: 'Whether the fleet index was there to be asked; absent if it was not' }),
  ),
  clientId: Type.Optional(Type.String({ description: 'Which client id that is' })),
  connectedSince: Type.Optional(Type.String({ format: 'date-time' })),
  disconnectedSince: Type.Optional(Type.String({ format: 'date-time' })),
  disconnectReason: Type.Optional(Type.String()),
  keepAliveSeconds: Type.Optional(Type.Integer()),
  sourceIp: Type.Optional(Type.String()),
  sourcePort: Type.Optional(Type.Integer()),
})
export type ThingConnection = Static<typeof ThingConnection>

export const ThingDetail = Type.Interface([Thing], {
  thingId: Type.Optional(Type.String()),
  defaultClientId: Type.Optional(Type.String()),
  billingGroupName: Type.Optional(Type.String()),
  thingGroupNames: Type.Array(Type.String({ description: 'Its groups, without those above them' })),
  principals: Type.Array(Type.String({ description: 'ARNs of certificates, or Cognito identity ids' })),
})
export type ThingDetail = Static<typeof ThingDetail>

/** Of a page before, as AWS or the console gave it. */
export const NextToken = Type.String({ maxLength: 8_192 })

const params = Type.Object({ thingName: ThingName })

export const thingEndpoints = defineEndpoints({
  listThings: {
    method: 'GET',
    path: '/api/things',
    summary: 'A page of the registry; a filter is one of ListThings, and those that are given work together',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
      thingTypeName: Type.Optional(ThingName),
      attributeName: Type.Optional(Type.String({ maxLength: 128 })),
      attributeValue: Type.Optional(Type.String({ maxLength: 800 })),
      usePrefixAttributeValue: Type.Optional(
        Type.Boolean({
          description: "The attribute's value begins with `attributeValue`, instead of being equal to it",
        }),
      ),
    }),
    answer: json(ThingPage),
  },
  describeThing: {
    method: 'GET',
    path: '/api/things/:thingName',
    summary: 'A thing with its groups and principals',
    access: 'viewer',
    params,
    answer: json(ThingDetail),
  },
  getThingConnection: {
    method: 'GET',
    path: '/api/things/:thingName/connection',
    summary: 'What is known of the MQTT connection of its device',
    access: 'viewer',
    params,
    answer: json(ThingConnection),
  },
})
