import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { RoleArn } from './role-aliases.ts'

/** IAM API reference, CreateRole. */
export const IotRoleName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\w+=,.@-]+$' })

/** Where the console makes roles, and the only roles whose policies it writes. */
export const IOT_ROLE_PATH = '/thingdeck/'

/**
 * What AWS IoT does with a role: a rule's actions, or what a provisioning template says. Which permissions a role may be
 * given here follows from it.
 */
export const IOT_ROLE_PURPOSES = ['rule', 'provisioning'] as const
export const IotRolePurpose = oneOf(IOT_ROLE_PURPOSES)
export type IotRolePurpose = Static<typeof IotRolePurpose>

/** The inline policy that the console writes, of roles that it made. */
export const IOT_ROLE_POLICIES: Readonly<Record<IotRolePurpose, string>> = {
  rule: 'thingdeck-rules',
  provisioning: 'thingdeck-provisioning',
}

/** What a rule's actions and functions, or provisioning, ask of a role. */
export const IotRolePermission = Type.Object({
  action: Type.String({ pattern: '^[a-z0-9]+:[A-Za-z]+$', description: 'One that the purpose needs' }),
  resource: Type.String({ minLength: 1, maxLength: 2_048, pattern: '^(\\*|arn:aws[a-z-]*:.+)$' }),
})
export type IotRolePermission = Static<typeof IotRolePermission>

/** Of a rule or a provisioning template, whichever is longer. */
const ResourceName = { minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_-]+$' } as const

const permissions = Type.Array(IotRolePermission, { minItems: 1, maxItems: 100 })

export const IotRole = Type.Object({
  roleName: Type.String(),
  roleArn: Type.String(),
  description: Type.Optional(Type.String()),
})
export type IotRole = Static<typeof IotRole>

/** Roles that trust AWS IoT. IAM cannot search for them: so many roles are looked through. */
export const IotRoleList = Type.Object({
  roles: Type.Array(IotRole),
  looked: Type.Integer({ description: 'So many roles were looked at' }),
  isAll: Type.Boolean({ description: 'Whether the account has no more' }),
  boundary: Type.Optional(
    Type.String({ description: 'ARN of the permissions boundary of roles that the console makes' }),
  ),
})
export type IotRoleList = Static<typeof IotRoleList>

const decision = oneOf(['ALLOWED', 'EXPLICIT_DENY', 'IMPLICIT_DENY'] as const)

/** What a role may, as its own policies have it. What an organisation or the resource denies, IAM does not tell here. */
export const IotRoleCheck = Type.Object({
  roleName: Type.String(),
  isFound: Type.Boolean({ description: 'Without it, the rest says nothing' }),
  mayBeChanged: Type.Boolean({
    description: `Whether the console may add permissions: it is below ${IOT_ROLE_PATH}, and AWS IoT may be it`,
  }),
  trust: Type.Object({ decision, why: Type.String() }, { description: 'Whether AWS IoT may be the role for this' }),
  permissions: Type.Array(
    Type.Object({ action: Type.String(), resource: Type.String(), decision, why: Type.String() }),
  ),
  hasBoundary: Type.Boolean({ description: 'A permissions boundary may deny what is allowed here' }),
  unread: Type.Array(Type.String(), {
    description: 'Policies of the role that could not be read, or not be understood',
  }),
})
export type IotRoleCheck = Static<typeof IotRoleCheck>

export const iotRoleEndpoints = defineEndpoints({
  listIotRoles: {
    method: 'GET',
    path: '/api/iot-roles',
    summary: 'Roles that trust AWS IoT, which rules and provisioning templates may act with',
    access: 'admin',
    answer: json(IotRoleList),
  },
  checkIotRole: {
    method: 'POST',
    path: '/api/iot-role-checks',
    summary: 'Whether AWS IoT may be a role for a rule or a template, and what of what that needs the role may',
    access: 'admin',
    audit: false, // it reads
    body: Type.Object({
      roleArn: RoleArn,
      purpose: IotRolePurpose,
      name: Type.Optional(
        Type.String({ ...ResourceName, description: 'Of the rule, or the template; any where none is known yet' }),
      ),
      permissions: Type.Array(IotRolePermission, { maxItems: 100 }),
    }),
    answer: json(IotRoleCheck),
  },
  createIotRole: {
    method: 'POST',
    path: '/api/iot-roles',
    summary: 'Makes a role that only AWS IoT of this account may be, and that may nothing but this',
    access: 'admin',
    audit: 'CreateRole',
    body: Type.Object({ purpose: IotRolePurpose, roleName: IotRoleName, permissions }),
    answer: json(IotRole),
  },
  allowIotRole: {
    method: 'POST',
    path: '/api/iot-roles/:roleName/permissions',
    summary: 'Lets a role that the console made do more',
    access: 'admin',
    audit: 'PutRolePolicy',
    params: Type.Object({ roleName: IotRoleName }),
    body: Type.Object({ purpose: IotRolePurpose, permissions }),
    answer: json(IotRole),
  },
})
