import { endpoints, IOT_ROLE_PATH } from '@thingdeck/contract'
import { partitionOf } from '@thingdeck/policies'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { checkIotRole } from './iot-role-check.ts'
import { createIotRoles } from './iot-roles.ts'

/** Roles that AWS IoT acts with: which there are, what they may, and new ones that may no more than they need. */
export const iotRoles: Module = {
  name: 'iot-roles',
  routes(app, { aws: { iam }, config: { region, account, iotRoleBoundary } }) {
    const home = { partition: partitionOf(region), region, accountId: account }
    const roles = createIotRoles(iam, home, iotRoleBoundary)
    const resource = (id: string) => ({
      type: 'role',
      id,
      arn: `arn:${home.partition}:iam::${account}:role${IOT_ROLE_PATH}${id}`,
    })

    route(app, endpoints.listIotRoles, async () => roles.list())
    route(app, endpoints.checkIotRole, async ({ body }) => checkIotRole(iam, home, body))

    route(app, endpoints.createIotRole, async (request) => {
      request.noteAudit({ resource: resource(request.body.roleName) })
      const { role, documents } = await roles.create(request.body)
      request.noteAudit({ resource: resource(role.roleName), changes: changedMembers({}, { ...role, ...documents }) })
      return role
    })

    route(app, endpoints.allowIotRole, async (request) => {
      const { roleName } = request.params
      request.noteAudit({ resource: resource(roleName) })
      const { role, before, after } = await roles.allow(roleName, request.body)
      request.noteAudit({
        resource: resource(roleName),
        changes: changedMembers({ policy: before }, { policy: after }),
      })
      return role
    })
  },
}
