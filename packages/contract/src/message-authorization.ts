import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'

/** What decides about messages. */
export const MessageAction = Type.Union([Type.Literal('iot:Publish'), Type.Literal('iot:Receive')])
export type MessageAction = Static<typeof MessageAction>

/** One statement of a policy. */
export const DecidingStatement = Type.Object({
  policyName: Type.String(),
  statement: Type.Integer({ minimum: 1, description: 'Which of the policy, from 1' }),
  sid: Type.Optional(Type.String()),
  effect: Type.Union([Type.Literal('Allow'), Type.Literal('Deny')]),
})
export type DecidingStatement = Static<typeof DecidingStatement>

/** What the policies that a principal has now say to a message. What they said then may have been otherwise. */
export const MessageAuthorization = Type.Object({
  decision: Type.Union([
    Type.Literal('ALLOWED'),
    Type.Literal('EXPLICIT_DENY'),
    Type.Literal('IMPLICIT_DENY'),
    Type.Literal('not-known'),
  ]),
  statements: Type.Array(DecidingStatement, { description: 'Those that decide; of `not-known`, none' }),
  explanation: Type.String({ description: 'In sentences: what decided, or why it is not known' }),
  missing: Type.Array(Type.String(), {
    description: 'Context keys that statements ask for, and that are not known after the connection has gone',
  }),
})
export type MessageAuthorization = Static<typeof MessageAuthorization>

/** The topic filters that a client is subscribed to now (AWS IoT data plane, ListSubscriptions). */
export const ClientSubscriptions = Type.Object({
  topicFilters: Type.Array(Type.String()),
  whyNot: Type.Optional(Type.String({ description: 'They are not known: the client has no session, or AWS refuses' })),
})
export type ClientSubscriptions = Static<typeof ClientSubscriptions>

export const messageAuthorizationEndpoints = defineEndpoints({
  explainMessage: {
    method: 'GET',
    path: '/api/message-authorization',
    summary: "Which statement of a principal's policies decides about a message, as of now",
    access: 'viewer',
    query: Type.Object({
      principalId: Type.String({ minLength: 1, maxLength: 256, description: 'As log entries have it' }),
      clientId: Type.String({ minLength: 1, maxLength: 128 }),
      topic: Type.String({ minLength: 1, maxLength: 256 }),
      action: Type.Optional(MessageAction),
    }),
    answer: json(MessageAuthorization),
  },
  listClientSubscriptions: {
    method: 'GET',
    path: '/api/client-subscriptions',
    summary: 'The topic filters that a client is subscribed to, as of now',
    access: 'viewer',
    query: Type.Object({ clientId: Type.String({ minLength: 1, maxLength: 128 }) }),
    answer: json(ClientSubscriptions),
  },
})
