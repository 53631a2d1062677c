import { endpoints, type ThingGroup } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { thingsText } from '../../shared/list/looked-cell.tsx'
import type { Plan, PlanStep } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'
import { readMembers } from '../../shared/things/group-members.ts'
import { isThingName } from '../../shared/things/is-thing-name.ts'
import { changeMembers } from './group-members.ts'
import { type GroupNode, type GroupSubtree, MOST_GROUPS, ownPolicies, readSubtree } from './group-subtree.ts'
import { stillAsShown } from './still-as-shown.ts'
import { asSeen, attachPolicy, detachPolicy, detachStep, makeGroup } from './thing-group-plans.ts'

/** Where a group is to stand, and what it is to be called there. */
export interface MoveWish {
  readonly subtree: GroupSubtree
  /** Undefined: it is to be of the highest level. */
  readonly parent: ThingGroup | undefined
  readonly newName: string
}

/** Levels of a hierarchy, and groups right below one (AWS IoT Core quotas). */
const MOST_LEVELS = 7

/** Why AWS would not have it so; what has to be asked of AWS first is not looked at. Undefined: it would. */
export function whyNotMoved({ subtree: { nodes, hasMore }, parent, newName }: MoveWish): string | undefined {
  const { group } = nodes[0]
  const { thingGroupName: name, parents } = group
  if (hasMore) return `More than ${MOST_GROUPS} groups are moved: move those below it first.`
  if (!isThingName(newName)) return 'The name has 1 to 128 letters, digits and : _ -'
  if (parent?.thingGroupName === parents.at(-1) && newName === name) return 'It stands there, under this name.'
  if (parent?.queryString !== undefined) return 'AWS has no groups below a dynamic one.'
  if (parent && nodes.some((node) => node.group.thingGroupName === parent.thingGroupName))
    return 'A group cannot stand below itself.'
  const above = parent ? parent.parents.length + 1 : 0
  const levels = above + 1 + Math.max(...nodes.map((node) => node.group.parents.length - parents.length))
  if (levels > MOST_LEVELS) return `It would be ${levels} levels, and AWS has ${MOST_LEVELS}.`
  const tooFull = nodes.find(({ thingNames }) => thingNames === undefined)
  if (tooFull) return `Too many things are in ${tooFull.group.thingGroupName}: move them by bulk changes.`
  return undefined
}

/** From the highest level to the group itself, once it is moved. */
export function placeAfter({ subtree: { nodes }, parent, newName }: MoveWish, group: ThingGroup): readonly string[] {
  const { thingGroupName: name, parents } = nodes[0].group
  const above = parent ? [...parent.parents, parent.thingGroupName] : []
  const below = [...group.parents, group.thingGroupName].slice(parents.length)
  return [...above, ...below.map((each) => (each === name ? newName : each))]
}

/**
 * AWS changes neither what a group stands below nor its name: others are made, get policies and things, and take the
 * place of those that were. Under a new name the group is there before its things move, each by one request; what keeps
 * its name is deleted before it is made anew. Nothing is begun where somebody changed them since they were shown, and
 * things are read again right before, so that nothing which somebody adds meanwhile is lost.
 */
export function moveOf({ subtree, parent, newName }: MoveWish): Plan {
  const [root, ...below] = subtree.nodes
  const name = root.group.thingGroupName
  const isRenamed = newName !== name
  const taken = new Map<string, readonly string[]>()
  const takeOut = (node: GroupNode, keep: Keep): readonly PlanStep[] => [
    ...node.policyNames.map((policyName) => ({
      ...detachStep(policyName, node.group.thingGroupArn),
      id: `detach ${policyName} ${node.group.thingGroupName}`,
      words: `Detach the policy ${policyName} from ${node.group.thingGroupName}`,
    })),
    deleteStep(node, keep),
  ]
  const toFillAgain = ({ group: { thingGroupName } }: GroupNode): Keep => ({
    take: async (thingNames) => void taken.set(thingGroupName, thingNames),
    putBack: (tell) => changeMembers(taken.get(thingGroupName) ?? [], { addTo: thingGroupName }, tell),
  })
  const make = (node: GroupNode, as: string, below: string | undefined): readonly PlanStep[] => [
    createStep(node, as, below, async (found, tell) => {
      const { thingGroupName } = node.group
      if (as !== thingGroupName) await changeMembers(found, { addTo: thingGroupName, removeFrom: as }, tell)
      else taken.set(as, [...new Set([...(taken.get(as) ?? []), ...found])])
    }),
    ...node.policyNames.map((policyName) => attachStep(policyName, arnAs(node.group, as), as)),
  ]
  const fill = (node: GroupNode): PlanStep => ({
    id: `fill ${node.group.thingGroupName}`,
    words: `Put what was in it into ${node.group.thingGroupName} (${thingsOf(node)})`,
    isInParts: true,
    run: toFillAgain(node).putBack,
    undo: async () => {}, // they leave it with its deletion, which comes next
  })
  const parentName = parent?.thingGroupName
  const nested = below.toReversed().flatMap((node) => takeOut(node, toFillAgain(node)))
  const nestedAgain = below.flatMap((node) => {
    const before = node.group.parents.at(-1)
    return [...make(node, node.group.thingGroupName, before === name ? newName : before), fill(node)]
  })
  const things = thingsMoved(name, newName)
  const asShown = stillAsShown(subtree.nodes, async () => (await readSubtree(name)).nodes)
  return {
    id: `move thing group ${name}`,
    title: `Move the thing group ${name}`,
    done: `The thing group ${name} was moved${isRenamed ? `, and is ${newName} now` : ''}`,
    steps: isRenamed
      ? [
          asShown,
          ...make(root, newName, parentName),
          ...nested,
          ...nestedAgain,
          { ...things.step, words: `Move ${thingsOf(root)} from ${name} to ${newName}` },
          ...takeOut(root, { take: things.take, putBack: async () => {} }),
        ]
      : [
          asShown,
          ...nested,
          ...takeOut(root, toFillAgain(root)),
          ...make(root, name, parentName),
          fill(root),
          ...nestedAgain,
        ],
  }
}

/** What becomes of the things of a group that is deleted, and of a group that is made again. */
interface Keep {
  readonly take: (thingNames: readonly string[], tell: (note: string) => void) => Promise<void>
  readonly putBack: (tell: (note: string) => void) => Promise<void>
}

const thingsOf = ({ thingNames = [] }: GroupNode) => thingsText({ count: thingNames.length, isAtLeast: false })

/** The ARN of a group is made of its name. */
const arnAs = ({ thingGroupArn, thingGroupName }: ThingGroup, name: string) =>
  `${thingGroupArn.slice(0, -thingGroupName.length)}${name}`

/** Undoing deletes it again, unless somebody changed it since; things that came into it are put back with the others. */
function createStep(
  { group, policyNames }: GroupNode,
  as: string,
  parent: string | undefined,
  putBack: Keep['take'],
): PlanStep {
  let made: ThingGroup | undefined
  return {
    id: `create ${as}`,
    words: `Create ${as}${parent === undefined ? ' on the highest level' : ` below ${parent}`}`,
    run: async () => {
      made = await makeGroup({ ...group, thingGroupName: as }, parent)
    },
    undo: (tell) =>
      unlessGone(async () => {
        await ensureNoFurtherPolicies(as, policyNames)
        await putBack(await membersNow(as), tell)
        await api(endpoints.deleteThingGroup, {
          params: { thingGroupName: as },
          query: made === undefined ? {} : asSeen(made),
        })
      }),
  }
}

const attachStep = (policyName: string, target: string, to: string): PlanStep => ({
  id: `attach ${policyName} ${to}`,
  words: `Attach the policy ${policyName} to ${to}`,
  run: () => attachPolicy(policyName, target),
  undo: () => unlessGone(() => detachPolicy(policyName, target)),
})

/** Not where somebody changed it since it was looked at; undoing makes it anew. */
function deleteStep({ group, policyNames }: GroupNode, { take, putBack }: Keep): PlanStep {
  const { thingGroupName, parents } = group
  return {
    id: `delete ${thingGroupName}`,
    words: `Delete ${thingGroupName}`,
    run: async (tell) => {
      let thingNames: readonly string[] | undefined
      await unlessGone(async () => {
        thingNames = await membersNow(thingGroupName)
      })
      if (thingNames === undefined) return // it was deleted before
      await take(thingNames, tell)
      await unlessGone(async () => {
        await ensureNoFurtherPolicies(thingGroupName, policyNames)
        await api(endpoints.deleteThingGroup, { params: { thingGroupName }, query: asSeen(group) })
      })
    },
    undo: async (tell) => {
      await makeGroup(group, parents.at(-1))
      await putBack(tell)
    },
  }
}

/** Moves the things of a group to one that is there, those too that enter it while that goes on. */
function thingsMoved(from: string, to: string): { readonly step: PlanStep; readonly take: Keep['take'] } {
  const moved = new Set<string>()
  const take: Keep['take'] = (thingNames, tell) => {
    for (const thingName of thingNames) moved.add(thingName)
    return changeMembers(thingNames, { addTo: to, removeFrom: from }, tell)
  }
  return {
    take,
    step: {
      id: 'things',
      words: `Move the things of ${from} to ${to}`,
      isInParts: true,
      run: async (tell) => take(await membersNow(from), tell),
      undo: (tell) => changeMembers([...moved], { addTo: from, removeFrom: to }, tell),
    },
  }
}

/** AWS leaves the policies of a group that is deleted attached to nothing. @throws {Error} where there are others */
async function ensureNoFurtherPolicies(thingGroupName: string, policyNames: readonly string[]): Promise<void> {
  const further = (await ownPolicies(thingGroupName)).find((policyName) => !policyNames.includes(policyName))
  if (further !== undefined)
    throw new Error(`Somebody attached the policy ${further} to ${thingGroupName} meanwhile: it would be lost.`)
}

async function membersNow(thingGroupName: string): Promise<readonly string[]> {
  const thingNames = await readMembers(thingGroupName)
  if (!thingNames) throw new Error(`More things are in ${thingGroupName} by now than can be moved at once.`)
  return thingNames
}
