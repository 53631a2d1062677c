import { queryOptions } from '@tanstack/react-query'
import { endpoints, type RuleRolePermission } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { IOT_ROLES } from '../../../shared/pickers/iot-role-picker.tsx'

/** Whether AWS IoT may be the role for the rule, and what of this the role may. */
export const roleCheckQuery = (
  roleArn: string,
  ruleName: string | undefined,
  permissions: readonly RuleRolePermission[],
) =>
  queryOptions({
    queryKey: [...IOT_ROLES, 'check', roleArn, ruleName ?? '', JSON.stringify(permissions)],
    queryFn: ({ signal }) =>
      api(endpoints.checkRuleRole, {
        body: { roleArn, ...(ruleName !== undefined && { ruleName }), permissions: [...permissions] },
        signal,
      }),
    staleTime: 10_000, // ms
    retry: false,
  })
