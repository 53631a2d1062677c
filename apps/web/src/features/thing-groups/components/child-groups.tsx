import { useQuery } from '@tanstack/react-query'
import type { ThingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { List } from '../../../shared/list/list.tsx'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { childGroupsQuery } from '../api.ts'
import { COLUMNS, TREE_COLUMNS } from '../columns.tsx'
import { useThingGroupTree } from '../use-thing-group-tree.ts'

/** The tree below a group. */
export function ChildGroups({ group: { thingGroupName, queryString } }: { readonly group: ThingGroup }) {
  const children = useQuery(childGroupsQuery(thingGroupName))
  const highest = children.data?.thingGroups ?? []
  const [open, setOpen] = useState<readonly string[]>([])
  const { rowOf, tree } = useThingGroupTree(highest, open, setOpen)
  const create: Action = {
    id: 'create',
    text: 'Create group below',
    needs: 'admin',
    isPrimary: true,
    whyNot: queryString === undefined ? undefined : 'AWS has no groups below a dynamic one.',
    href: paths.createThingGroup({ parent: thingGroupName }),
  }
  return (
    <List
      name="child-groups"
      variant="container"
      words={{
        title: 'Groups below',
        one: 'thing group',
        many: 'thing groups',
        empty: {
          title: 'No groups are below it',
          text: 'Groups below it get its policies, and their things count as things of this one.',
          action: create,
        },
      }}
      columns={COLUMNS}
      offered={TREE_COLUMNS}
      rowId={({ thingGroupName: name }) => name}
      tree={tree}
      source={wholeOf(children, highest.map(rowOf))}
      paging="endless"
      actions={() => [create]}
    />
  )
}
