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

/** At 1024 pixels those that are shown unless chosen otherwise fit beside each other: a refusal must not be out of sight. */
export const COLUMNS: readonly TableProps.ColumnDefinition<AuditEntry>[] = [
  { id: 'time', header: 'When', width: 100, minWidth: 90, cell: ({ time }) => <Age atMs={Date.parse(time)} /> },
  {
    id: 'person',
    header: 'Who',
    width: 90,
    minWidth: 80,
    cell: ({ person }) => <Link href={paths.activity({ person: person.name })}>{person.name}</Link>,
  },
  { id: 'action', header: 'Action', isRowHeader: true, width: 175, minWidth: 130, cell: ({ action }) => action },
  { id: 'resource', header: 'What', width: 185, minWidth: 130, cell: (entry) => <ResourceLink entry={entry} /> },
  { id: 'outcome', header: 'Outcome', width: 140, minWidth: 100, cell: (entry) => <Outcome {...entry} /> },
  { id: 'change', header: 'Change', width: 270, minWidth: 160, cell: (entry) => <Change entry={entry} /> },
  {
    id: 'source',
    header: 'By way of',
    width: 130,
    minWidth: 100,
    cell: ({ reportedByPage, bulkChangeId }) =>
      reportedByPage ? 'MQTT, reported' : bulkChangeId === undefined ? 'server' : 'bulk change',
  },
  { id: 'version', header: 'Version', width: 100, cell: ({ version }) => version ?? '–' },
  {
    id: 'request',
    header: 'Request',
    width: 330,
    cell: ({ requestId }) => <Copyable what="request id" text={requestId} />,
  },
]

/** What was refused did not happen. */
function Change({ entry }: { readonly entry: AuditEntry }) {
  const summary = summaryOf(entry) || '–'
  if (entry.outcome.code === undefined || summary === '–') return <span className="td-mono">{summary}</span>
  return (
    <span className="td-mono td-weak">
      not done: <s>{summary}</s>
    </span>
  )
}

export const COLUMN_OPTIONS: readonly CollectionPreferencesProps.VisibleContentOption[] = [
  { id: 'time', label: 'When', editable: false },
  { id: 'person', label: 'Who', editable: false },
  { id: 'action', label: 'Action', editable: false },
  { id: 'resource', label: 'What' },
  { id: 'outcome', label: 'Outcome', editable: false },
  { id: 'change', label: 'Change' },
  { id: 'source', label: 'By way of' },
  { id: 'version', label: 'Version' },
  { id: 'request', label: 'Request' },
]

export const DEFAULT_PREFERENCES: CollectionPreferencesProps.Preferences = {
  wrapLines: false,
  visibleContent: ['time', 'person', 'action', 'resource', 'outcome', 'change'],
}
