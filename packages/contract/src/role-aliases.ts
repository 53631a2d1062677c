import { type Static, Type } from 'typebox'
import { CertificateId } from './certificates.ts'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { NextToken, ThingName } from './things.ts'

/** 1 to 128 of `a-zA-Z0-9_=,@-` (AWS IoT API reference, CreateRoleAlias). */
export const RoleAliasName = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_=,@-]+$' })

/** AWS IoT API reference, CreateRoleAlias; AWS judges whether there is such a role. */
export const RoleArn = Type.String({
  minLength: 20,
  maxLength: 2048,
  pattern: '^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role/.+$',
})

/** For how long devices get credentials, in seconds; AWS has 3600 where none is given (AWS IoT API reference). */
export const CredentialDurationSeconds = Type.Integer({ minimum: 900, maximum: 43_200 })

const definition = { roleArn: RoleArn, credentialDurationSeconds: CredentialDurationSeconds }

export const RoleAlias = Type.Object({
  roleAlias: Type.String(),
  roleAliasArn: Type.String(),
  roleArn: Type.String(),
  credentialDurationSeconds: Type.Integer(),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  changedAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type RoleAlias = Static<typeof RoleAlias>

export const RoleAliasPage = Type.Object({
  roleAliases: Type.Array(Type.String({ description: 'AWS lists the names alone' })),
  nextToken: Type.Optional(Type.String()),
})
export type RoleAliasPage = Static<typeof RoleAliasPage>

/** A policy that speaks of a role alias, and what it is attached to. */
export const RoleAliasPolicy = Type.Object({
  policyName: Type.String(),
  effect: oneOf(['allows', 'denies', 'depends'] as const, {
    description: '`depends`: on who asks, by a variable or a condition',
  }),
  targets: Type.Array(Type.String({ description: 'ARNs of certificates and thing groups, or Cognito identity ids' })),
  hasMoreTargets: Type.Boolean({ description: 'More than are named' }),
})
export type RoleAliasPolicy = Static<typeof RoleAliasPolicy>

/**
 * Who may use a role alias, by the policies of the account. AWS gives one document at a time: they are looked through at a
 * pace that leaves its rates to others, and the answer says how far that is.
 */
export const RoleAliasUsers = Type.Object({
  looked: Type.Integer({ description: 'So many policies were looked at so far' }),
  listed: Type.Integer({ description: 'Of so many' }),
  isOver: Type.Boolean({ description: 'Whether all of these were looked at' }),
  isAll: Type.Boolean({ description: 'Whether the account has no more than these' }),
  policies: Type.Array(RoleAliasPolicy),
})
export type RoleAliasUsers = Static<typeof RoleAliasUsers>

/** What AWS's credentials provider would answer a device, as far as the device's policies decide. */
export const RoleAliasTrial = Type.Object({
  decision: oneOf(['ALLOWED', 'EXPLICIT_DENY', 'IMPLICIT_DENY'] as const, {
    description: 'Of iot:AssumeRoleWithCertificate on the alias, by the policies that the certificate has',
  }),
  why: Type.String({ description: 'Which statement decided, in words' }),
  certificateStatus: Type.String({ description: 'Only an ACTIVE one gets credentials' }),
  isThingAttached: Type.Optional(
    Type.Boolean({ description: 'Whether the certificate is attached to the thing that was named' }),
  ),
  policyNames: Type.Array(Type.String()),
  endpoint: Type.Object({
    url: Type.String({ description: 'Where a device asks' }),
    rootCaUrl: Type.String({ description: 'The CA that the endpoint is known by' }),
  }),
})
export type RoleAliasTrial = Static<typeof RoleAliasTrial>

const params = Type.Object({ roleAlias: RoleAliasName })

export const roleAliasEndpoints = defineEndpoints({
  listRoleAliases: {
    method: 'GET',
    path: '/api/role-aliases',
    summary: 'A page of the names of role aliases',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(RoleAliasPage),
  },
  createRoleAlias: {
    method: 'POST',
    path: '/api/role-aliases',
    summary: 'Makes a role alias, by which devices get credentials of the role',
    access: 'admin',
    audit: 'CreateRoleAlias',
    body: Type.Object({ roleAlias: RoleAliasName, ...definition }),
    answer: json(RoleAlias),
  },
  describeRoleAlias: {
    method: 'GET',
    path: '/api/role-aliases/:roleAlias',
    summary: 'A role alias',
    access: 'viewer',
    params,
    answer: json(RoleAlias),
  },
  updateRoleAlias: {
    method: 'PUT',
    path: '/api/role-aliases/:roleAlias',
    summary: 'Points a role alias at a role, and says for how long credentials are good',
    access: 'admin',
    audit: 'UpdateRoleAlias',
    params,
    body: Type.Object(definition),
    answer: json(RoleAlias),
  },
  deleteRoleAlias: {
    method: 'DELETE',
    path: '/api/role-aliases/:roleAlias',
    summary: 'Deletes a role alias: devices get no credentials by it any more',
    access: 'admin',
    audit: 'DeleteRoleAlias',
    params,
    answer: EMPTY,
  },
  listRoleAliasUsers: {
    method: 'GET',
    path: '/api/role-aliases/:roleAlias/users',
    summary: 'Which policies let whom use a role alias, as far as they were looked through',
    access: 'viewer',
    params,
    answer: json(RoleAliasUsers),
  },
  tryRoleAlias: {
    method: 'GET',
    path: '/api/role-aliases/:roleAlias/trial',
    summary: 'Whether a certificate may get credentials by a role alias, and how a device asks for them',
    access: 'viewer',
    params,
    query: Type.Object({ certificateId: CertificateId, thingName: Type.Optional(ThingName) }),
    answer: json(RoleAliasTrial),
  },
})
