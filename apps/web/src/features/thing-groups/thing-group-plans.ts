import { endpoints, type ThingGroup, type ThingGroupPolicy } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { Plan, PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'
import { readMembers } from '../../shared/things/group-members.ts'
import { changeMembers } from './group-members.ts'
import { ownPolicies } from './group-subtree.ts'
import { stillAsShown } from './still-as-shown.ts'

export const addThing = (thingGroupName: string, thingName: string, overrideDynamicGroups = false) =>
  api(endpoints.addThingToThingGroup, {
    params: { thingGroupName, thingName },
    body: { ...(overrideDynamicGroups && { overrideDynamicGroups }) },
  })

export const removeThing = (thingGroupName: string, thingName: string) =>
  api(endpoints.removeThingFromThingGroup, { params: { thingGroupName, thingName } })

export const attachPolicy = (policyName: string, target: string) =>
  api(endpoints.attachPolicy, { params: { policyName }, body: { target } })

export const detachPolicy = (policyName: string, target: string) =>
  api(endpoints.detachPolicy, { params: { policyName }, query: { target } })

export const detachStep = (policyName: string, target: string): PlanStep => ({
  id: `detach ${policyName}`,
  words: `Detach the policy ${policyName}`,
  run: () => unlessGone(() => detachPolicy(policyName, target)),
  undo: () => attachPolicy(policyName, target),
})

/** What is known of a group that is to be deleted. */
interface DeletedGroup {
  readonly group: ThingGroup
  /** Attached to the group itself: AWS would leave them attached to nothing. */
  readonly policies: readonly ThingGroupPolicy[]
  /** Undo puts them in again; undefined: there are too many. */
  readonly thingNames: readonly string[] | undefined
}

/** For who deletes a group: not one that somebody changed, or made anew, since. */
export const asSeen = ({ version, thingGroupId }: ThingGroup) => ({
  expectedVersion: version,
  expectedThingGroupId: thingGroupId,
})

/** Makes a group with all that another has, but its things and policies. */
export const makeGroup = (
  { thingGroupName, description, attributes, queryString, tags }: ThingGroup,
  parent: string | undefined,
): Promise<ThingGroup> =>
  api(endpoints.createThingGroup, {
    body: {
      thingGroupName,
      attributes,
      ...(parent !== undefined && { parent }),
      ...(queryString !== undefined && { queryString }),
      ...(description !== undefined && { description }),
      ...(tags && { tags }),
    },
  })

/** Its policies first, as a group of the same name that is made later would have them otherwise. */
export function deletionOf({ group, policies, thingNames }: DeletedGroup): Plan {
  const { thingGroupName, thingGroupArn, parents } = group
  const params = { thingGroupName }
  let putBack = thingNames
  return {
    id: `delete thing group ${thingGroupName}`,
    title: `Delete the thing group ${thingGroupName}`,
    done: `The thing group ${thingGroupName} was deleted`,
    steps: [
      stillAsShown([{ group, policyNames: policies.map(({ policyName }) => policyName) }], async () => [
        {
          group: await api(endpoints.describeThingGroup, { params }),
          policyNames: await ownPolicies(thingGroupName),
        },
      ]),
      ...policies.map(({ policyName }) => detachStep(policyName, thingGroupArn)),
      {
        id: 'delete',
        words: `Delete ${thingGroupName}`,
        run: () =>
          unlessGone(async () => {
            // Those too that were put into it since it was shown.
            if (thingNames !== undefined) putBack = (await readMembers(thingGroupName)) ?? thingNames
            await api(endpoints.deleteThingGroup, { params, query: asSeen(group) })
          }),
        undo: async (tell) => {
          await makeGroup(group, parents.at(-1))
          await changeMembers(putBack ?? [], { addTo: thingGroupName }, tell)
        },
      },
    ],
  }
}
