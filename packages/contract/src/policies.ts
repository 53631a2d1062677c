import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ReadTags, Tags } from './tags.ts'
import { NextToken } from './things.ts'

/** 1 to 128 of `\w+=,.@-` (AWS IoT API reference, CreatePolicy). */
export const PolicyName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w+=,.@-]+$' })

/** A number from 1; those of deleted versions do not come again. */
const PolicyVersionId = Type.String({ minLength: 1, maxLength: 9, pattern: '^[0-9]+$' })

/** AWS judges it; the bound leaves room for white space, which AWS does not count. */
const PolicyDocumentText = Type.String({ minLength: 1, maxLength: 404_600, description: 'JSON' })

/** An ARN of a certificate or a thing group, or the id of a Cognito identity. */
const PolicyTargetText = Type.String({ minLength: 1, maxLength: 2_048 })

/** AWS keeps as many of a policy (AWS IoT Core quotas, "Maximum number of versions for a policy"). */
export const MOST_POLICY_VERSIONS = 5

export const PolicyPage = Type.Object({
  policies: Type.Array(Type.Object({ policyName: Type.String(), policyArn: Type.String() })),
  nextToken: Type.Optional(Type.String()),
})
export type PolicyPage = Static<typeof PolicyPage>

/** What a list says of a policy beside its name. AWS has to be asked for each. */
export const PolicyUse = Type.Object({
  policyName: Type.String(),
  defaultVersionId: Type.String(),
  changedAt: Type.Optional(Type.String({ format: 'date-time' })),
  targets: Type.Integer({ description: 'What it is attached to, as far as one page tells' }),
  hasMoreTargets: Type.Boolean(),
})
export type PolicyUse = Static<typeof PolicyUse>

export const PolicyVersion = Type.Object({
  versionId: Type.String(),
  isDefault: Type.Boolean(),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type PolicyVersion = Static<typeof PolicyVersion>

export const Policy = Type.Object({
  policyName: Type.String(),
  policyArn: Type.String(),
  policyDocument: Type.String({ description: 'Of the default version, as AWS keeps it' }),
  defaultVersionId: Type.String(),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  changedAt: Type.Optional(Type.String({ format: 'date-time' })),
  versions: Type.Array(PolicyVersion, { description: 'Newest first' }),
  tags: ReadTags,
})
export type Policy = Static<typeof Policy>

export const PolicyVersionDocument = Type.Object({ versionId: Type.String(), policyDocument: Type.String() })
export type PolicyVersionDocument = Static<typeof PolicyVersionDocument>

export const PolicyTarget = Type.Object({
  target: Type.String({ description: 'As AttachPolicy takes it' }),
  kind: oneOf(['certificate', 'thing-group', 'cognito-identity', 'other']),
  id: Type.String({ description: 'The id of a certificate or an identity, the name of a group' }),
})
export type PolicyTarget = Static<typeof PolicyTarget>

export const PolicyTargetPage = Type.Object({
  targets: Type.Array(PolicyTarget),
  nextToken: Type.Optional(Type.String()),
})
export type PolicyTargetPage = Static<typeof PolicyTargetPage>

/** So many things of one target are looked at; of further ones it is only known that there are some. */
export const MOST_REACHED_THINGS = 50

/** Whom a policy holds for through one of its targets. */
export const PolicyReach = Type.Object({
  things: Type.Array(
    Type.Object({
      thingName: Type.String(),
      clientId: Type.Optional(Type.String({ description: 'Of the connection that is open now' })),
      connected: Type.Optional(Type.Boolean({ description: 'Absent: nobody could tell' })),
      changedAt: Type.Optional(
        Type.String({
          format: 'date-time',
          description: 'When it connected or disconnected last, where that is known',
        }),
      ),
    }),
  ),
  hasMore: Type.Boolean({ description: 'Further things were not looked at' }),
  toldBy: oneOf(['index', 'connection']),
})
export type PolicyReach = Static<typeof PolicyReach>

const params = Type.Object({ policyName: PolicyName })
const versionParams = Type.Object({ policyName: PolicyName, versionId: PolicyVersionId })

export const policyEndpoints = defineEndpoints({
  listPolicies: {
    method: 'GET',
    path: '/api/policies',
    summary: 'A page of policies; with `name`, those whose name contains it, as far as one request looks',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
      name: Type.Optional(Type.String({ maxLength: 128, description: 'Upper and lower case are the same' })),
    }),
    answer: json(PolicyPage),
  },
  listPolicyUses: {
    method: 'GET',
    path: '/api/policy-uses',
    summary: 'Default version and number of targets of a few policies; those that are gone are left out',
    access: 'viewer',
    query: Type.Object({ policyName: Type.Array(PolicyName, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ uses: Type.Array(PolicyUse) })),
  },
  createPolicy: {
    method: 'POST',
    path: '/api/policies',
    summary: 'Makes a policy with its first version',
    access: 'admin',
    audit: 'CreatePolicy',
    body: Type.Object({ policyName: PolicyName, policyDocument: PolicyDocumentText, tags: Type.Optional(Tags) }),
    answer: json(Policy),
  },
  describePolicy: {
    method: 'GET',
    path: '/api/policies/:policyName',
    summary: 'A policy with the document of its default version, its versions and tags',
    access: 'viewer',
    params,
    answer: json(Policy),
  },
  deletePolicy: {
    method: 'DELETE',
    path: '/api/policies/:policyName',
    summary: 'Deletes a policy that is attached to nothing and has its default version alone',
    access: 'admin',
    audit: 'DeletePolicy',
    params,
    answer: EMPTY,
  },
  getPolicyVersion: {
    method: 'GET',
    path: '/api/policies/:policyName/versions/:versionId',
    summary: 'The document of a version',
    access: 'viewer',
    params: versionParams,
    answer: json(PolicyVersionDocument),
  },
  createPolicyVersion: {
    method: 'POST',
    path: '/api/policies/:policyName/versions',
    summary: 'Makes a version, unless the policy was changed meanwhile',
    access: 'admin',
    audit: 'CreatePolicyVersion',
    params,
    body: Type.Object({
      policyDocument: PolicyDocumentText,
      setAsDefault: Type.Boolean(),
      expectedDefaultVersionId: PolicyVersionId,
      expectedNewestVersionId: PolicyVersionId,
    }),
    answer: json(PolicyVersion),
  },
  setDefaultPolicyVersion: {
    method: 'PUT',
    path: '/api/policies/:policyName/default-version',
    summary: 'Makes a version the one that decides, unless another became that meanwhile',
    access: 'admin',
    audit: 'SetDefaultPolicyVersion',
    params,
    body: Type.Object({ versionId: PolicyVersionId, expectedDefaultVersionId: PolicyVersionId }),
    answer: EMPTY,
  },
  deletePolicyVersion: {
    method: 'DELETE',
    path: '/api/policies/:policyName/versions/:versionId',
    summary: 'Deletes a version that is not the default one',
    access: 'admin',
    audit: 'DeletePolicyVersion',
    params: versionParams,
    answer: EMPTY,
  },
  listPolicyTargets: {
    method: 'GET',
    path: '/api/policies/:policyName/targets',
    summary: 'A page of what a policy is attached to',
    access: 'viewer',
    params,
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(PolicyTargetPage),
  },
  describePolicyReach: {
    method: 'GET',
    path: '/api/policies/:policyName/reach',
    summary: 'The things that a policy holds for through one of its targets, and which of them are connected',
    access: 'viewer',
    params,
    query: Type.Object({ target: PolicyTargetText }),
    answer: json(PolicyReach),
  },
  attachPolicy: {
    method: 'POST',
    path: '/api/policies/:policyName/targets',
    summary: 'Attaches a policy to a certificate, a thing group or a Cognito identity',
    access: 'admin',
    audit: 'AttachPolicy',
    params,
    body: Type.Object({ target: PolicyTargetText }),
    answer: EMPTY,
  },
  detachPolicy: {
    method: 'DELETE',
    path: '/api/policies/:policyName/targets',
    summary: 'Detaches a policy from a target',
    access: 'admin',
    audit: 'DetachPolicy',
    params,
    query: Type.Object({ target: PolicyTargetText }),
    answer: EMPTY,
  },
})
