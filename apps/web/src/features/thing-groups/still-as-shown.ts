import type { PlanStep } from '../../shared/plan/plan.ts'
import type { GroupNode } from './group-subtree.ts'

/** A group as it was shown to who decided about it; things are read again when their turn comes. */
type SeenGroup = Pick<GroupNode, 'group' | 'policyNames'>

/**
 * The first step of what takes groups away or puts others in their place: where somebody changed them since they were
 * shown, nothing is begun.
 * @param read as they are now
 */
export const stillAsShown = (seen: readonly SeenGroup[], read: () => Promise<readonly SeenGroup[]>): PlanStep => ({
  id: 'still as shown',
  words: 'See whether all is still as shown',
  run: async () => {
    const changed = changedSince(seen, await read())
    if (changed !== undefined) throw new Error(`${changed}: close this, and look at what is there now.`)
  },
  undo: async () => {}, // it only read
})

/** What somebody else did meanwhile, for the words; undefined: nothing. */
export function changedSince(seen: readonly SeenGroup[], now: readonly SeenGroup[]): string | undefined {
  const nowByName = new Map(now.map((each) => [each.group.thingGroupName, each]))
  for (const { group, policyNames } of seen) {
    const { thingGroupName: name } = group
    const found = nowByName.get(name)
    if (!found) return `${name} is not there any more`
    if (found.group.version !== group.version || found.group.thingGroupId !== group.thingGroupId)
      return `Somebody changed ${name} meanwhile`
    const further = found.policyNames.find((policyName) => !policyNames.includes(policyName))
    if (further !== undefined) return `Somebody attached the policy ${further} to ${name} meanwhile`
    const less = policyNames.find((policyName) => !found.policyNames.includes(policyName))
    if (less !== undefined) return `Somebody detached the policy ${less} from ${name} meanwhile`
  }
  const seenNames = new Set(seen.map(({ group }) => group.thingGroupName))
  const further = now.find(({ group }) => !seenNames.has(group.thingGroupName))
  return further && `Somebody put ${further.group.thingGroupName} below it meanwhile`
}
