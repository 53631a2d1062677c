import { type IoTClient, paginateListAttachedPolicies } from '@aws-sdk/client-iot'
import type { ThingGroupPolicy } from '@thingdeck/contract'
import { collected } from '../../aws/pages.ts'
import type { BareThingGroup } from './thing-groups.ts'

/**
 * The policies that hold for the things of a group, its own first, then those of the groups above it from the nearest
 * on: seven lists at most, as no hierarchy is deeper. AWS lists the inherited ones, too, but not where each is from.
 */
export async function thingGroupPolicies(
  iot: IoTClient,
  { thingGroupName, thingGroupArn, parents }: BareThingGroup,
): Promise<ThingGroupPolicy[]> {
  const arnOf = (name: string) => `${thingGroupArn.slice(0, -thingGroupName.length)}${name}`
  const upwards = [thingGroupName, ...parents.toReversed()]
  const found = await Promise.all(
    upwards.map(async (name) => {
      const from = { thingGroupName: name, thingGroupArn: arnOf(name) }
      const policies = await collected(
        paginateListAttachedPolicies({ client: iot }, { target: from.thingGroupArn, recursive: false }),
        (page) => page.policies,
      )
      return policies.map(({ policyName = '', policyArn = '' }) => ({ policyName, policyArn, from }))
    }),
  )
  return found.flat()
}
