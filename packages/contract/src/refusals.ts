import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { IotLogPage } from './iot-logs.ts'
import { DecidingStatement } from './message-authorization.ts'
import { oneOf } from './one-of.ts'
import { ThingName } from './things.ts'

/** How often something was refused is told of so many equal parts of the time that is asked for. */
export const REFUSAL_PARTS = 24

/** What was refused one client, however often: entries of one event, client, principal, topic and reason. */
export const Refusal = Type.Object({
  refusalId: Type.String({ description: 'Of the same refusal the same, whatever time is asked for' }),
  eventType: Type.String({ description: 'As the log has it: `Publish-In`' }),
  reason: Type.Optional(Type.String({ description: 'As the log has it: `AUTHORIZATION_FAILURE`' })),
  details: Type.Optional(Type.String({ description: "Of the last one: AWS's words" })),
  disconnectReason: Type.Optional(Type.String()),
  clientId: Type.Optional(Type.String({ description: 'Nobody knows it before CONNECT was read' })),
  principalId: Type.Optional(Type.String({ description: 'Certificate id, or `ROLE:SESSION`' })),
  topicName: Type.Optional(Type.String({ description: 'Of a Subscribe its filters, joined by commas' })),
  thingName: Type.Optional(Type.String({ description: 'Of a shadow' })),
  ruleName: Type.Optional(Type.String()),
  templateName: Type.Optional(Type.String({ description: 'Of a ProvisionDevice, where it was by a template' })),
  protocol: Type.Optional(Type.String()),
  serverNameIndication: Type.Optional(Type.String({ description: 'What the client called the server' })),
  refusedFilters: Type.Optional(Type.Array(Type.String(), { description: 'Of a Subscribe that says so of each' })),
  isRetained: Type.Optional(Type.Literal(true, { description: 'The message was to be retained' })),
  isClosed: Type.Optional(Type.Literal(true, { description: 'The last one ended the connection of the client' })),
  count: Type.Integer({ minimum: 1 }),
  parts: Type.Array(Type.Integer(), { description: `How many in each of ${REFUSAL_PARTS} equal parts of the time` }),
  firstAt: Type.String({ format: 'date-time' }),
  lastAt: Type.String({ format: 'date-time' }),
  lastEventId: Type.String({ description: "CloudWatch's own id of the last entry" }),
  lastTraceId: Type.Optional(Type.String()),
  sourceIps: Type.Array(Type.String(), { description: 'From where, the last one first; five at most' }),
})
export type Refusal = Static<typeof Refusal>

/** What AWS IoT is told to log at present, as far as refusals go. */
export const RefusalLogging = Type.Object({
  state: oneOf(['on', 'off', 'not-allowed', 'not-known']),
  message: Type.Optional(Type.String({ description: "Unless on or off: AWS's words" })),
  notLogged: Type.Array(Type.String(), { description: 'Event types of which nothing is logged, unless of a target' }),
})
export type RefusalLogging = Static<typeof RefusalLogging>

export const RefusalList = Type.Object({
  outcome: IotLogPage.properties.outcome,
  message: Type.Optional(Type.String({ description: "Of `not-allowed`: AWS's words" })),
  refusals: Type.Array(Refusal, { description: 'The last one first' }),
  isAll: Type.Boolean({ description: 'Whether the log was read to the beginning of the time' }),
  readFrom: Type.Optional(Type.String({ format: 'date-time', description: 'Unless all: what is older was not read' })),
  further: Type.Optional(Type.Integer({ description: 'So many more refusals there were than are told' })),
  logging: RefusalLogging,
})
export type RefusalList = Static<typeof RefusalList>

/** A certificate as it is now. */
export const RefusedCertificate = Type.Object({
  state: Type.String({ description: "AWS's own word: ACTIVE, INACTIVE, REVOKED, …; `not-registered`; `not-known`" }),
  message: Type.Optional(Type.String({ description: "Of `not-known`: AWS's words" })),
  changedAt: Type.Optional(Type.String({ format: 'date-time', description: 'Since when it is as it is' })),
  notBefore: Type.Optional(Type.String({ format: 'date-time' })),
  notAfter: Type.Optional(Type.String({ format: 'date-time' })),
})
export type RefusedCertificate = Static<typeof RefusedCertificate>

/** What policies say now of one thing that was tried. */
export const RefusedCheck = Type.Object({
  action: Type.String({ description: '`iot:Publish`; empty where policies are not asked' }),
  resource: Type.String({ description: 'Topic, topic filter, client id or shadow' }),
  decision: oneOf(['ALLOWED', 'EXPLICIT_DENY', 'IMPLICIT_DENY']),
  statements: Type.Array(DecidingStatement, { description: 'Those that decide' }),
  nearest: Type.Optional(DecidingStatement),
  refusedBefore: Type.Optional(Type.String({ description: 'Why AWS IoT refuses it whatever policies say' })),
  explanation: Type.String({ description: 'In sentences' }),
})
export type RefusedCheck = Static<typeof RefusedCheck>

/** Who it is that was refused, and what is so now. What was so then may have been otherwise. */
export const RefusalFacts = Type.Object({
  thing: Type.Optional(
    Type.Object(
      { thingName: Type.String(), by: oneOf(['certificate', 'client id', 'shadow']) },
      { description: 'Absent: it is of no thing, of several, or that could not be asked for' },
    ),
  ),
  things: Type.Array(Type.String(), { description: 'That its certificate is attached to; twenty at most' }),
  certificate: Type.Optional(RefusedCertificate),
  checks: Type.Array(RefusedCheck, { description: 'None: policies have no part in it' }),
  whyNoChecks: Type.Optional(Type.String({ description: 'Why policies that have a part in it could not be asked' })),
})
export type RefusalFacts = Static<typeof RefusalFacts>

const Text = (maxLength: number) => Type.Optional(Type.String({ minLength: 1, maxLength }))

export const refusalEndpoints = defineEndpoints({
  listRefusals: {
    method: 'GET',
    path: '/api/refusals',
    summary: 'What AWS IoT refused, from its log, by client, principal, what was tried, and reason',
    access: 'viewer',
    query: Type.Object({
      from: Type.String({ format: 'date-time', description: 'Inclusive' }),
      to: Type.String({ format: 'date-time', description: 'Inclusive' }),
      clientId: Text(128),
      principalId: Text(256),
      thingName: Type.Optional(Type.String({ ...ThingName, description: 'What is known to be of this thing' })),
    }),
    answer: json(RefusalList),
  },
  describeRefusal: {
    method: 'GET',
    path: '/api/refusals/facts',
    summary: 'Who was refused, and what certificate and policies say now',
    access: 'viewer',
    query: Type.Object({
      eventType: Type.String({ minLength: 1, maxLength: 128 }),
      reason: Text(256),
      clientId: Text(128),
      principalId: Text(256),
      topicNames: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 8 })),
      thingName: Type.Optional(ThingName),
      isRetained: Type.Optional(Type.Literal('1')),
    }),
    answer: json(RefusalFacts),
  },
})
