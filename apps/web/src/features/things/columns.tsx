import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { paths } from '../../shared/paths.ts'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import type { Source, ThingRow } from './list-api.ts'

export const COLUMNS: readonly ListColumn<ThingRow>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 220,
    minWidth: 140,
    cell: ({ thingName }) => <Link href={paths.thing(thingName)}>{thingName}</Link>,
  },
  {
    id: 'connection',
    header: 'Connection',
    width: 200,
    minWidth: 140,
    cell: ({ connectivity }) => <Connection connectivity={connectivity} />,
  },
  { id: 'type', header: 'Type', width: 140, minWidth: 100, cell: ({ thingTypeName }) => thingTypeName ?? '–' },
  {
    id: 'groups',
    header: 'Groups',
    width: 160,
    minWidth: 100,
    cell: ({ thingGroupNames }) => thingGroupNames?.join(', ') || '–',
  },
  {
    id: 'attributes',
    header: 'Attributes',
    minWidth: 160,
    cell: ({ attributes }) =>
      Object.entries(attributes)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', ') || '–',
  },
  {
    id: 'arn',
    header: 'ARN',
    isHiddenAtFirst: true,
    minWidth: 240,
    cell: ({ thingArn }) => (thingArn === undefined ? '–' : <Copyable what="ARN" text={thingArn} />),
  },
  { id: 'version', header: 'Registry version', isHiddenAtFirst: true, cell: ({ version }) => version ?? '–' },
]

function Connection({ connectivity }: { readonly connectivity: ThingRow['connectivity'] | undefined }) {
  if (!connectivity) return '–'
  const { connected, changedAt, disconnectReason } = connectivity
  const since = changedAt === undefined ? undefined : <Age atMs={Date.parse(changedAt)} />
  if (connected) return <StatusIndicator type="success">Connected {since}</StatusIndicator>
  return (
    <span title={disconnectReason}>
      <StatusIndicator type="stopped">Disconnected {since}</StatusIndicator>
    </span>
  )
}

/** What only one of the sources knows. */
const ONLY: Readonly<Record<string, Source>> = {
  connection: 'index',
  groups: 'index',
  arn: 'registry',
  version: 'registry',
}

/** The columns that can be had of a source; `isLive`: the index knows connections. */
export const offeredColumns = (source: Source, isLive: boolean): readonly string[] =>
  COLUMNS.map(({ id }) => id).filter((id) => (ONLY[id] ?? source) === source && (id !== 'connection' || isLive))

/** AWS gives at most 250 of the registry at a time, and 100 of the index. */
export const pageSizes = (source: Source) => (source === 'index' ? [25, 50, 100] : [25, 50, 100, 250])
