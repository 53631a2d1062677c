import { queryOptions } from '@tanstack/react-query'
import { endpoints, type RuleRolePermission } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'

export const RULE_ROLES = ['rule-roles'] as const

export const ruleRolesQuery = queryOptions({
  queryKey: [...RULE_ROLES, 'list'],
  queryFn: ({ signal }) => api(endpoints.listRuleRoles, { signal }),
  staleTime: 30_000, // ms
  retry: false,
})

/** Whether AWS IoT may be the role for the rule, and what of this the role may. */
export const roleCheckQuery = (
  roleArn: string,
  ruleName: string | undefined,
  permissions: readonly RuleRolePermission[],
) =>
  queryOptions({
    queryKey: [...RULE_ROLES, 'check', roleArn, ruleName ?? '', JSON.stringify(permissions)],
    queryFn: ({ signal }) =>
      api(endpoints.checkRuleRole, {
        body: { roleArn, ...(ruleName !== undefined && { ruleName }), permissions: [...permissions] },
        signal,
      }),
    staleTime: 10_000, // ms
    retry: false,
  })
