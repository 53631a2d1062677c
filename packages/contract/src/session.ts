import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json, REDIRECT } from './endpoint.ts'
import { EnvironmentKind } from './environment.ts'
import { Role } from './role.ts'

/** Why pages get no credentials for MQTT, and what would change that. */
export const WithoutLive = Type.Object({
  reason: Type.String({ description: 'One or two sentences' }),
  remedies: Type.Array(
    Type.Object({
      title: Type.String({ description: 'What it does: `Make a role that can do MQTT and nothing else`' }),
      command: Type.String({ description: 'To be run in a shell, as it is' }),
    }),
  ),
})
export type WithoutLive = Static<typeof WithoutLive>

/** Who is signed in, and on which account the console stands. */
export const Session = Type.Object({
  person: Type.Object({ id: Type.String(), name: Type.String(), role: Role }),
  account: Type.String({ description: 'AWS account id, 12 digits' }),
  region: Type.String(),
  accountAlias: Type.Optional(
    Type.String({ description: "The account's name for people, where it has one and it may be read" }),
  ),
  environment: Type.String({ description: 'Name that tells environments apart, e.g. `embedded` or an account alias' }),
  environmentKind: EnvironmentKind,
  withoutLive: Type.Optional(WithoutLive),
})
export type Session = Static<typeof Session>

/**
 * What the page needs to open its own MQTT session over WebSocket. The credentials are
 * temporary, and can do nothing but MQTT.
 */
export const MqttSession = Type.Object({
  url: Type.String({ description: 'Unsigned WebSocket URL, e.g. `wss://HOST/mqtt`; the page signs it' }),
  region: Type.String(),
  clientIdPrefix: Type.String({ description: 'The role policy admits client ids that begin with this' }),
  credentials: Type.Object({
    accessKeyId: Type.String(),
    secretAccessKey: Type.String(),
    sessionToken: Type.String(),
    expiresAt: Type.String({ format: 'date-time' }),
  }),
  sessionKey: Type.String({ description: 'Whose credentials these are, for reports of what was written with them' }),
})
export type MqttSession = Static<typeof MqttSession>

/** One of a person's own sessions: a browser in which they are signed in. */
export const OwnSession = Type.Object({
  id: Type.String({ pattern: '^[\\w-]{43}$', description: 'Tells it from the others, and is good for nothing else' }),
  isThisOne: Type.Boolean({ description: 'The one that asks' }),
  startedAt: Type.String({ format: 'date-time' }),
  lastUsedAt: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'To the minute, never before startedAt. Left out: within the last two hours',
    }),
  ),
  browser: Type.Optional(Type.String({ maxLength: 60, description: 'As it said of itself: `Firefox on Linux`' })),
  address: Type.Optional(
    Type.String({ description: 'From where one signed in, where the server knows whom to believe that' }),
  ),
})
export type OwnSession = Static<typeof OwnSession>

/** Where to end the session at the identity provider, too. */
export const SignedOut = Type.Object({ redirectTo: Type.String() })
export type SignedOut = Static<typeof SignedOut>

export const sessionEndpoints = defineEndpoints({
  getSession: {
    method: 'GET',
    path: '/api/session',
    summary: 'Who is signed in, and on which account the console stands',
    access: 'viewer',
    answer: json(Session),
  },
  openMqttSession: {
    method: 'GET',
    path: '/api/session/mqtt',
    summary: "The person's own temporary credentials for MQTT",
    access: 'viewer',
    // So that the connection can be ended with the session: client ids are `PREFIXTAB-GENERATION`.
    query: Type.Object({
      tab: Type.Optional(Type.String({ pattern: '^[a-zA-Z0-9-]{1,40}$', description: 'Of the page that asks' })),
      generation: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Of its connection now; the next is one more' }),
      ),
    }),
    answer: json(MqttSession),
  },
  signIn: {
    method: 'GET',
    path: '/auth/login',
    summary: 'Leads to the identity provider, and from there back to a page of the console',
    access: 'anyone',
    query: Type.Object({
      returnTo: Type.Optional(Type.String({ maxLength: 8_192 })),
      prompt: Type.Optional(Type.Literal('login', { description: 'Ask who it is even if the issuer knows' })),
    }),
    answer: REDIRECT,
  },
  finishSignIn: {
    method: 'GET',
    path: '/auth/callback',
    summary: 'Where the identity provider leads back to',
    access: 'anyone',
    audit: 'SignIn',
    // The one open query: a client must take whatever else an issuer adds (RFC 6749 §4.1.2). None of it is kept.
    query: Type.Object({}, { additionalProperties: true }),
    answer: REDIRECT,
  },
  listOwnSessions: {
    method: 'GET',
    path: '/api/sessions',
    summary: "The person's own sessions, this one first",
    access: 'viewer',
    answer: json(Type.Object({ sessions: Type.Array(OwnSession) })),
  },
  endOwnSession: {
    method: 'DELETE',
    path: '/api/sessions/:sessionName',
    summary: "Ends one of the person's own sessions: its browser is signed out, its MQTT connections end",
    access: 'viewer',
    audit: 'EndSession',
    params: Type.Object({ sessionName: OwnSession.properties.id }),
    answer: EMPTY,
  },
  endOtherSessions: {
    method: 'POST',
    path: '/api/sessions/end-others',
    summary: "Ends all of the person's sessions but the one that asks",
    access: 'viewer',
    audit: 'EndOtherSessions',
    answer: json(Type.Object({ ended: Type.Integer({ description: 'How many' }) })),
  },
  signOut: {
    method: 'POST',
    path: '/auth/logout',
    summary: 'Ends the session',
    access: 'anyone',
    audit: 'SignOut',
    answer: json(SignedOut),
  },
})
