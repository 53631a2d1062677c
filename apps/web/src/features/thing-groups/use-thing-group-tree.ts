import { useQueries } from '@tanstack/react-query'
import type { ThingGroupRef } from '@thingdeck/contract'
import type { ListTree } from '../../shared/list/list-tree.tsx'
import { useLooks } from '../../shared/list/use-looks.ts'
import { childGroupsQuery, THING_GROUP_LOOKS } from './api.ts'
import type { ThingGroupRow } from './columns.tsx'

interface ThingGroupTree {
  readonly rowOf: (group: ThingGroupRef) => ThingGroupRow
  readonly tree: ListTree<ThingGroupRow>
}

/**
 * The tree below some groups: a level is read when the group above it is opened, and looked at as far as it is shown.
 * @param open names of the groups that are open, in the order of opening: what was looked at stays so
 */
export function useThingGroupTree(
  highest: readonly ThingGroupRef[],
  open: readonly string[],
  onOpen: (open: readonly string[]) => void,
): ThingGroupTree {
  const answers = useQueries({ queries: open.map(childGroupsQuery) })
  const levels = new Map(open.map((name, index) => [name, answers[index]]))
  const childrenOf = (name: string) => levels.get(name)?.data?.thingGroups ?? []
  const shown = new Set(highest.map(({ thingGroupName }) => thingGroupName))
  for (const name of open) for (const child of childrenOf(name)) shown.add(child.thingGroupName)
  const looks = useLooks(THING_GROUP_LOOKS, [...shown])
  const rowOf = (group: ThingGroupRef): ThingGroupRow => ({ ...group, look: looks.get(group.thingGroupName) })
  return {
    rowOf,
    tree: {
      open,
      childrenOf: ({ thingGroupName }) => childrenOf(thingGroupName).map(rowOf),
      // As long as it is not known, there may be some.
      canOpen: ({ look }) => look?.hasChildren ?? true,
      onToggle: ({ thingGroupName }, isOpen) =>
        onOpen(isOpen ? [...open, thingGroupName] : open.filter((name) => name !== thingGroupName)),
      stateOf: ({ thingGroupName }) => {
        const level = levels.get(thingGroupName)
        return level?.error ?? (level?.isPending ? 'loading' : 'finished')
      },
      nothing: 'No groups are below it.',
    },
  }
}
