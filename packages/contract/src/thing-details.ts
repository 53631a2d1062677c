import { type Static, type TSchema, Type } from 'typebox'
import { Certificate } from './certificates.ts'
import { defineEndpoints, json } from './endpoint.ts'
import { Thing, ThingConnection, ThingName } from './things.ts'

/** Of so many principals it is told at once what they are: a thing has one or two. */
export const MOST_PRINCIPALS_INSPECTED = 10

/** A part of a page that is read beside others: one that cannot be read takes nothing from them. */
const part = <Schema extends TSchema>(value: Schema) =>
  Type.Object({
    value: Type.Optional(value),
    unread: Type.Optional(Type.String({ description: "Why there is no value, in AWS's words" })),
  })

/** Who may act as a thing (AWS IoT API reference, ListThingPrincipalsV2). */
export const ThingPrincipal = Type.Object({
  principal: Type.String({ description: 'ARN of a certificate, or Cognito identity id' }),
  type: Type.Optional(Type.String({ description: "AWS's word: EXCLUSIVE_THING or NON_EXCLUSIVE_THING" })),
  certificate: Type.Optional(Certificate),
  otherThings: Type.Optional(
    Type.Array(Type.String(), { description: 'That it is attached to besides; absent: not known' }),
  ),
  unread: Type.Optional(Type.String({ description: "What could not be read of it, in AWS's words" })),
})
export type ThingPrincipal = Static<typeof ThingPrincipal>

/** How many things there are of the same type, and how many of them are not connected: about, as the index counts. */
export const ThingKind = Type.Object({
  thingTypeName: Type.Optional(Type.String()),
  things: Type.Optional(Type.Integer({ description: 'Absent: there is no index, or it has no type' })),
  disconnected: Type.Optional(Type.Integer({ description: 'Absent: the index does not know connections' })),
})
export type ThingKind = Static<typeof ThingKind>

/** A thing whole: each part as far as it could be read. */
export const ThingDetails = Type.Object({
  thing: Type.Interface([Thing], {
    thingId: Type.Optional(Type.String()),
    defaultClientId: Type.Optional(Type.String()),
    billingGroupName: Type.Optional(Type.String()),
  }),
  groups: part(Type.Array(Type.String(), { description: 'Its groups, without those above them' })),
  principals: part(Type.Array(ThingPrincipal)),
  connection: part(ThingConnection),
  kind: part(ThingKind),
})
export type ThingDetails = Static<typeof ThingDetails>

export const thingDetailsEndpoints = defineEndpoints({
  inspectThing: {
    method: 'GET',
    path: '/api/things/:thingName/details',
    summary: 'A thing whole: registry, groups, who may act as it, its connection, and its place among its kind',
    access: 'viewer',
    params: Type.Object({ thingName: ThingName }),
    answer: json(ThingDetails),
  },
})
