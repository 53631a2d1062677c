import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'
import { NextToken } from './things.ts'

/** Of a pool as of an identity, `REGION:GUID` (Cognito Identity API reference). */
export const IdentityPoolId = Type.String({ minLength: 1, maxLength: 55, pattern: '^[\\w-]+:[0-9a-f-]+$' })

export const IdentityPoolSummary = Type.Object({ identityPoolId: Type.String(), name: Type.String() })
export type IdentityPoolSummary = Static<typeof IdentityPoolSummary>

export const IdentityPoolPage = Type.Object({
  ...readOutcome,
  pools: Type.Array(IdentityPoolSummary),
  nextToken: Type.Optional(Type.String()),
})
export type IdentityPoolPage = Static<typeof IdentityPoolPage>

/** How the role of a login is found (Cognito Identity API reference, RoleMapping). */
export const RoleMapping = Type.Object({
  provider: Type.String({ description: 'The login provider that it is for' }),
  type: oneOf(['Token', 'Rules'] as const),
  ambiguous: Type.Optional(oneOf(['AuthenticatedRole', 'Deny'] as const)),
  rules: Type.Array(
    Type.Object({ claim: Type.String(), match: Type.String(), value: Type.String(), roleArn: Type.String() }),
  ),
})
export type RoleMapping = Static<typeof RoleMapping>

export const IdentityPool = Type.Object({
  identityPoolId: Type.String(),
  name: Type.String(),
  allowsUnauthenticated: Type.Boolean(),
  allowsClassicFlow: Type.Boolean({ description: 'The basic flow: tokens for AssumeRoleWithWebIdentity' }),
  providers: Type.Array(
    Type.Object({
      kind: oneOf(['user-pool', 'openid', 'social', 'saml', 'developer'] as const),
      name: Type.String(),
      clientId: Type.Optional(Type.String()),
    }),
    { description: 'By whom identities sign in' },
  ),
  roles: Type.Optional(
    Type.Object(
      {
        authenticated: Type.Optional(Type.String({ description: 'ARN' })),
        unauthenticated: Type.Optional(Type.String({ description: 'ARN' })),
        mappings: Type.Array(RoleMapping),
      },
      { description: 'Absent: the console may not read them' },
    ),
  ),
})
export type IdentityPool = Static<typeof IdentityPool>

export const CognitoIdentity = Type.Object({
  identityId: Type.String(),
  logins: Type.Array(Type.String({ description: 'Login providers; none: it is unauthenticated' })),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  changedAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type CognitoIdentity = Static<typeof CognitoIdentity>

export const IdentityPage = Type.Object({
  identities: Type.Array(CognitoIdentity),
  nextToken: Type.Optional(Type.String()),
})
export type IdentityPage = Static<typeof IdentityPage>

/** An identity with the IoT policies that are attached to it. */
export const IdentityDetail = Type.Object({
  ...CognitoIdentity.properties,
  policyNames: Type.Array(Type.String()),
  thingNames: Type.Array(Type.String({ description: 'That it is attached to' })),
})
export type IdentityDetail = Static<typeof IdentityDetail>

const params = Type.Object({ identityPoolId: IdentityPoolId })
const page = {
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
}

export const identityPoolEndpoints = defineEndpoints({
  listIdentityPools: {
    method: 'GET',
    path: '/api/identity-pools',
    summary: "A page of Cognito's identity pools",
    access: 'viewer',
    query: Type.Object(page),
    answer: json(IdentityPoolPage),
  },
  describeIdentityPool: {
    method: 'GET',
    path: '/api/identity-pools/:identityPoolId',
    summary: 'A pool with its login providers, its roles and how they are found',
    access: 'viewer',
    params,
    answer: json(IdentityPool),
  },
  listIdentities: {
    method: 'GET',
    path: '/api/identity-pools/:identityPoolId/identities',
    summary: 'A page of the identities of a pool',
    access: 'viewer',
    params,
    query: Type.Object(page),
    answer: json(IdentityPage),
  },
  describeIdentity: {
    method: 'GET',
    path: '/api/identities/:identityId',
    summary: 'An identity with its logins, its IoT policies and its things',
    access: 'viewer',
    params: Type.Object({ identityId: IdentityPoolId }),
    answer: json(IdentityDetail),
  },
})
