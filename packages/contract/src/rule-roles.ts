import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { RoleArn } from './role-aliases.ts'
import { RuleName } from './rules.ts'

/** IAM API reference, CreateRole. */
export const RuleRoleName = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\w+=,.@-]+$' })

/** Where the console makes roles, and the only roles whose policies it writes. */
export const RULE_ROLE_PATH = '/thingdeck/'

/** What a rule's actions and functions ask of a role. */
export const RuleRolePermission = Type.Object({
  action: Type.String({ pattern: '^[a-z0-9]+:[A-Za-z]+$', description: 'One that actions or functions of rules need' }),
  resource: Type.String({ minLength: 1, maxLength: 2_048, pattern: '^(\\*|arn:aws[a-z-]*:.+)$' }),
})
export type RuleRolePermission = Static<typeof RuleRolePermission>

const permissions = Type.Array(RuleRolePermission, { minItems: 1, maxItems: 100 })

export const RuleRole = Type.Object({
  roleName: Type.String(),
  roleArn: Type.String(),
  description: Type.Optional(Type.String()),
})
export type RuleRole = Static<typeof RuleRole>

/** Roles that trust AWS IoT. IAM cannot search for them: so many roles are looked through. */
export const RuleRoleList = Type.Object({
  roles: Type.Array(RuleRole),
  looked: Type.Integer({ description: 'So many roles were looked at' }),
  isAll: Type.Boolean({ description: 'Whether the account has no more' }),
})
export type RuleRoleList = Static<typeof RuleRoleList>

const decision = oneOf(['ALLOWED', 'EXPLICIT_DENY', 'IMPLICIT_DENY'] as const)

/** What a role may, as its own policies have it. What an organisation or the resource denies, IAM does not tell here. */
export const RuleRoleCheck = Type.Object({
  roleName: Type.String(),
  isFound: Type.Boolean({ description: 'Without it, the rest says nothing' }),
  mayBeChanged: Type.Boolean({
    description: `Whether the console may add permissions: it is below ${RULE_ROLE_PATH}, and AWS IoT may be it`,
  }),
  trust: Type.Object(
    { decision, why: Type.String() },
    { description: 'Whether AWS IoT may be the role for this rule' },
  ),
  permissions: Type.Array(
    Type.Object({ action: Type.String(), resource: Type.String(), decision, why: Type.String() }),
  ),
  hasBoundary: Type.Boolean({ description: 'A permissions boundary may deny what is allowed here' }),
  unread: Type.Array(Type.String(), {
    description: 'Policies of the role that could not be read, or not be understood',
  }),
})
export type RuleRoleCheck = Static<typeof RuleRoleCheck>

export const ruleRoleEndpoints = defineEndpoints({
  listRuleRoles: {
    method: 'GET',
    path: '/api/rule-roles',
    summary: 'Roles that trust AWS IoT, which rules may act with',
    access: 'admin',
    answer: json(RuleRoleList),
  },
  checkRuleRole: {
    method: 'POST',
    path: '/api/rule-role-checks',
    summary: 'Whether AWS IoT may be a role for a rule, and what of what the rule needs the role may',
    access: 'admin',
    audit: false, // it reads
    body: Type.Object({
      roleArn: RoleArn,
      ruleName: Type.Optional(RuleName),
      permissions: Type.Array(RuleRolePermission, { maxItems: 100 }),
    }),
    answer: json(RuleRoleCheck),
  },
  createRuleRole: {
    method: 'POST',
    path: '/api/rule-roles',
    summary: 'Makes a role that only AWS IoT of this account may be, and that may nothing but this',
    access: 'admin',
    audit: 'CreateRole',
    body: Type.Object({ roleName: RuleRoleName, permissions }),
    answer: json(RuleRole),
  },
  allowRuleRole: {
    method: 'POST',
    path: '/api/rule-roles/:roleName/permissions',
    summary: 'Lets a role that the console made do more',
    access: 'admin',
    audit: 'PutRolePolicy',
    params: Type.Object({ roleName: RuleRoleName }),
    body: Type.Object({ permissions }),
    answer: json(RuleRole),
  },
})
