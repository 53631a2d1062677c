import { isDeepStrictEqual } from 'node:util'
import { ListThingsCommand } from '@aws-sdk/client-iot'
import { endpoints, type ThingTypeDetail } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { COUNTED_PAGE, countOf, ThingCounts } from '../../aws/thing-counts.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { InTurn } from '../../in-turn.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'
import { createThingTypes } from './thing-types.ts'

/** AWS takes 10 ListThings a second of an account: some are left to others. */
const COUNTS_PER_SECOND = 7

const resource = (id: string, arn?: string) => ({ type: 'thing-type', id, ...(arn !== undefined && { arn }) })

/** What the trail has of a type: what people decided. */
const decided = ({
  description,
  searchableAttributes,
  propagatingAttributes,
  isDeprecated,
  tags,
}: ThingTypeDetail) => ({
  description,
  searchableAttributes,
  propagatingAttributes,
  isDeprecated,
  tags,
})

/** Thing types: what things of a kind have in common. */
export const thingTypes: Module = {
  name: 'thing-types',
  routes(app, { aws: { iot } }) {
    const types = createThingTypes(iot)
    const counts = new ThingCounts(iot, SYSTEM_CLOCK, 'registry.thingTypeName')
    const pace = new Pace(SYSTEM_CLOCK, COUNTS_PER_SECOND)
    const inTurn = new InTurn()

    const useOf = async (thingTypeName: string) => {
      const things = await counts.of(thingTypeName, async () => {
        await pace.turn()
        const found = await iot.send(new ListThingsCommand({ thingTypeName, maxResults: COUNTED_PAGE }))
        return countOf(found.things, found.nextToken)
      })
      return { thingTypeName, things }
    }

    route(app, endpoints.listThingTypes, async ({ query }) => types.list(query))
    route(app, endpoints.listThingTypeUses, async ({ query }) => ({
      uses: await Promise.all(query.thingTypeName.map(useOf)),
    }))
    route(app, endpoints.describeThingType, async ({ params }) => types.describe(params.thingTypeName))

    route(app, endpoints.createThingType, async (request) => {
      request.noteAudit({ resource: resource(request.body.thingTypeName) })
      const made = await types.create(request.body)
      request.noteAudit({
        resource: resource(made.thingTypeName, made.thingTypeArn),
        changes: changedMembers({}, decided(made)),
      })
      return made
    })

    route(app, endpoints.updateThingType, async (request) => {
      const { thingTypeName } = request.params
      const { propagatingAttributes, expected } = request.body
      request.noteAudit({ resource: resource(thingTypeName) })
      const { before, after } = await inTurn.do(thingTypeName, async () => {
        const seen = await types.describe(thingTypeName)
        // AWS has no version of a type, so that a moment is left in which somebody may be faster by another way.
        if (expected && !isDeepStrictEqual(expected, seen.propagatingAttributes)) {
          throw new Problem('THING_TYPE_CHANGED', `What messages of ${thingTypeName} get is not what it was any more.`)
        }
        return { before: seen, after: await types.update(thingTypeName, propagatingAttributes) }
      })
      request.noteAudit({
        resource: resource(thingTypeName, after.thingTypeArn),
        changes: changedMembers(decided(before), decided(after)),
      })
      return after
    })

    route(app, endpoints.deprecateThingType, async (request) => {
      const { thingTypeName } = request.params
      request.noteAudit({ resource: resource(thingTypeName) })
      const before = await types.describe(thingTypeName)
      const after = await types.deprecate(thingTypeName, request.body.isDeprecated)
      request.noteAudit({
        resource: resource(thingTypeName, after.thingTypeArn),
        changes: changedMembers(decided(before), decided(after)),
      })
      return after
    })

    route(app, endpoints.deleteThingType, async (request) => {
      const { thingTypeName } = request.params
      request.noteAudit({ resource: resource(thingTypeName) })
      const before = await types.describe(thingTypeName)
      await types.delete(thingTypeName)
      request.noteAudit({
        resource: resource(thingTypeName, before.thingTypeArn),
        changes: changedMembers(decided(before), {}),
      })
      return undefined
    })
  },
}
