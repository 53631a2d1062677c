import {
  actionPermissions,
  functionPermissions,
  invokedFunctions,
  type RuleHome,
  type RulePermission,
  templatePermissions,
  withPatterns,
} from '@thingdeck/rules-sql'
import type { RoleNeeds } from '../../../shared/iot-roles/role-report.tsx'
import { textAt } from '../actions/action-description.ts'
import { textsIn } from '../actions/action-texts.ts'
import { describeAction } from '../actions/actions.ts'
import type { EditedAction } from './rule-values.ts'

export interface RuleRoleNeeds {
  /** With what needs it: 'SQS', 'get_secret()'. */
  readonly roles: readonly RoleNeeds[]
  /** What the actions need that have no role yet; empty where all have one. */
  readonly missing: { readonly permissions: readonly RulePermission[]; readonly users: readonly string[] }
  /** Functions of Lambda that the rule calls: they let AWS IoT do so themselves. */
  readonly functions: readonly string[]
}

/** What a rule needs of which role; what is not named yet in an action is left out. */
export function roleNeedsOf(
  actions: readonly Pick<EditedAction, 'name' | 'settings'>[],
  sql: string,
  home: RuleHome,
): RuleRoleNeeds {
  const needs = actions.flatMap(({ name, settings }) => {
    const { fields, title } = describeAction(name)
    const role = fields.find(({ kind }) => kind.is === 'role')
    if (!role) return []
    const roleArn = textAt(settings, role.path)
    if (roleArn === '' && role.isRequired !== true && name === 'http') return [] // it signs nothing
    return [{ roleArn, user: title, permissions: actionPermissions(name, withPatterns(settings), home) }]
  })
  const asked = [
    ...functionPermissions(sql, home),
    ...actions.flatMap(({ settings }) => textsIn(settings).flatMap((text) => templatePermissions(text, home))),
  ].map(({ function: name, roleArn, ...permission }) => ({
    roleArn,
    user: `${name}()`,
    permissions: [permission],
  }))
  const byRole = Map.groupBy([...needs, ...asked], ({ roleArn }) => roleArn)
  const together = (found: typeof needs = []) => ({
    permissions: unique(found.flatMap(({ permissions }) => permissions)),
    users: [...new Set(found.map(({ user }) => user))],
  })
  return {
    roles: Array.from(byRole, ([roleArn, found]) => ({ roleArn, ...together(found) })).filter(
      ({ roleArn }) => roleArn !== '',
    ),
    missing: together(byRole.get('')),
    functions: [
      ...new Set([
        ...invokedFunctions(sql),
        ...actions.flatMap(({ name, settings }) => {
          const functionArn = textAt(settings, 'functionArn')
          return name === 'lambda' && functionArn !== '' ? [functionArn] : []
        }),
      ]),
    ],
  }
}

const unique = (permissions: readonly RulePermission[]): readonly RulePermission[] => [
  ...new Map(permissions.map((permission) => [`${permission.action} ${permission.resource}`, permission])).values(),
]
