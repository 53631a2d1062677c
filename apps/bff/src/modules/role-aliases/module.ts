import { endpoints } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { tryRoleAlias } from './role-alias-trial.ts'
import { roleAliasUsers } from './role-alias-users.ts'
import { createRoleAliases } from './role-aliases.ts'

const resource = (id: string, arn?: string) => ({ type: 'role-alias', id, ...(arn !== undefined && { arn }) })

/** Role aliases: by which devices get credentials of a role for their certificates. */
export const roleAliases: Module = {
  name: 'role-aliases',
  routes(app, { aws: { iot, policyLooks }, config }) {
    const aliases = createRoleAliases(iot)

    route(app, endpoints.listRoleAliases, async ({ query }) => aliases.list(query))
    route(app, endpoints.describeRoleAlias, async ({ params }) => aliases.describe(params.roleAlias))

    route(app, endpoints.createRoleAlias, async (request) => {
      request.noteAudit({ resource: resource(request.body.roleAlias) })
      const made = await aliases.create(request.body)
      request.noteAudit({ resource: resource(made.roleAlias, made.roleAliasArn), changes: changedMembers({}, made) })
      return made
    })

    route(app, endpoints.updateRoleAlias, async (request) => {
      const { roleAlias } = request.params
      request.noteAudit({ resource: resource(roleAlias) })
      const before = await aliases.describe(roleAlias)
      const after = await aliases.update(roleAlias, request.body)
      request.noteAudit({
        resource: resource(roleAlias, after.roleAliasArn),
        changes: changedMembers(before, after),
      })
      return after
    })

    route(app, endpoints.deleteRoleAlias, async (request) => {
      const { roleAlias } = request.params
      request.noteAudit({ resource: resource(roleAlias) })
      const before = await aliases.describe(roleAlias)
      await aliases.delete(roleAlias)
      request.noteAudit({
        resource: resource(roleAlias, before.roleAliasArn),
        changes: changedMembers(before, {}),
      })
      return undefined
    })

    route(app, endpoints.listRoleAliasUsers, async ({ params }) => {
      const { roleAliasArn } = await aliases.describe(params.roleAlias)
      return roleAliasUsers(policyLooks, roleAliasArn)
    })
    route(app, endpoints.tryRoleAlias, async ({ params, query }) =>
      tryRoleAlias(iot, config, await aliases.describe(params.roleAlias), query),
    )
  },
}
