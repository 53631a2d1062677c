import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'

/** A certificate by its id, or an identity of Cognito by its own, `REGION:GUID`. */
export const PrincipalId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w:-]+$' })

export const ClientId = Type.String({ minLength: 1, maxLength: 128 })

/** By which way a policy reaches a principal. */
export const PolicyWay = Type.Union([
  Type.Object({ kind: Type.Literal('principal') }, { description: 'Attached to the principal itself' }),
  Type.Object({ kind: Type.Literal('thing-group'), thingGroupName: Type.String() }),
])
export type PolicyWay = Static<typeof PolicyWay>

/** A policy that counts, with the text of its default version. */
export const EffectivePolicy = Type.Object({
  policyName: Type.String(),
  versionId: Type.Optional(Type.String({ description: 'Absent: the console may not read it' })),
  document: Type.String({ description: 'The text as AWS IoT keeps it' }),
  ways: Type.Array(PolicyWay),
})
export type EffectivePolicy = Static<typeof EffectivePolicy>

export const CertificatePrincipal = Type.Object({
  kind: Type.Literal('certificate'),
  certificateId: Type.String(),
  certificateArn: Type.String(),
  status: Type.String({ description: "AWS's own word: ACTIVE, INACTIVE, REVOKED, PENDING_TRANSFER, …" }),
  notBefore: Type.Optional(Type.String({ format: 'date-time' })),
  notAfter: Type.Optional(Type.String({ format: 'date-time' })),
  context: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
    description: 'What policies can ask of it, by context key: `iot:Certificate.Subject.CommonName`, …',
  }),
})
export const CognitoPrincipal = Type.Object({ kind: Type.Literal('cognito'), identityId: Type.String() })

export const AttachedThing = Type.Object({
  thingName: Type.String(),
  isExclusive: Type.Boolean({
    description: 'EXCLUSIVE_THING: the thing of all its connections, whatever the client id',
  }),
})

/** All that decides about a principal under a client id, as of now: facts, and no decision. */
export const AuthorizationFacts = Type.Object({
  arnPrefix: Type.String({ description: 'Of resources: `arn:aws:iot:REGION:ACCOUNT`' }),
  principal: Type.Union([CertificatePrincipal, CognitoPrincipal]),
  things: Type.Array(AttachedThing, { description: 'That the principal is attached to' }),
  thing: Type.Optional(
    Type.Object(
      {
        thingName: Type.String(),
        thingTypeName: Type.Optional(Type.String()),
        attributes: Type.Record(Type.String(), Type.String()),
        isExclusive: Type.Boolean(),
      },
      { description: 'Of the connection: its groups count, and variables of things are about it' },
    ),
  ),
  namesOtherThing: Type.Boolean({ description: 'The client id is a thing that the principal is not attached to' }),
  policies: Type.Array(EffectivePolicy),
})
export type AuthorizationFacts = Static<typeof AuthorizationFacts>

/** AWS IoT API reference, TestAuthorization. */
export const AuthorizationQuestion = Type.Object({
  actionType: Type.Union([
    Type.Literal('CONNECT'),
    Type.Literal('PUBLISH'),
    Type.Literal('SUBSCRIBE'),
    Type.Literal('RECEIVE'),
  ]),
  resource: Type.String({ minLength: 1, maxLength: 2_048, description: 'The ARN' }),
})
export type AuthorizationQuestion = Static<typeof AuthorizationQuestion>

export const AuthorizationAnswer = Type.Object({
  decision: Type.Union([Type.Literal('ALLOWED'), Type.Literal('EXPLICIT_DENY'), Type.Literal('IMPLICIT_DENY')]),
  allowedBy: Type.Array(Type.String({ description: 'Names of policies' })),
  deniedBy: Type.Array(Type.String({ description: 'Names of policies' })),
  missing: Type.Array(Type.String({ description: 'Context keys without a value' })),
})
export type AuthorizationAnswer = Static<typeof AuthorizationAnswer>

/** So many questions go to AWS at once. */
export const MOST_QUESTIONS = 50

export const authorizationEndpoints = defineEndpoints({
  getAuthorizationFacts: {
    method: 'GET',
    path: '/api/authorization/facts',
    summary: 'What decides about a principal under a client id: its state, its things, its policies as of now',
    access: 'viewer',
    query: Type.Object({
      principalId: PrincipalId,
      clientId: Type.Optional(
        Type.String({ ...ClientId, description: 'Left out: as over HTTPS, where there is none' }),
      ),
    }),
    answer: json(AuthorizationFacts),
  },
  testAuthorization: {
    method: 'POST',
    path: '/api/authorization/test',
    summary: 'What AWS IoT itself says (TestAuthorization), in the order of the questions',
    access: 'viewer',
    audit: false, // it changes nothing
    body: Type.Object({
      principalId: PrincipalId,
      clientId: Type.Optional(ClientId),
      questions: Type.Array(AuthorizationQuestion, { minItems: 1, maxItems: MOST_QUESTIONS }),
      policyNamesToSkip: Type.Optional(
        Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 10, description: 'As if not attached' }),
      ),
    }),
    answer: json(Type.Object({ answers: Type.Array(AuthorizationAnswer) })),
  },
})
