import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQueries, useQuery } from '@tanstack/react-query'
import { latestTimestamp, SHADOW_LIMITS, type Shadow, stateSizeBytes } from '@thingdeck/shadows'
import { useState } from 'react'
import { formatBytes } from '../../shared/format.ts'
import { List } from '../../shared/list/list.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import { Age } from '../../shared/time.tsx'
import { shadowListQuery, shadowQuery } from './api.ts'
import { NewShadowDialog } from './components/new-shadow-dialog.tsx'
import { SyncIndicator } from './components/sync-indicator.tsx'
import { type ShadowKey, shadowTitle } from './model/shadow-key.ts'

/** Details are read for so many; AWS takes 20 shadow requests a second for a thing. */
const MAX_DETAILS = 15

interface ShadowItem extends ShadowKey {
  /** `null`: deleted since it was listed; undefined: not read. */
  readonly shadow: Shadow | null | undefined
}

const COLUMNS: readonly ListColumn<ShadowItem>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 260,
    minWidth: 140,
    cell: (key) => <Link href={paths.shadow(key.thingName, key.shadowName)}>{shadowTitle(key)}</Link>,
  },
  { id: 'state', header: 'State', width: 200, minWidth: 120, cell: ({ shadow }) => <ItemState shadow={shadow} /> },
  { id: 'version', header: 'Version', width: 120, minWidth: 80, cell: ({ shadow }) => shadow?.version ?? '–' },
  {
    id: 'changed',
    header: 'Last change',
    width: 160,
    minWidth: 110,
    cell: ({ shadow }) => <LastChange shadow={shadow} />,
  },
  {
    id: 'size',
    header: `Size of ${formatBytes(SHADOW_LIMITS.maxStateBytes)}`,
    minWidth: 130,
    cell: ({ shadow }) => (shadow ? formatBytes(stateSizeBytes(shadow.state)) : '–'),
  },
]

/** The shadows of a thing, for its page. */
export function ShadowList({ thingName }: { readonly thingName: string }) {
  const list = useQuery(shadowListQuery(thingName))
  const [isCreating, setCreating] = useState(false)
  const { classic = false, named = [] } = list.data ?? {}
  const keys: readonly ShadowKey[] = [
    ...(classic ? [{ thingName }] : []),
    ...named.map((shadowName) => ({ thingName, shadowName })),
  ]
  const details = useQueries({ queries: keys.slice(0, MAX_DETAILS).map((key) => shadowQuery(key)) })
  const items = keys.map((key, index): ShadowItem => {
    const summary = details[index]?.data
    return { ...key, shadow: summary === null ? null : summary?.shadow }
  })
  const create = {
    id: 'create',
    text: 'Create shadow',
    needs: 'operator',
    onAction: () => setCreating(true),
  } as const
  return (
    <>
      <List
        name="shadows"
        variant="container"
        words={{
          title: 'Shadows',
          one: 'shadow',
          many: 'shadows',
          empty: {
            title: 'No shadow yet',
            text: 'A shadow holds what a device should do and what it reports, also while it is away.',
            action: create,
          },
        }}
        columns={COLUMNS}
        rowId={({ shadowName }) => shadowName ?? ''}
        source={wholeOf(list, items)}
        paging="endless"
        count={list.data && { number: items.length, isAbout: false }}
        actions={() => [create]}
        onRefresh={() => {
          void list.refetch()
          for (const detail of details) void detail.refetch()
        }}
      />
      {isCreating && (
        <NewShadowDialog
          thingName={thingName}
          existing={keys.map(({ shadowName }) => shadowName)}
          onClose={() => setCreating(false)}
        />
      )}
    </>
  )
}

function ItemState({ shadow }: { readonly shadow: Shadow | null | undefined }) {
  if (shadow === undefined) return <span className="td-weak">open it to see</span>
  if (shadow === null) return <StatusIndicator type="stopped">deleted</StatusIndicator>
  return <SyncIndicator shadow={shadow} />
}

function LastChange({ shadow }: { readonly shadow: Shadow | null | undefined }) {
  const atSeconds = Math.max(
    latestTimestamp(shadow?.metadata.desired) ?? 0,
    latestTimestamp(shadow?.metadata.reported) ?? 0,
  )
  return atSeconds === 0 ? '–' : <Age atMs={atSeconds * 1_000} />
}
