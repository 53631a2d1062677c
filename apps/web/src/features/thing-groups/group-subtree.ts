import { queryOptions } from '@tanstack/react-query'
import { endpoints, type ThingGroup } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { THING_GROUPS } from '../../shared/pickers/registry-keys.ts'
import { readMembers } from './group-members.ts'

/** A group as it is, with what has to be given to another that takes its place. */
export interface GroupNode {
  readonly group: ThingGroup
  /** Attached to the group itself. */
  readonly policyNames: readonly string[]
  /** In the group itself; undefined: more than can be moved at once. */
  readonly thingNames: readonly string[] | undefined
}

/** A group and all below it: each stands before those below it. */
export interface GroupSubtree {
  readonly nodes: readonly [GroupNode, ...GroupNode[]]
  /** There are more groups than {@link MOST_GROUPS}: those were not read. */
  readonly hasMore: boolean
  /** Policies that hold by the groups above, with the group that each is attached to. */
  readonly inherited: readonly InheritedPolicy[]
}

export interface InheritedPolicy {
  readonly policyName: string
  readonly from: string
}

/** So many groups are moved by one plan. */
export const MOST_GROUPS = 50

/** Errors are AWS's own. */
export const subtreeQuery = (thingGroupName: string) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'subtree', thingGroupName],
    queryFn: ({ signal }) => readSubtree(thingGroupName, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })

/** Those that hold for what is below a group: its own, and those from above. */
export const policiesBelowQuery = (thingGroupName: string) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'policies-below', thingGroupName],
    queryFn: async ({ signal }) => (await policiesOf(thingGroupName, signal)).map(inheritedOf),
    staleTime: 0,
  })

/**
 * Which things of some groups are in another hierarchy already: AWS takes none of them into a second group of it.
 * `isWhole`: all of that hierarchy were looked at, where it has no more things than a bulk change takes.
 */
export const alreadyInQuery = (highest: string, thingNames: readonly string[]) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'already-in', highest, thingNames],
    queryFn: async ({ signal }) => {
      const there = await readMembers(highest, { recursive: true, signal })
      const names = new Set(there)
      return { isWhole: there !== undefined, thingNames: thingNames.filter((name) => names.has(name)) }
    },
    staleTime: 0,
    gcTime: 0,
  })

async function readSubtree(thingGroupName: string, signal: AbortSignal): Promise<GroupSubtree> {
  const [first, inherited] = await Promise.all([
    readNode(thingGroupName, signal),
    policiesOf(thingGroupName, signal).then((policies) =>
      policies.filter(({ from }) => from.thingGroupName !== thingGroupName).map(inheritedOf),
    ),
  ])
  const nodes: [GroupNode, ...GroupNode[]] = [first]
  // What is found is looked below in its turn.
  for (const { group } of nodes) {
    const { thingGroups } = await api(endpoints.listThingGroups, {
      query: { parent: group.thingGroupName, maxResults: 250 },
      signal,
    })
    if (nodes.length + thingGroups.length > MOST_GROUPS) return { nodes, hasMore: true, inherited }
    nodes.push(...(await Promise.all(thingGroups.map((child) => readNode(child.thingGroupName, signal)))))
  }
  return { nodes, hasMore: false, inherited }
}

async function readNode(thingGroupName: string, signal: AbortSignal): Promise<GroupNode> {
  const [group, policies, thingNames] = await Promise.all([
    api(endpoints.describeThingGroup, { params: { thingGroupName }, signal }),
    policiesOf(thingGroupName, signal),
    readMembers(thingGroupName, { signal }),
  ])
  const own = policies.filter(({ from }) => from.thingGroupName === thingGroupName)
  return { group, policyNames: own.map(({ policyName }) => policyName), thingNames }
}

const policiesOf = async (thingGroupName: string, signal: AbortSignal) =>
  (await api(endpoints.listThingGroupPolicies, { params: { thingGroupName }, signal })).policies

const inheritedOf = ({ policyName, from }: Awaited<ReturnType<typeof policiesOf>>[number]): InheritedPolicy => ({
  policyName,
  from: from.thingGroupName,
})
