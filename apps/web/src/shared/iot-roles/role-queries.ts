import { queryOptions } from '@tanstack/react-query'
import { endpoints, type IotRolePermission, type IotRolePurpose } from '@thingdeck/contract'
import { api } from '../api.ts'

export const IOT_ROLES = ['iot-roles'] as const

export const iotRolesQuery = queryOptions({
  queryKey: [...IOT_ROLES, 'list'],
  queryFn: ({ signal }) => api(endpoints.listIotRoles, { signal }),
  staleTime: 30_000, // ms
  retry: false,
})

/** Whom a role is for. */
export interface RoleUser {
  readonly purpose: IotRolePurpose
  /** Of the rule, or the template; any where none is known yet. */
  readonly name?: string | undefined
}

/** Whether AWS IoT may be the role for this, and what of what that needs the role may. */
export const roleCheckQuery = (
  roleArn: string,
  { purpose, name }: RoleUser,
  permissions: readonly IotRolePermission[],
) =>
  queryOptions({
    queryKey: [...IOT_ROLES, 'check', roleArn, purpose, name ?? '', JSON.stringify(permissions)],
    queryFn: ({ signal }) =>
      api(endpoints.checkIotRole, {
        body: { purpose, roleArn, ...(name !== undefined && { name }), permissions: [...permissions] },
        signal,
      }),
    staleTime: 10_000, // ms
    retry: false,
  })
