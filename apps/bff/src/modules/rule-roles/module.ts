import { endpoints, RULE_ROLE_PATH } from '@thingdeck/contract'
import { partitionOf } from '@thingdeck/policies'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { checkRuleRole } from './rule-role-check.ts'
import { createRuleRoles } from './rule-roles.ts'

/** Roles that rules act with: which there are, what they may, and new ones that may no more than they need. */
export const ruleRoles: Module = {
  name: 'rule-roles',
  routes(app, { aws: { iam }, config: { region, account } }) {
    const home = { partition: partitionOf(region), region, accountId: account }
    const roles = createRuleRoles(iam, home)
    const resource = (id: string) => ({
      type: 'role',
      id,
      arn: `arn:${home.partition}:iam::${account}:role${RULE_ROLE_PATH}${id}`,
    })

    route(app, endpoints.listRuleRoles, async () => roles.list())
    route(app, endpoints.checkRuleRole, async ({ body }) => checkRuleRole(iam, home, body))

    route(app, endpoints.createRuleRole, async (request) => {
      request.noteAudit({ resource: resource(request.body.roleName) })
      const { role, documents } = await roles.create(request.body)
      request.noteAudit({ resource: resource(role.roleName), changes: changedMembers({}, { ...role, ...documents }) })
      return role
    })

    route(app, endpoints.allowRuleRole, async (request) => {
      const { roleName } = request.params
      request.noteAudit({ resource: resource(roleName) })
      const { role, before, after } = await roles.allow(roleName, request.body.permissions)
      request.noteAudit({
        resource: resource(roleName),
        changes: changedMembers({ policy: before }, { policy: after }),
      })
      return role
    })
  },
}
