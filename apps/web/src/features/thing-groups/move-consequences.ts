import type { ThingGroupPolicy } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { thingsText } from '../../shared/list/looked-cell.tsx'
import { MEMBERS_PER_SECOND } from './group-members.ts'
import type { GroupNode } from './group-subtree.ts'
import type { MoveWish } from './thing-group-move.ts'

/**
 * What a move does to whom, the worst first.
 * @param above policies that hold for what is below the group that it moves to, those from above it among them
 * @param isWhole whether all things of the other hierarchy were looked at
 */
export function moveConsequences(
  { subtree: { nodes, inherited }, parent, newName }: MoveWish,
  above: readonly ThingGroupPolicy[],
  isWhole: boolean,
): readonly string[] {
  const { group, thingNames: own = [] } = nodes[0]
  const { thingGroupName: name } = group
  const isRenamed = newName !== name
  const anew = isRenamed ? nodes.slice(1) : nodes
  const count = (of: readonly GroupNode[]) => of.reduce((sum, { thingNames = [] }) => sum + thingNames.length, 0)
  const all = thingsText({ count: count(nodes), isAtLeast: false })
  const lost = without(inherited, above)
  const gained = without(above, inherited)
  const hasPolicies = anew.some(({ policyNames }) => policyNames.length > 0)
  const seconds = Math.ceil(count(anew) / MEMBERS_PER_SECOND)
  const untagged = nodes.filter((node) => node.group.tags === undefined).map((node) => node.group.thingGroupName)
  return [
    ...(lost.length === 0 ? [] : [`For ${all} ${hold(lost)} no more.`]),
    ...(gained.length === 0 ? [] : [`For ${all} ${hold(gained)} from then on.`]),
    ...(count(anew) === 0
      ? []
      : [
          `${thingsText({ count: count(anew), isAtLeast: false })} ${count(anew) === 1 ? 'is' : 'are'} in no group of it from the deletion until ${count(anew) === 1 ? 'it is' : 'they are'} put in again${
            seconds > 1 ? `, about ${formatCount(seconds)} s at AWS’s rates` : ''
          }.${hasPolicies || inherited.length > 0 ? ' What only its policies allow is refused meanwhile, also to those that are connected.' : ''}`,
        ]),
    ...(isRenamed
      ? [
          `AWS renames no group: ${newName} is made, the ${thingsText({ count: own.length, isAtLeast: false })} of ${name} ${own.length === 1 ? 'moves' : 'move'} there, each by one request, and ${name} is deleted. What names ${name} or its ARN (jobs, log levels, queries, programs) does not follow.`,
        ]
      : []),
    ...(anew.length === 0
      ? []
      : [
          anew.length === 1
            ? `AWS moves no group: ${anew[0]?.group.thingGroupName} is deleted and made anew. Its name and ARN stay; its date of creation, id and version are new.`
            : `AWS moves no group: ${formatCount(anew.length)} groups are deleted and made anew. Their names and ARNs stay; their dates of creation, ids and versions are new.`,
        ]),
    'Things leave and enter groups, which continuous jobs and rotations for these groups take as such: look at them afterwards.',
    ...(untagged.length === 0 ? [] : [`Tags could not be read, and are not kept: ${untagged.join(', ')}.`]),
    ...(isWhole || !parent
      ? []
      : [
          `The hierarchy of ${parent.parents[0] ?? parent.thingGroupName} has too many things to look at all: one that is in it already is refused by AWS, and the move stops there.`,
        ]),
    'Keep the page open until it is done: what is left of the plan ends with it. Undo puts everything back, by the same means.',
  ]
}

const without = (some: readonly ThingGroupPolicy[], others: readonly ThingGroupPolicy[]) =>
  some.filter(({ policyName }) => !others.some((other) => other.policyName === policyName))

const hold = (policies: readonly ThingGroupPolicy[]) =>
  `${policies.map(({ policyName, from }) => `the policy ${policyName} (of ${from.thingGroupName})`).join(', ')} ${policies.length === 1 ? 'holds' : 'hold'}`
