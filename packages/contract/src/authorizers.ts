import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { IotLogEntry, IotLogPage } from './iot-logs.ts'
import { oneOf } from './one-of.ts'
import { Tags } from './tags.ts'
import { NextToken } from './things.ts'

/** 1 to 128 of `\w=,@-` (AWS IoT API reference, CreateAuthorizer). */
export const AuthorizerName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w=,@-]+$' })

/** The name of the parameter that has the token: 1 to 128 of `a-zA-Z0-9_-` (AWS IoT API reference, CreateAuthorizer). */
export const TokenKeyName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_-]+$' })

/** AWS IoT API reference, CreateAuthorizer; AWS judges whether there is such a function. */
export const FunctionArn = Type.String({
  minLength: 1,
  maxLength: 2_048,
  pattern: '^arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+(:[$a-zA-Z0-9_-]+)?$',
})

/** By key name: 1 to 128 of `a-zA-Z0-9:_-`; a PEM of at most 5,120 characters (AWS IoT API reference, CreateAuthorizer). */
export const PublicKeyName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9:_-]+$' })
export const PublicKeyPem = Type.String({ minLength: 1, maxLength: 5_120 })
/** AWS says no most; this bounds what is asked of it. */
export const MOST_PUBLIC_KEYS = 16
const PublicKeys = Type.Record(PublicKeyName, PublicKeyPem, { maxProperties: MOST_PUBLIC_KEYS })

export const AUTHORIZER_STATUSES = ['ACTIVE', 'INACTIVE'] as const
const Status = oneOf(AUTHORIZER_STATUSES)

export const Authorizer = Type.Object({
  authorizerName: Type.String(),
  authorizerArn: Type.String(),
  authorizerFunctionArn: Type.String(),
  status: Status,
  signingDisabled: Type.Boolean({ description: 'Of its making: it never changes' }),
  tokenKeyName: Type.Optional(Type.String()),
  tokenSigningPublicKeys: Type.Record(Type.String(), Type.String(), { description: 'PEM, by key name' }),
  enableCachingForHttp: Type.Boolean(),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  changedAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type Authorizer = Static<typeof Authorizer>

export const AuthorizerPage = Type.Object({
  authorizers: Type.Array(Type.String({ description: 'AWS lists names alone' })),
  nextToken: Type.Optional(Type.String()),
})
export type AuthorizerPage = Static<typeof AuthorizerPage>

export const DefaultAuthorizer = Type.Object({
  authorizerName: Type.Optional(Type.String({ description: 'Absent: the account has none' })),
})
export type DefaultAuthorizer = Static<typeof DefaultAuthorizer>

/** Whether AWS IoT may invoke a function for one of its resources, by the function's resource policy. */
export const FunctionPermission = Type.Object({
  outcome: oneOf(['read', 'no-policy', 'no-function', 'not-understood', 'not-allowed', 'not-served'], {
    description:
      '`no-policy`: nobody was allowed anything. `not-understood`: the policy is malformed. `not-allowed`: the console itself may not read it',
  }),
  decision: Type.Optional(oneOf(['ALLOWED', 'EXPLICIT_DENY', 'IMPLICIT_DENY'], { description: 'Of `read` alone' })),
  why: Type.Optional(Type.String({ description: 'Which statement decided, in words' })),
  isForAll: Type.Optional(
    Type.Literal(true, { description: 'AWS IoT of any account may invoke it: the source is not said' }),
  ),
  message: Type.Optional(Type.String({ description: 'Where it was not read, or not understood: why' })),
})
export type FunctionPermission = Static<typeof FunctionPermission>

/** One run of the function, as its own log has it. */
export const FunctionRun = Type.Object({
  requestId: Type.String(),
  at: Type.String({ format: 'date-time' }),
  durationMs: Type.Optional(Type.Number()),
  initMs: Type.Optional(Type.Number({ description: 'Where it was started for this' })),
  status: Type.Optional(Type.String({ description: '`timeout` or `error`, where the log says so' })),
})
export type FunctionRun = Static<typeof FunctionRun>

/**
 * What is known of the last calls: AWS IoT's log does not say which authorizer refused a client, and the function's log
 * not for whom it ran. So both are told as they are.
 */
export const AuthorizerCalls = Type.Object({
  refusals: Type.Object({
    outcome: IotLogPage.properties.outcome,
    message: Type.Optional(Type.String()),
    entries: Type.Array(IotLogEntry, { description: 'That custom authentication did not let in, the last first' }),
  }),
  runs: Type.Object({
    outcome: oneOf(['read', 'no-log-group', 'not-allowed']),
    logGroupName: Type.String(),
    message: Type.Optional(Type.String()),
    runs: Type.Array(FunctionRun, { description: 'The last first' }),
  }),
})
export type AuthorizerCalls = Static<typeof AuthorizerCalls>

const Header = Type.Record(
  Type.String({ minLength: 1, maxLength: 8_192 }),
  Type.String({ minLength: 1, maxLength: 8_192 }),
)

/** What a client would send; lengths as TestInvokeAuthorizer takes them (AWS IoT API reference). */
export const AuthorizerTest = Type.Object({
  token: Type.Optional(Type.String({ minLength: 1, maxLength: 6_144 })),
  tokenSignature: Type.Optional(
    Type.String({ minLength: 1, maxLength: 2_560, pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'base64' }),
  ),
  httpContext: Type.Optional(
    Type.Object({
      headers: Type.Optional(Header),
      queryString: Type.Optional(Type.String({ minLength: 1, maxLength: 4_096 })),
    }),
  ),
  mqttContext: Type.Optional(
    Type.Object({
      username: Type.Optional(Type.String({ minLength: 1, maxLength: 65_535 })),
      password: Type.Optional(Type.String({ minLength: 1, maxLength: 87_380, description: 'base64' })),
      clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 65_535 })),
    }),
  ),
  tlsContext: Type.Optional(Type.Object({ serverName: Type.Optional(Type.String({ minLength: 1, maxLength: 253 })) })),
})
export type AuthorizerTest = Static<typeof AuthorizerTest>

/** What the authorizer's function answered, as AWS IoT understood it. */
export const AuthorizerTestResult = Type.Object({
  outcome: oneOf(['answered', 'refused'], {
    description: '`refused`: AWS IoT could not use what the function answered, or did not call it',
  }),
  code: Type.Optional(Type.String({ description: "Of `refused`: AWS's error" })),
  message: Type.Optional(Type.String({ description: "Of `refused`: AWS's words" })),
  isAuthenticated: Type.Optional(Type.Boolean()),
  principalId: Type.Optional(Type.String()),
  policyDocuments: Type.Optional(Type.Array(Type.String({ description: 'JSON' }))),
  refreshAfterInSeconds: Type.Optional(Type.Integer()),
  disconnectAfterInSeconds: Type.Optional(Type.Integer()),
  tookMs: Type.Integer({ minimum: 0, description: "From the console's server to AWS and back" }),
})
export type AuthorizerTestResult = Static<typeof AuthorizerTestResult>

const settings = {
  authorizerFunctionArn: FunctionArn,
  tokenKeyName: Type.Optional(TokenKeyName),
  tokenSigningPublicKeys: Type.Optional(PublicKeys),
  status: Status,
  enableCachingForHttp: Type.Boolean(),
}
const params = Type.Object({ authorizerName: AuthorizerName })

export const authorizerEndpoints = defineEndpoints({
  listAuthorizers: {
    method: 'GET',
    path: '/api/authorizers',
    summary: 'A page of the names of custom authorizers',
    access: 'viewer',
    query: Type.Object({
      status: Type.Optional(Status),
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(AuthorizerPage),
  },
  createAuthorizer: {
    method: 'POST',
    path: '/api/authorizers',
    summary: 'Makes a custom authorizer, by which clients without a certificate are let in',
    access: 'admin',
    audit: 'CreateAuthorizer',
    body: Type.Object({
      authorizerName: AuthorizerName,
      signingDisabled: Type.Boolean(),
      ...settings,
      tags: Type.Optional(Tags),
    }),
    answer: json(Authorizer),
  },
  describeAuthorizer: {
    method: 'GET',
    path: '/api/authorizers/:authorizerName',
    summary: 'A custom authorizer',
    access: 'viewer',
    params,
    answer: json(Authorizer),
  },
  updateAuthorizer: {
    method: 'PATCH',
    path: '/api/authorizers/:authorizerName',
    summary: 'Changes a custom authorizer; what is not named stays',
    access: 'admin',
    audit: 'UpdateAuthorizer',
    params,
    body: Type.Partial(Type.Object(settings), { minProperties: 1 }),
    answer: json(Authorizer),
  },
  deleteAuthorizer: {
    method: 'DELETE',
    path: '/api/authorizers/:authorizerName',
    summary: 'Deletes a custom authorizer that is inactive',
    access: 'admin',
    audit: 'DeleteAuthorizer',
    params,
    answer: EMPTY,
  },
  describeDefaultAuthorizer: {
    method: 'GET',
    path: '/api/default-authorizer',
    summary: 'Which authorizer is asked where neither client nor domain name one',
    access: 'viewer',
    answer: json(DefaultAuthorizer),
  },
  setDefaultAuthorizer: {
    method: 'PUT',
    path: '/api/default-authorizer',
    summary: 'Makes an authorizer the default one, in place of the one that is, unless another became that meanwhile',
    access: 'admin',
    audit: 'SetDefaultAuthorizer',
    body: Type.Object({
      authorizerName: AuthorizerName,
      expectedDefault: Type.Optional(
        Type.String({ ...AuthorizerName, description: 'The default one as it was seen; absent: there was none' }),
      ),
    }),
    answer: json(DefaultAuthorizer),
  },
  clearDefaultAuthorizer: {
    method: 'DELETE',
    path: '/api/default-authorizer',
    summary: 'Leaves the account without a default authorizer',
    access: 'admin',
    audit: 'ClearDefaultAuthorizer',
    answer: EMPTY,
  },
  describeAuthorizerPermission: {
    method: 'GET',
    path: '/api/authorizers/:authorizerName/permission',
    summary: 'Whether AWS IoT may invoke the function of an authorizer for it',
    access: 'viewer',
    params,
    answer: json(FunctionPermission),
  },
  listAuthorizerCalls: {
    method: 'GET',
    path: '/api/authorizers/:authorizerName/calls',
    summary: 'The last runs of its function, and the last clients that custom authorizers refused, from the logs',
    access: 'viewer',
    params,
    query: Type.Object({
      from: Type.String({ format: 'date-time', description: 'Inclusive' }),
      to: Type.String({ format: 'date-time', description: 'Inclusive' }),
    }),
    answer: json(AuthorizerCalls),
  },
  testInvokeAuthorizer: {
    method: 'POST',
    path: '/api/authorizers/:authorizerName/test',
    summary: 'Has AWS IoT run the function of an authorizer with credentials, and tells what it answers',
    access: 'operator',
    audit: 'TestInvokeAuthorizer',
    params,
    body: AuthorizerTest,
    mostBodyBytes: 512 * 1_024,
    answer: json(AuthorizerTestResult),
  },
})
