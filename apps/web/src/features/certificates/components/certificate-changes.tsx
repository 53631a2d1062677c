import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntry } from '@thingdeck/contract'
import { changeWords } from '../../../shared/audit-change.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { formatDateTime } from '../../../shared/time.tsx'
import { certificateChangesQuery } from '../api.ts'

const COLUMNS: readonly ListColumn<AuditEntry>[] = [
  {
    id: 'time',
    header: 'Time',
    isRowHeader: true,
    width: 230,
    cell: ({ id, time }) => <Link href={paths.activity({ look: id })}>{formatDateTime(Date.parse(time))}</Link>,
  },
  { id: 'person', header: 'Person', width: 140, cell: ({ person }) => <VisibleText text={person.name} /> },
  { id: 'action', header: 'Action', width: 210, cell: ({ action }) => action },
  {
    id: 'change',
    header: 'Change',
    minWidth: 240,
    cell: ({ changes = [] }) => changes.map((change) => <div key={change.path}>{changeWords(change)}</div>),
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: 200,
    cell: ({ outcome }) =>
      outcome.code === undefined ? (
        <StatusIndicator type="success">Done</StatusIndicator>
      ) : (
        <span title={outcome.message}>
          <StatusIndicator type="error">{outcome.code}</StatusIndicator>
        </span>
      ),
  },
]

const WORDS: ListWords = {
  title: 'Changes',
  one: 'change',
  many: 'changes',
  description: 'By people, through this console: what other programs did to it is not here.',
  empty: { title: 'No changes yet', text: 'Of what is kept, nobody has changed it through the console.' },
}

/** What people did to a certificate through the console, newest first. */
export function CertificateChanges({ certificateId }: { readonly certificateId: string }) {
  const pages = useInfiniteQuery(certificateChangesQuery(certificateId))
  return (
    <List
      name="certificate-changes"
      variant="container"
      words={WORDS}
      columns={COLUMNS}
      rowId={({ id }) => id}
      source={pagesOf(pages, ({ entries }) => entries)}
      paging="endless"
      isNewestFirst
    />
  )
}
