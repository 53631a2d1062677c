import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ThingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import { DetailsPage, type DetailsTab } from '../../shared/details/details-page.tsx'
import type { ThingGroupTabId } from '../../shared/page-tabs.ts'
import { paths } from '../../shared/paths.ts'
import { THING_GROUPS } from '../../shared/pickers/registry-keys.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { TagsPanel } from '../../shared/tags/tags-panel.tsx'
import { thingGroupQuery } from './api.ts'
import { ChildGroups } from './components/child-groups.tsx'
import { DeleteThingGroupDialog } from './components/delete-thing-group-dialog.tsx'
import { GroupPolicies } from './components/group-policies.tsx'
import { GroupThings } from './components/group-things.tsx'
import { MoveDialog } from './components/move-dialog.tsx'
import { OverviewTab } from './components/overview-tab.tsx'
import { ThingGroupKind } from './components/thing-group-kind.tsx'
import type { ThingGroupSearch } from './search.ts'

/** AWS takes no policy for a dynamic group, and no group below one. */
const STATIC_TABS: ReadonlySet<ThingGroupTabId> = new Set(['policies', 'groups'])

interface ThingGroupPageProps extends SearchProps<ThingGroupSearch> {
  readonly thingGroupName: string
}

export function ThingGroupPage({ thingGroupName, search, setSearch }: ThingGroupPageProps) {
  const query = useQuery(thingGroupQuery(thingGroupName))
  const client = useQueryClient()
  const [asked, setAsked] = useState<'delete' | 'move'>()
  const { data } = query
  const whyNot = data ? undefined : 'It was not read yet.'
  const isDynamic = data?.queryString !== undefined
  const tabs: readonly DetailsTab<ThingGroup, ThingGroupTabId>[] = [
    { id: 'overview', label: 'Overview', content: (group) => <OverviewTab group={group} /> },
    {
      id: 'things',
      label: 'Things',
      content: (group) => <GroupThings group={group} search={search} setSearch={setSearch} />,
    },
    { id: 'policies', label: 'Policies', content: (group) => <GroupPolicies group={group} /> },
    { id: 'groups', label: 'Groups below', content: (group) => <ChildGroups group={group} /> },
    {
      id: 'tags',
      label: 'Tags',
      content: ({ thingGroupArn, tags }) => (
        <TagsPanel
          resourceArn={thingGroupArn}
          what={`the thing group ${thingGroupName}`}
          tags={tags}
          onChange={() => void client.invalidateQueries({ queryKey: THING_GROUPS })}
        />
      ),
    },
  ]
  return (
    <>
      <DetailsPage
        title={thingGroupName}
        breadcrumbs={[
          { text: 'Thing groups', href: paths.thingGroups() },
          ...(data?.parents ?? []).map((parent) => ({ text: parent, href: paths.thingGroup(parent) })),
          { text: thingGroupName, href: paths.thingGroup(thingGroupName) },
        ]}
        status={data && <ThingGroupKind group={data} />}
        what="thing group"
        query={query}
        notFound={`There is no thing group named ${thingGroupName}`}
        actions={[
          { id: 'delete', text: 'Delete thing group', needs: 'admin', whyNot, onAction: () => setAsked('delete') },
          {
            id: 'move',
            text: 'Move thing group',
            needs: 'admin',
            whyNot: isDynamic ? 'A dynamic group stands below none.' : whyNot,
            onAction: () => setAsked('move'),
          },
          {
            id: 'command',
            text: 'Send command',
            needs: 'operator',
            href: paths.sendCommand({ group: thingGroupName }),
          },
          { id: 'job', text: 'Create job', needs: 'operator', href: paths.createJob({ group: thingGroupName }) },
          { id: 'things', text: 'Show things', href: paths.things({ group: thingGroupName }) },
        ]}
        tabs={tabs.filter(({ id }) => !isDynamic || !STATIC_TABS.has(id))}
        search={search}
        setSearch={setSearch}
      />
      {asked === 'delete' && (
        <DeleteThingGroupDialog thingGroupName={thingGroupName} onClose={() => setAsked(undefined)} />
      )}
      {asked === 'move' && data && <MoveDialog group={data} onClose={() => setAsked(undefined)} />}
    </>
  )
}
