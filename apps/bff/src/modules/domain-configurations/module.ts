import { endpoints } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createDomainConfigurations } from './domain-configurations.ts'

const resource = (id: string, arn?: string) => ({ type: 'domain-configuration', id, ...(arn !== undefined && { arn }) })

/** Domain configurations: the hosts that devices connect to, and how they are let in there. */
export const domainConfigurations: Module = {
  name: 'domain-configurations',
  routes(app, { aws: { iot } }) {
    const configurations = createDomainConfigurations(iot)

    route(app, endpoints.listDomainConfigurations, async () => configurations.list())
    route(app, endpoints.describeDomainConfiguration, async ({ params }) =>
      configurations.describe(params.domainConfigurationName),
    )

    route(app, endpoints.createDomainConfiguration, async (request) => {
      request.noteAudit({ resource: resource(request.body.domainConfigurationName) })
      const made = await configurations.create(request.body)
      request.noteAudit({
        resource: resource(made.domainConfigurationName, made.domainConfigurationArn),
        changes: changedMembers({}, made),
      })
      return made
    })

    route(app, endpoints.updateDomainConfiguration, async (request) => {
      const { domainConfigurationName } = request.params
      request.noteAudit({ resource: resource(domainConfigurationName) })
      const before = await configurations.describe(domainConfigurationName)
      const after = await configurations.update(domainConfigurationName, request.body)
      request.noteAudit({
        resource: resource(domainConfigurationName, after.domainConfigurationArn),
        changes: changedMembers(before, after),
      })
      return after
    })

    route(app, endpoints.deleteDomainConfiguration, async (request) => {
      const { domainConfigurationName } = request.params
      request.noteAudit({ resource: resource(domainConfigurationName) })
      const before = await configurations.describe(domainConfigurationName)
      await configurations.delete(domainConfigurationName)
      request.noteAudit({
        resource: resource(domainConfigurationName, before.domainConfigurationArn),
        changes: changedMembers(before, {}),
      })
      return undefined
    })
  },
}
