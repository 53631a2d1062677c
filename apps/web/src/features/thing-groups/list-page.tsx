import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { rowsOfTree } from '../../shared/list/list-tree.tsx'
import { nameFilter } from '../../shared/list/name-filter.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { tagSelected } from '../../shared/tags/tag-selected.ts'
import { thingGroupPagesQuery } from './api.ts'
import { ALL_COLUMNS, COLUMNS, type ThingGroupRow, TREE_COLUMNS } from './columns.tsx'
import { DeleteThingGroupDialog } from './components/delete-thing-group-dialog.tsx'
import type { ThingGroupsSearch } from './search.ts'
import { useThingGroupTree } from './use-thing-group-tree.ts'

const CREATE: Action = {
  id: 'create',
  text: 'Create thing group',
  needs: 'admin',
  isPrimary: true,
  href: paths.createThingGroup(),
}

const WORDS: ListWords = {
  title: 'Thing groups',
  one: 'thing group',
  many: 'thing groups',
  description:
    'Static groups stand below each other, and hand their policies down; dynamic ones have the things that a query finds. Things are counted with those of the groups below.',
  partSearched: 'There are many thing groups: a part of them was searched, the rest was not.',
  empty: {
    title: 'No thing groups yet',
    text: 'A group holds things that belong together, as those of a site or a customer: policies, jobs, log levels and bulk changes are for a group as they are for a thing.',
  },
}

const FILTER = nameFilter<ThingGroupRow>(({ thingGroupName }) => thingGroupName)

const NONE: readonly string[] = []

/** The tree of thing groups; those that are searched for stand beside each other, with where they are. */
export function ThingGroupsPage({ search, setSearch }: SearchProps<ThingGroupsSearch>) {
  const pageSize = useListPageSize('thing-groups', 50)
  const pages = useInfiniteQuery(thingGroupPagesQuery(search, pageSize))
  const highest = pages.data?.pages.flatMap(({ thingGroups }) => thingGroups) ?? []
  const { rowOf, tree } = useThingGroupTree(highest, search.open ?? NONE, (open) =>
    setSearch({ open: open.length === 0 ? undefined : open }, { replace: true }),
  )
  const loaded = rowsOfTree(tree, ({ thingGroupName }) => thingGroupName, highest.map(rowOf))
  const arns = new Map(loaded.map(({ thingGroupName, thingGroupArn }) => [thingGroupName, thingGroupArn]))
  const [deleting, setDeleting] = useState<string>()
  return (
    <>
      <ListPage
        name="thing-groups"
        breadcrumbs={[{ text: 'Thing groups', href: paths.thingGroups() }]}
        words={WORDS}
        columns={COLUMNS}
        offered={FILTER.isSet(search) ? ALL_COLUMNS : TREE_COLUMNS}
        rowId={({ thingGroupName }) => thingGroupName}
        tree={tree}
        source={pagesOf(pages, ({ thingGroups }) => thingGroups.map(rowOf))}
        paging="endless"
        pageSize={pageSize}
        pageSizes={[25, 50, 100]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'Part of a name' }}
        noMatch={search.name === undefined ? undefined : `No thing group has ${search.name} in its name`}
        selection="multi"
        actions={(selected) => [tagSelected(selected, (name) => arns.get(name), WORDS.many), CREATE]}
        rowActions={(row) => actionsOf(row, setDeleting)}
      />
      {deleting !== undefined && (
        <DeleteThingGroupDialog thingGroupName={deleting} onClose={() => setDeleting(undefined)} />
      )}
    </>
  )
}

function actionsOf({ thingGroupName, look }: ThingGroupRow, onDelete: (name: string) => void): readonly Action[] {
  const isDynamic = look?.queryString !== undefined
  return [
    {
      id: 'create',
      text: 'Create group below',
      needs: 'admin',
      whyNot: isDynamic ? 'AWS has no groups below a dynamic one.' : undefined,
      href: paths.createThingGroup({ parent: thingGroupName }),
    },
    { id: 'things', text: 'Show things', href: paths.thingGroup(thingGroupName, { tab: 'things' }) },
    { id: 'policies', text: 'Show policies', href: paths.thingGroup(thingGroupName, { tab: 'policies' }) },
    { id: 'delete', text: 'Delete thing group', needs: 'admin', onAction: () => onDelete(thingGroupName) },
  ]
}
