import { endpoints, type RuleDestination } from '@thingdeck/contract'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { RuleDestinationUsers } from './rule-destination-uses.ts'
import { createRuleDestinations } from './rule-destinations.ts'

/** What the trail calls it: an ARN is all the name that it has. */
const resource = (arn: string) => ({ type: 'rule-destination', id: arn, arn })

/** Where rules may send to beyond AWS: HTTP endpoints whose owner confirmed them, VPCs, databases of InfluxDB. */
export const ruleDestinations: Module = {
  name: 'rule-destinations',
  routes(app, { aws: { iot } }) {
    const destinations = createRuleDestinations(iot)
    const users = new RuleDestinationUsers(iot, SYSTEM_CLOCK)

    route(app, endpoints.listRuleDestinations, async ({ query }) => destinations.list(query))
    route(app, endpoints.listRuleDestinationUses, async ({ signal }) => users.read(signal))
    route(app, endpoints.getRuleDestination, async ({ params }) => destinations.get(params.arn))

    route(app, endpoints.createRuleDestination, async (request) => {
      const made = await destinations.create(request.body.destinationConfiguration)
      request.noteAudit({ resource: resource(made.arn), changes: changedMembers({}, made) })
      return made
    })

    /** Says what it was before and is now. The token of a confirmation is no part of either. */
    const changed = async (
      request: { noteAudit(note: object): void; params: { arn: string } },
      change: (arn: string) => Promise<RuleDestination>,
    ) => {
      const { arn } = request.params
      request.noteAudit({ resource: resource(arn) })
      const before = await destinations.get(arn)
      const after = await change(arn)
      request.noteAudit({ resource: resource(arn), changes: changedMembers(before, after) })
      return after
    }
    route(app, endpoints.updateRuleDestination, (request) =>
      changed(request, (arn) => destinations.setStatus(arn, request.body.status)),
    )
    route(app, endpoints.confirmRuleDestination, (request) =>
      changed(request, (arn) => destinations.confirm(arn, request.body.confirmationToken)),
    )

    route(app, endpoints.deleteRuleDestination, async (request) => {
      const { arn } = request.params
      request.noteAudit({ resource: resource(arn) })
      const before = await destinations.get(arn)
      await destinations.delete(arn)
      request.noteAudit({ resource: resource(arn), changes: changedMembers(before, {}) })
      return undefined
    })
  },
}
