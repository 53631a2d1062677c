import { endpoints, type ThingGroup } from '@thingdeck/contract'
import { ensureSame } from '../../aws/made-anew.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { ThingGroupLooks } from './thing-group-looks.ts'
import { thingGroupPolicies } from './thing-group-policies.ts'
import { tryThingGroupQuery } from './thing-group-trial.ts'
import { createThingGroups } from './thing-groups.ts'

const resource = (id: string, arn?: string) => ({ type: 'thing-group', id, ...(arn !== undefined && { arn }) })

/** What the trail has of a group: what people decided. */
const decided = ({ description, attributes, queryString, parents, tags }: ThingGroup) => ({
  description,
  attributes,
  queryString,
  parent: parents.at(-1),
  tags,
})

/** Thing groups: the tree of static ones, dynamic ones, their things and policies. */
export const thingGroups: Module = {
  name: 'thing-groups',
  routes(app, { aws: { iot } }) {
    const groups = createThingGroups(iot)
    const looks = new ThingGroupLooks(iot, groups, SYSTEM_CLOCK)

    route(app, endpoints.listThingGroups, async ({ query }) => groups.list(query))
    route(app, endpoints.listThingGroupLooks, async ({ query }) => ({ looks: await looks.of(query.thingGroupName) }))
    route(app, endpoints.tryThingGroupQuery, async ({ query }) => tryThingGroupQuery(iot, query.queryString))
    route(app, endpoints.describeThingGroup, async ({ params }) => groups.describe(params.thingGroupName))
    route(app, endpoints.listThingGroupThings, async ({ params, query }) => groups.things(params.thingGroupName, query))
    route(app, endpoints.listThingGroupPolicies, async ({ params }) => ({
      policies: await thingGroupPolicies(iot, await groups.find(params.thingGroupName)),
    }))

    route(app, endpoints.createThingGroup, async (request) => {
      request.noteAudit({ resource: resource(request.body.thingGroupName) })
      const made = await groups.create(request.body)
      request.noteAudit({
        resource: resource(made.thingGroupName, made.thingGroupArn),
        changes: changedMembers({}, decided(made)),
      })
      return made
    })

    route(app, endpoints.updateThingGroup, async (request) => {
      const { thingGroupName } = request.params
      request.noteAudit({ resource: resource(thingGroupName) })
      const before = await groups.describe(thingGroupName)
      ensureSame(thingGroupName, before.thingGroupId, request.body.expectedThingGroupId)
      const after = await groups.update(before, request.body)
      request.noteAudit({
        resource: resource(thingGroupName, after.thingGroupArn),
        changes: changedMembers(decided(before), decided(after)),
      })
      return after
    })

    route(app, endpoints.deleteThingGroup, async (request) => {
      const { thingGroupName } = request.params
      request.noteAudit({ resource: resource(thingGroupName) })
      const before = await groups.describe(thingGroupName)
      ensureSame(thingGroupName, before.thingGroupId, request.query.expectedThingGroupId)
      await groups.delete(before, request.query.expectedVersion)
      request.noteAudit({
        resource: resource(thingGroupName, before.thingGroupArn),
        changes: changedMembers(decided(before), {}),
      })
      return undefined
    })

    route(app, endpoints.addThingToThingGroup, async (request) => {
      const { thingGroupName, thingName } = request.params
      request.noteAudit({ resource: resource(thingGroupName), changes: changedMembers({}, { thing: thingName }) })
      await groups.add(thingGroupName, thingName, request.body.overrideDynamicGroups ?? false)
      return undefined
    })

    route(app, endpoints.removeThingFromThingGroup, async (request) => {
      const { thingGroupName, thingName } = request.params
      request.noteAudit({ resource: resource(thingGroupName), changes: changedMembers({ thing: thingName }, {}) })
      await groups.remove(thingGroupName, thingName)
      return undefined
    })
  },
}
