import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { ThingName } from './things.ts'

/** How often a device lost its connection in the last day, as the log has it; what it ended by itself does not count. */
export const ConnectionDrops = Type.Object({
  outcome: Type.Union([
    Type.Literal('counted'),
    Type.Literal('not-logged', { description: 'Disconnects are not logged at present, or nothing is' }),
    Type.Literal('not-allowed', { description: 'The console itself may not read the log' }),
    Type.Literal('failed'),
  ]),
  message: Type.Optional(Type.String({ description: "AWS's words, where it was refused or failed" })),
  since: Type.String({ format: 'date-time' }),
  count: Type.Integer({ minimum: 0 }),
  isAtLeast: Type.Optional(Type.Literal(true, { description: 'There are more than were read' })),
  byReason: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() }), {
    description: 'The most frequent first',
  }),
})
export type ConnectionDrops = Static<typeof ConnectionDrops>

/** What the fleet index has of the connection of a thing (AWS IoT API reference, GetThingConnectivityData). */
export const ThingConnectivity = Type.Object({
  outcome: Type.Union([
    Type.Literal('known'),
    Type.Literal('not-indexed', { description: 'The index does not know connections, or is being built' }),
    Type.Literal('not-allowed', { description: "The console's own permissions do not suffice" }),
    Type.Literal('not-served', { description: 'What stands at this endpoint has no such operation' }),
  ]),
  message: Type.Optional(Type.String({ description: "Unless `known`: AWS's words" })),
  connected: Type.Optional(Type.Boolean()),
  changedAt: Type.Optional(Type.String({ format: 'date-time', description: 'When it connected or disconnected' })),
  disconnectReason: Type.Optional(Type.String()),
  clientId: Type.Optional(Type.String()),
  keepAliveSeconds: Type.Optional(Type.Integer()),
  cleanSession: Type.Optional(Type.Boolean()),
  sessionExpirySeconds: Type.Optional(Type.Integer()),
  sourceIp: Type.Optional(Type.String()),
  sourcePort: Type.Optional(Type.Integer()),
  drops: ConnectionDrops,
})
export type ThingConnectivity = Static<typeof ThingConnectivity>

export const thingConnectivityEndpoints = defineEndpoints({
  getThingConnectivity: {
    method: 'GET',
    path: '/api/things/:thingName/connectivity',
    summary: 'The connection of a thing as the fleet index has it, and how often it was lost in the last day',
    access: 'viewer',
    params: Type.Object({ thingName: ThingName }),
    answer: json(ThingConnectivity),
  },
})
