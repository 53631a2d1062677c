import { queryOptions } from '@tanstack/react-query'
import { endpoints, type ThingGroup, type ThingGroupPolicy } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { THING_GROUPS } from '../../shared/pickers/registry-keys.ts'
import { readMembers } from '../../shared/things/group-members.ts'

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
  readonly inherited: readonly ThingGroupPolicy[]
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

/**
 * The things of a hierarchy: AWS takes none of them into a second group of it. `isWhole`: all were looked at, where it has
 * no more than a bulk change takes.
 */
export const hierarchyMembersQuery = (highest: string) =>
  queryOptions({
    queryKey: [...THING_GROUPS, 'members-of-hierarchy', highest],
    queryFn: async ({ signal }) => {
      const thingNames = await readMembers(highest, { recursive: true, signal })
      return { isWhole: thingNames !== undefined, thingNames: new Set(thingNames) }
    },
    staleTime: 0,
    gcTime: 0,
  })

/** Errors are AWS's own. */
export async function readSubtree(thingGroupName: string, signal?: AbortSignal): Promise<GroupSubtree> {
  const ofRoot = policiesOf(thingGroupName, signal)
  const [first, policies] = await Promise.all([readNode(thingGroupName, signal, ofRoot), ofRoot])
  const inherited = policies.filter(({ from }) => from.thingGroupName !== thingGroupName)
  const nodes: [GroupNode, ...GroupNode[]] = [first]
  for (let level: readonly GroupNode[] = [first]; level.length > 0; ) {
    const pages = await Promise.all(
      level.map(({ group }) =>
        api(endpoints.listThingGroups, { query: { parent: group.thingGroupName, maxResults: 250 }, signal }),
      ),
    )
    const below = pages.flatMap(({ thingGroups }) => thingGroups)
    if (nodes.length + below.length > MOST_GROUPS) return { nodes, hasMore: true, inherited }
    level = await Promise.all(below.map((child) => readNode(child.thingGroupName, signal)))
    nodes.push(...level)
  }
  return { nodes, hasMore: false, inherited }
}

async function readNode(
  thingGroupName: string,
  signal: AbortSignal | undefined,
  policiesRead = policiesOf(thingGroupName, signal),
): Promise<GroupNode> {
  const [group, policies, thingNames] = await Promise.all([
    api(endpoints.describeThingGroup, { params: { thingGroupName }, signal }),
    policiesRead,
    readMembers(thingGroupName, signal && { signal }),
  ])
  return { group, policyNames: ownOf(thingGroupName, policies), thingNames }
}

/** Names of the policies that are attached to a group itself. Errors are AWS's own. */
export const ownPolicies = async (thingGroupName: string): Promise<readonly string[]> =>
  ownOf(thingGroupName, await policiesOf(thingGroupName))

const ownOf = (thingGroupName: string, policies: readonly ThingGroupPolicy[]): readonly string[] =>
  policies.flatMap(({ policyName, from }) => (from.thingGroupName === thingGroupName ? [policyName] : []))

const policiesOf = async (thingGroupName: string, signal?: AbortSignal) =>
  (await api(endpoints.listThingGroupPolicies, { params: { thingGroupName }, signal })).policies
