import { endpoints } from '@thingdeck/contract'
import type { FastifyInstance } from 'fastify'
import type { Aws } from '../../aws/aws.ts'
import { certificateIdOf } from '../../aws/certificates/certificate-id.ts'
import { ensureSame } from '../../aws/made-anew.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import { createThingWrites } from './thing-writes.ts'

/** Of the trail's two sides of a membership or an attachment, the one that is there. */
const THERE = 'there'

const named = (names: readonly string[], value: string = THERE) =>
  Object.fromEntries(names.map((name) => [name, value]))

/** What an admin does with things. Each write is noted before AWS is asked, so that the trail has a refused one, too. */
export function thingWriteRoutes(app: FastifyInstance, aws: Aws): void {
  const writes = createThingWrites(aws.iot)

  route(app, endpoints.createThing, async (request) => {
    const { thingName, attributes = {}, ...rest } = request.body
    request.noteAudit({
      resource: aws.arns.thing(thingName),
      changes: [...changedMembers({}, rest), ...changedMembers({}, attributes, 'attributes')],
    })
    return writes.create(request.body)
  })

  route(app, endpoints.updateThing, async (request) => {
    const { thingName } = request.params
    const { expectedThingId, ...change } = request.body
    const { expectedVersion, thingTypeName, removeThingType, attributes = {} } = change
    request.noteAudit({ resource: aws.arns.thing(thingName), beforeVersion: expectedVersion })
    const before = await aws.things.registered(thingName)
    const typeAfter = removeThingType ? undefined : (thingTypeName ?? before.thingTypeName)
    const kept = Object.entries({ ...before.attributes, ...attributes }).filter(([, value]) => value !== '')
    request.noteAudit({
      changes: [
        ...changedMembers({ thingTypeName: before.thingTypeName }, { thingTypeName: typeAfter }),
        ...changedMembers(before.attributes, Object.fromEntries(kept), 'attributes'),
      ],
    })
    ensureSame(thingName, before.thingId, expectedThingId)
    await writes.update(thingName, change)
    request.noteAudit({ version: expectedVersion + 1 })
    return undefined
  })

  route(app, endpoints.deleteThing, async (request) => {
    const { thingName } = request.params
    request.noteAudit({ resource: aws.arns.thing(thingName) })
    const { expectedVersion, expectedThingId } = request.query
    const { thingId, version, attributes, thingTypeName, billingGroupName } = await aws.things.registered(thingName)
    request.noteAudit({
      beforeVersion: version,
      changes: [
        ...changedMembers({ thingTypeName, billingGroupName }, {}),
        ...changedMembers(attributes, {}, 'attributes'),
      ],
    })
    ensureSame(thingName, thingId, expectedThingId)
    await writes.delete(thingName, expectedVersion)
    return undefined
  })

  route(app, endpoints.updateThingGroupsForThing, async (request) => {
    const { thingName } = request.params
    const { add, remove } = request.body
    request.noteAudit({
      resource: aws.arns.thing(thingName),
      changes: changedMembers(named(remove), named(add), 'groups'),
    })
    await writes.changeGroups(thingName, request.body)
    return undefined
  })

  route(app, endpoints.setThingBillingGroup, async (request) => {
    const { thingName } = request.params
    const { billingGroupName } = request.body
    request.noteAudit({ resource: aws.arns.thing(thingName) })
    const before = await aws.things.registered(thingName)
    request.noteAudit({
      changes: changedMembers({ billingGroupName: before.billingGroupName }, { billingGroupName }),
    })
    await writes.setBillingGroup(thingName, billingGroupName)
    return undefined
  })

  route(app, endpoints.leaveThingBillingGroup, async (request) => {
    const { thingName } = request.params
    const { billingGroupName } = request.query
    request.noteAudit({ resource: aws.arns.thing(thingName), changes: changedMembers({ billingGroupName }, {}) })
    await writes.leaveBillingGroup(thingName, billingGroupName)
    return undefined
  })

  route(app, endpoints.attachThingPrincipal, async (request) => {
    const { thingName } = request.params
    const { principal, thingPrincipalType } = request.body
    request.noteAudit({
      resource: aws.arns.thing(thingName),
      changes: changedMembers({}, named([principal], thingPrincipalType), 'principals'),
    })
    await writes.attach(thingName, principal, thingPrincipalType)
    forget(principal)
    return undefined
  })

  route(app, endpoints.detachThingPrincipal, async (request) => {
    const { thingName } = request.params
    const { principal } = request.query
    request.noteAudit({
      resource: aws.arns.thing(thingName),
      changes: changedMembers(named([principal]), {}, 'principals'),
    })
    await writes.detach(thingName, principal)
    forget(principal)
    return undefined
  })

  /** What was known of a certificate does not serve any more. */
  function forget(principal: string): void {
    const certificateId = certificateIdOf(principal)
    if (certificateId !== undefined) aws.certificates.watch.forget(certificateId)
  }
}
