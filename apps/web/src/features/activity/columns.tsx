import Link from '@cloudscape-design/components/link'
import type { AuditEntry } from '@thingdeck/contract'
import { AGE_WIDTH, type ListColumn } from '../../shared/list/list-column.ts'
import { paths } from '../../shared/paths.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { Outcome } from './components/outcome.tsx'
import { ResourceLink } from './components/resource-link.tsx'
import { summaryOf } from './entry-words.ts'

/** At 1024 pixels those that are shown unless chosen otherwise fit beside each other: a refusal must not be out of sight. */
export const COLUMNS: readonly ListColumn<AuditEntry>[] = [
  {
    id: 'time',
    isFixed: true,
    header: 'When',
    width: AGE_WIDTH,
    minWidth: 90,
    cell: ({ time }) => <Age atMs={Date.parse(time)} />,
  },
  {
    id: 'person',
    isFixed: true,
    header: 'Who',
    width: 90,
    minWidth: 80,
    cell: ({ person }) => <Link href={paths.activity({ person: person.name })}>{visible(person.name)}</Link>,
  },
  {
    id: 'action',
    isFixed: true,
    header: 'Action',
    isRowHeader: true,
    width: 175,
    minWidth: 130,
    cell: ({ action }) => action,
  },
  { id: 'resource', header: 'What', width: 185, minWidth: 130, cell: (entry) => <ResourceLink entry={entry} /> },
  {
    id: 'outcome',
    isFixed: true,
    header: 'Outcome',
    width: 140,
    minWidth: 100,
    cell: (entry) => <Outcome {...entry} />,
  },
  { id: 'change', header: 'Change', width: 270, minWidth: 160, cell: (entry) => <Change entry={entry} /> },
  {
    id: 'source',
    isHiddenAtFirst: true,
    header: 'By way of',
    width: 130,
    minWidth: 100,
    cell: ({ reportedByPage, bulkChangeId }) =>
      reportedByPage ? 'MQTT, reported' : bulkChangeId === undefined ? 'server' : 'bulk change',
  },
  { id: 'version', isHiddenAtFirst: true, header: 'Version', width: 100, cell: ({ version }) => version ?? '–' },
  {
    id: 'request',
    isHiddenAtFirst: true,
    header: 'Request',
    width: 330,
    cell: ({ requestId }) => <Copyable what="request id" text={requestId} />,
  },
]

/** What was refused did not happen. */
function Change({ entry }: { readonly entry: AuditEntry }) {
  const summary = summaryOf(entry) || '–'
  if (entry.outcome.code === undefined || summary === '–') return <span className="td-mono">{visible(summary)}</span>
  return (
    <span className="td-mono td-weak">
      not done: <s>{visible(summary)}</s>
    </span>
  )
}
