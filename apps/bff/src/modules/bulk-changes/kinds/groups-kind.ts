import { UpdateThingGroupsForThingCommand } from '@aws-sdk/client-iot'
import type { AuditChange, GroupsChange } from '@thingdeck/contract'
import { formatPath } from '@thingdeck/json'
import type { Things } from '../../../aws/things.ts'
import { Problem } from '../../../problem.ts'
import type { Kind } from './kind.ts'
import type { ThingParts } from './read-thing.ts'

const pathOf = (thingGroupName: string) => formatPath(['thingGroups', thingGroupName])
/** There is nothing to say of a membership but that it is there. */
const IS_IN = 'true'

interface GroupsPlan {
  readonly thingGroupsToAdd: string[]
  readonly thingGroupsToRemove: string[]
}

interface GroupsParts extends ThingParts {
  readonly things: Pick<Things, 'groups'>
}

/** Static thing groups: added, taken out, or both in one request, which moves. */
export const createGroupsKind = ({ iot, arns, things }: GroupsParts): Kind<GroupsChange, GroupsPlan> => ({
  check({ addTo, removeFrom }) {
    if (addTo === undefined && removeFrom === undefined)
      throw new Problem(
        'BAD_REQUEST',
        'Name the group to add to (addTo), the one to remove from (removeFrom), or both.',
      )
    if (addTo === removeFrom) throw new Problem('BAD_REQUEST', `${addTo} is the group to add to and to remove from.`)
  },

  async prepare(thingName, { addTo, removeFrom }, { turn }) {
    await turn()
    const has = new Set(await things.groups(thingName))
    const isMove = addTo !== undefined && removeFrom !== undefined
    const thingGroupsToAdd = addTo !== undefined && !has.has(addTo) ? [addTo] : []
    const thingGroupsToRemove = removeFrom !== undefined && has.has(removeFrom) ? [removeFrom] : []
    if (isMove && thingGroupsToRemove.length === 0 && thingGroupsToAdd.length > 0)
      return { outcome: 'left-out', message: `It is not in ${removeFrom} itself, so that it is not moved.` }
    const changes: AuditChange[] = [
      ...thingGroupsToRemove.map((name) => ({ path: pathOf(name), beforeText: IS_IN })),
      ...thingGroupsToAdd.map((name) => ({ path: pathOf(name), afterText: IS_IN })),
    ]
    if (changes.length === 0) return { outcome: 'unchanged' }
    return { outcome: 'would-change', changes, plan: { thingGroupsToAdd, thingGroupsToRemove } }
  },

  async apply(thingName, { overrideDynamicGroups }, plan, { turn }) {
    await turn()
    await iot.send(new UpdateThingGroupsForThingCommand({ thingName, ...plan, overrideDynamicGroups }))
    return undefined
  },

  undo({ addTo, removeFrom }, changes) {
    const changed = new Set(changes.map(({ path }) => path))
    return {
      change: {
        kind: 'groups',
        ...(removeFrom !== undefined && changed.has(pathOf(removeFrom)) && { addTo: removeFrom }),
        ...(addTo !== undefined && changed.has(pathOf(addTo)) && { removeFrom: addTo }),
      },
    }
  },

  written: (thingName, _, changes) => [
    { action: 'UpdateThingGroupsForThing', resource: arns.thing(thingName), changes },
  ],
})
