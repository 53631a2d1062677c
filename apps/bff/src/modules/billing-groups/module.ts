import { type BillingGroup, type BillingGroupLook, endpoints } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { COUNTED_PAGE, countOf } from '../../aws/thing-counts.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createBillingGroups } from './billing-groups.ts'

/** Each is a ListTagsForResource, too, of which AWS takes 10 a second of an account: some are left to others. */
const LOOKS_PER_SECOND = 7

const resource = (id: string, arn?: string) => ({ type: 'billing-group', id, ...(arn !== undefined && { arn }) })

const decided = ({ description, tags }: BillingGroup) => ({ description, tags })

/** Billing groups: by which AWS tells the costs of things apart. */
export const billingGroups: Module = {
  name: 'billing-groups',
  routes(app, { aws: { iot } }) {
    const groups = createBillingGroups(iot)
    const pace = new Pace(SYSTEM_CLOCK, LOOKS_PER_SECOND)

    async function lookAt(billingGroupName: string): Promise<BillingGroupLook | undefined> {
      await pace.turn()
      const found = await unlessGone(
        Promise.all([groups.describe(billingGroupName), groups.things(billingGroupName, { maxResults: COUNTED_PAGE })]),
      )
      if (!found) return undefined
      const [{ description, createdAt }, { thingNames, nextToken }] = found
      return {
        billingGroupName,
        things: countOf(thingNames, nextToken),
        ...(description !== undefined && { description }),
        ...(createdAt !== undefined && { createdAt }),
      }
    }

    route(app, endpoints.listBillingGroups, async ({ query }) => groups.list(query))
    route(app, endpoints.listBillingGroupLooks, async ({ query }) => {
      const looks = await Promise.all(query.billingGroupName.map(lookAt))
      return { looks: looks.filter((look) => look !== undefined) }
    })
    route(app, endpoints.describeBillingGroup, async ({ params }) => groups.describe(params.billingGroupName))
    route(app, endpoints.listBillingGroupThings, async ({ params, query }) =>
      groups.things(params.billingGroupName, query),
    )

    route(app, endpoints.createBillingGroup, async (request) => {
      request.noteAudit({ resource: resource(request.body.billingGroupName) })
      const made = await groups.create(request.body)
      request.noteAudit({
        resource: resource(made.billingGroupName, made.billingGroupArn),
        changes: changedMembers({}, decided(made)),
      })
      return made
    })

    route(app, endpoints.updateBillingGroup, async (request) => {
      const { billingGroupName } = request.params
      request.noteAudit({ resource: resource(billingGroupName) })
      const before = await groups.describe(billingGroupName)
      const after = await groups.update(billingGroupName, request.body)
      request.noteAudit({
        resource: resource(billingGroupName, after.billingGroupArn),
        changes: changedMembers(decided(before), decided(after)),
      })
      return after
    })

    route(app, endpoints.deleteBillingGroup, async (request) => {
      const { billingGroupName } = request.params
      request.noteAudit({ resource: resource(billingGroupName) })
      const before = await groups.describe(billingGroupName)
      await groups.delete(billingGroupName, request.query.expectedVersion)
      request.noteAudit({
        resource: resource(billingGroupName, before.billingGroupArn),
        changes: changedMembers(decided(before), {}),
      })
      return undefined
    })

    route(app, endpoints.addThingToBillingGroup, async (request) => {
      const { billingGroupName, thingName } = request.params
      request.noteAudit({ resource: resource(billingGroupName), changes: changedMembers({}, { thing: thingName }) })
      await groups.add(billingGroupName, thingName)
      return undefined
    })

    route(app, endpoints.removeThingFromBillingGroup, async (request) => {
      const { billingGroupName, thingName } = request.params
      request.noteAudit({ resource: resource(billingGroupName), changes: changedMembers({ thing: thingName }, {}) })
      await groups.remove(billingGroupName, thingName)
      return undefined
    })
  },
}
