import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'
import { RoleArn } from './role-aliases.ts'
import { Tags, TagsEdit } from './tags.ts'
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

/** How a claim is compared (Cognito Identity API reference, MappingRule). */
export const CLAIM_MATCHES = ['Equals', 'Contains', 'StartsWith', 'NotEqual'] as const
export type ClaimMatch = (typeof CLAIM_MATCHES)[number]

/** What becomes of a login that gives no role, or several (Cognito Identity API reference, RoleMapping). */
export const AMBIGUOUS_ROLES = ['AuthenticatedRole', 'Deny'] as const
export type AmbiguousRole = (typeof AMBIGUOUS_ROLES)[number]

/** Cognito Identity API reference, RulesConfigurationType. */
export const MOST_MAPPING_RULES = 25

/** Cognito Identity API reference, RoleMappingMap. */
export const MOST_ROLE_MAPPINGS = 10

const mappingType = oneOf(['Token', 'Rules'] as const)

/** How the role of a login is found (Cognito Identity API reference, RoleMapping). */
export const RoleMapping = Type.Object({
  provider: Type.String({ description: 'The login provider that it is for' }),
  type: mappingType,
  ambiguous: Type.Optional(oneOf(AMBIGUOUS_ROLES)),
  rules: Type.Array(
    Type.Object({ claim: Type.String(), match: Type.String(), value: Type.String(), roleArn: Type.String() }),
  ),
})
export type RoleMapping = Static<typeof RoleMapping>

/** Cognito Identity API reference, MappingRule. */
export const ClaimName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+$' })
export const ClaimValue = Type.String({ minLength: 1, maxLength: 128 })

/** A mapping to be set. */
export const NewRoleMapping = Type.Object({
  provider: Type.String({ minLength: 1, maxLength: 2_048 }),
  type: mappingType,
  ambiguous: oneOf(AMBIGUOUS_ROLES),
  rules: Type.Array(
    Type.Object({ claim: ClaimName, match: oneOf(CLAIM_MATCHES), value: ClaimValue, roleArn: RoleArn }),
    { maxItems: MOST_MAPPING_RULES, description: 'Of `Rules` at least one, of `Token` none' },
  ),
})
export type NewRoleMapping = Static<typeof NewRoleMapping>

export const LOGIN_PROVIDER_KINDS = ['user-pool', 'openid', 'social', 'saml', 'developer'] as const

/** By whom identities sign in. */
export const LoginProvider = Type.Object({
  kind: oneOf(LOGIN_PROVIDER_KINDS),
  name: Type.String({
    minLength: 1,
    maxLength: 2_048,
    description:
      "The issuer's name without its scheme; of `openid` and `saml` the ARN of the provider in IAM; of `developer` a name of one's own",
  }),
  clientId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: 'Of `user-pool` and `social`: of the app' }),
  ),
  serverSideTokenCheck: Type.Optional(
    Type.Boolean({ description: 'Of `user-pool`: whether who was signed out everywhere gets credentials still' }),
  ),
})
export type LoginProvider = Static<typeof LoginProvider>

/** 1 to 128 of letters, digits, blanks and `_+=,.@-` (Cognito Identity API reference, CreateIdentityPool). */
export const IdentityPoolName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w\\s+=,.@-]+$' })

/** Of each kind AWS has its own limit; this bounds what is asked of it. */
export const MOST_LOGIN_PROVIDERS = 50

const settings = {
  name: IdentityPoolName,
  allowsUnauthenticated: Type.Boolean(),
  allowsClassicFlow: Type.Boolean({ description: 'The basic flow: tokens for AssumeRoleWithWebIdentity' }),
  providers: Type.Array(LoginProvider, { maxItems: MOST_LOGIN_PROVIDERS }),
}

/** What a pool is told: an update replaces all of it. */
export const IdentityPoolSettings = Type.Object(settings)
export type IdentityPoolSettings = Static<typeof IdentityPoolSettings>

/** The roles that a pool gives. */
export const IdentityPoolRoles = Type.Object({
  authenticated: Type.Optional(Type.String({ description: 'ARN' })),
  unauthenticated: Type.Optional(Type.String({ description: 'ARN' })),
  mappings: Type.Array(RoleMapping),
})
export type IdentityPoolRoles = Static<typeof IdentityPoolRoles>

export const NewIdentityPoolRoles = Type.Object({
  authenticated: Type.Optional(RoleArn),
  unauthenticated: Type.Optional(RoleArn),
  mappings: Type.Array(NewRoleMapping, { maxItems: MOST_ROLE_MAPPINGS }),
})
export type NewIdentityPoolRoles = Static<typeof NewIdentityPoolRoles>

export const IdentityPool = Type.Object({
  identityPoolId: Type.String(),
  name: Type.String(),
  allowsUnauthenticated: settings.allowsUnauthenticated,
  allowsClassicFlow: settings.allowsClassicFlow,
  providers: Type.Array(LoginProvider, { description: 'By whom identities sign in' }),
  roles: Type.Optional(
    Type.Object(IdentityPoolRoles.properties, { description: 'Absent: the console may not read them' }),
  ),
  tags: Type.Record(Type.String(), Type.String()),
  isOfConsole: Type.Boolean({ description: "By it the console's own people sign in" }),
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

/** Roles that trust a pool. IAM cannot search for them: the first roles of the account are looked through. */
export const PoolRoleList = Type.Object({
  ...readOutcome,
  roles: Type.Array(
    Type.Object({
      roleName: Type.String(),
      roleArn: Type.String(),
      description: Type.Optional(Type.String()),
      authenticated: Type.Boolean({ description: 'Who signed in may be it' }),
      unauthenticated: Type.Boolean({ description: 'Guests may be it' }),
    }),
  ),
  isAll: Type.Boolean({ description: 'Whether the account has no more' }),
})
export type PoolRoleList = Static<typeof PoolRoleList>

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
  createIdentityPool: {
    method: 'POST',
    path: '/api/identity-pools',
    summary: 'Makes an identity pool. It gives nobody credentials until it has roles',
    access: 'admin',
    audit: 'CreateIdentityPool',
    body: Type.Object({ ...settings, tags: Type.Optional(Tags) }),
    answer: json(IdentityPool),
  },
  describeIdentityPool: {
    method: 'GET',
    path: '/api/identity-pools/:identityPoolId',
    summary: 'A pool with its login providers, its roles and how they are found',
    access: 'viewer',
    params,
    answer: json(IdentityPool),
  },
  updateIdentityPool: {
    method: 'PUT',
    path: '/api/identity-pools/:identityPoolId',
    summary: 'Replaces what a pool is told, unless somebody else has meanwhile',
    access: 'admin',
    audit: 'UpdateIdentityPool',
    params,
    body: Type.Object({ ...settings, expected: Type.Object(settings, { description: 'As it was seen' }) }),
    answer: json(IdentityPool),
  },
  setIdentityPoolRoles: {
    method: 'PUT',
    path: '/api/identity-pools/:identityPoolId/roles',
    summary: 'Replaces the roles that a pool gives, and which login gets which, unless somebody else has meanwhile',
    access: 'admin',
    audit: 'SetIdentityPoolRoles',
    params,
    body: Type.Object({
      ...NewIdentityPoolRoles.properties,
      expected: Type.Object(IdentityPoolRoles.properties, { description: 'As they were seen' }),
    }),
    answer: json(IdentityPool),
  },
  listPoolRoles: {
    method: 'GET',
    path: '/api/identity-pools/:identityPoolId/trusting-roles',
    summary: 'Roles whose trust policy lets the pool give them',
    access: 'admin',
    params,
    answer: json(PoolRoleList),
  },
  changeIdentityPoolTags: {
    method: 'PATCH',
    path: '/api/identity-pools/:identityPoolId/tags',
    summary: 'Gives a pool tags, and takes tags from it; others stay as they are',
    access: 'admin',
    audit: 'TagResource',
    params,
    body: TagsEdit,
    answer: EMPTY,
  },
  deleteIdentityPool: {
    method: 'DELETE',
    path: '/api/identity-pools/:identityPoolId',
    summary: "Deletes a pool with all its identities; the console's own is not deleted",
    access: 'admin',
    audit: 'DeleteIdentityPool',
    params,
    answer: EMPTY,
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
