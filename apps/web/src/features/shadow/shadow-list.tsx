import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useQueries, useQuery } from '@tanstack/react-query'
import { latestTimestamp, SHADOW_LIMITS, type Shadow, stateSizeBytes } from '@thingdeck/shadows'
import { useState } from 'react'
import { formatBytes } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { Age } from '../../shared/time.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
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

/** The shadows of a thing, for its page. */
export function ShadowList({ thingName }: { readonly thingName: string }) {
  const { data, error, isPending, refetch } = useQuery(shadowListQuery(thingName))
  const [isCreating, setCreating] = useState(false)
  const forbidden = useWhyNot('operator')
  const keys: ShadowKey[] = data
    ? [...(data.classic ? [{ thingName }] : []), ...data.named.map((shadowName) => ({ thingName, shadowName }))]
    : []
  const details = useQueries({ queries: keys.slice(0, MAX_DETAILS).map((key) => shadowQuery(key)) })
  const items = keys.map((key, index): ShadowItem => {
    const summary = details[index]?.data
    return { ...key, shadow: summary === null ? null : summary?.shadow }
  })
  const create = (
    <Button
      onClick={() => setCreating(true)}
      disabled={forbidden !== undefined}
      {...(forbidden === undefined ? {} : { disabledReason: forbidden })}
    >
      Create shadow
    </Button>
  )
  return (
    <SpaceBetween size="s">
      {error && <ErrorAlert error={error} what="The shadows could not be listed" onRetry={() => void refetch()} />}
      <Table
        items={items}
        trackBy={({ shadowName }) => shadowName ?? ''}
        loading={isPending}
        loadingText="Loading shadows"
        ariaLabels={{ tableLabel: 'Shadows' }}
        header={
          <Header
            variant="h2"
            counter={data ? `(${items.length})` : ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel="Refresh shadows"
                  onClick={() => {
                    void refetch()
                    for (const detail of details) void detail.refetch()
                  }}
                />
                {create}
              </SpaceBetween>
            }
          >
            Shadows
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name',
            header: 'Name',
            isRowHeader: true,
            cell: (key) => <Link href={paths.shadow(key.thingName, key.shadowName)}>{shadowTitle(key)}</Link>,
          },
          { id: 'state', header: 'State', cell: ({ shadow }) => <ItemState shadow={shadow} /> },
          { id: 'version', header: 'Version', cell: ({ shadow }) => shadow?.version ?? '–' },
          { id: 'changed', header: 'Last change', cell: ({ shadow }) => <LastChange shadow={shadow} /> },
          {
            id: 'size',
            header: `Size of ${formatBytes(SHADOW_LIMITS.maxStateBytes)}`,
            cell: ({ shadow }) => (shadow ? formatBytes(stateSizeBytes(shadow.state)) : '–'),
          },
        ]}
        empty={
          <Box textAlign="center" padding="m">
            <SpaceBetween size="s">
              <Box variant="strong">No shadow yet</Box>
              <Box color="text-body-secondary">
                A shadow holds what a device should do and what it reports, also while it is away.
              </Box>
              {create}
            </SpaceBetween>
          </Box>
        }
      />
      {isCreating && (
        <NewShadowDialog
          thingName={thingName}
          existing={keys.map(({ shadowName }) => shadowName)}
          onClose={() => setCreating(false)}
        />
      )}
    </SpaceBetween>
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
