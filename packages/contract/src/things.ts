import { type Static, Type } from 'typebox'

/** 1 to 128 of `a-zA-Z0-9:_-` (AWS IoT API reference, CreateThing). */
export const ThingName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9:_-]+$' })

export const Thing = Type.Object({
  thingName: Type.String(),
  thingArn: Type.String(),
  thingTypeName: Type.Optional(Type.String()),
  attributes: Type.Record(Type.String(), Type.String()),
  version: Type.Integer(),
})
export type Thing = Static<typeof Thing>

/** `GET /api/things?nextToken&thingTypeName&attributeName&attributeValue&prefix`. No total: AWS gives none. */
export const ThingPage = Type.Object({ things: Type.Array(Thing), nextToken: Type.Optional(Type.String()) })
export type ThingPage = Static<typeof ThingPage>

/** The device's MQTT connection under the client id equal to the thing's name, as the data plane tells it. */
export const ThingConnection = Type.Object({
  connected: Type.Boolean(),
  connectedSince: Type.Optional(Type.String({ format: 'date-time' })),
  disconnectedSince: Type.Optional(Type.String({ format: 'date-time' })),
  disconnectReason: Type.Optional(Type.String()),
  keepAliveSeconds: Type.Optional(Type.Integer()),
  sourceIp: Type.Optional(Type.String()),
})
export type ThingConnection = Static<typeof ThingConnection>

/** `GET /api/things/:thingName` */
export const ThingDetail = Type.Interface([Thing], {
  thingId: Type.Optional(Type.String()),
  defaultClientId: Type.Optional(Type.String()),
  billingGroupName: Type.Optional(Type.String()),
  thingGroupNames: Type.Array(Type.String({ description: 'Its groups, without those above them' })),
  principals: Type.Array(Type.String({ description: 'ARNs of certificates, or Cognito identity ids' })),
})
export type ThingDetail = Static<typeof ThingDetail>
