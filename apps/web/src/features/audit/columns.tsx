import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences'
import Link from '@cloudscape-design/components/link'
import type { TableProps } from '@cloudscape-design/components/table'
import type { AuditEntry } from '@thingdeck/contract'
import { paths } from '../../shared/paths.ts'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { Outcome } from './components/outcome.tsx'
import { ResourceLink } from './components/resource-link.tsx'
import { summaryOf } from './entry-words.ts'

export const COLUMNS: readonly TableProps.ColumnDefinition<AuditEntry>[] = [
  { id: 'time', header: 'When', width: 110, minWidth: 90, cell: ({ time }) => <Age atMs={Date.parse(time)} /> },
  {
    id: 'person',
    header: 'Who',
    width: 110,
    minWidth: 90,
    cell: ({ person }) => <Link href={paths.audit({ person: person.name })}>{person.name}</Link>,
  },
  { id: 'action', header: 'Action', isRowHeader: true, width: 190, minWidth: 140, cell: ({ action }) => action },
  { id: 'resource', header: 'What', width: 210, minWidth: 140, cell: (entry) => <ResourceLink entry={entry} /> },
  {
    id: 'change',
    header: 'Change',
    width: 330,
    minWidth: 160,
    cell: (entry) => <span className="td-mono">{summaryOf(entry) || '–'}</span>,
  },
  { id: 'outcome', header: 'Outcome', width: 150, minWidth: 110, cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  {
    id: 'source',
    header: 'By way of',
    width: 130,
    minWidth: 100,
    cell: ({ reportedByPage, jobId }) => (reportedByPage ? 'MQTT, reported' : jobId === undefined ? 'server' : 'job'),
  },
  { id: 'version', header: 'Version', width: 100, cell: ({ version }) => version ?? '–' },
  {
    id: 'request',
    header: 'Request',
    width: 330,
    cell: ({ requestId }) => <Copyable what="request id" text={requestId} />,
  },
]

export const COLUMN_OPTIONS: readonly CollectionPreferencesProps.VisibleContentOption[] = [
  { id: 'time', label: 'When', editable: false },
  { id: 'person', label: 'Who', editable: false },
  { id: 'action', label: 'Action', editable: false },
  { id: 'resource', label: 'What' },
  { id: 'change', label: 'Change' },
  { id: 'outcome', label: 'Outcome' },
  { id: 'source', label: 'By way of' },
  { id: 'version', label: 'Version' },
  { id: 'request', label: 'Request' },
]

export const DEFAULT_PREFERENCES: CollectionPreferencesProps.Preferences = {
  wrapLines: false,
  visibleContent: ['time', 'person', 'action', 'resource', 'change', 'outcome'],
}
