import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type AuditEntry, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { changeWords } from '../audit-change.ts'
import { List } from '../list/list.tsx'
import type { ListColumn } from '../list/list-column.ts'
import type { ListWords } from '../list/list-props.ts'
import { pagesOf } from '../list/list-source.ts'
import { paths } from '../paths.ts'
import { VisibleText } from '../text/visible.tsx'
import { formatDateTime } from '../time.tsx'

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

interface ResourceChangesProps {
  /** As entries of the trail have it: `rule`. */
  readonly type: string
  readonly id: string
  /** Prefix of the query: what is read anew with it when it was changed. */
  readonly under: readonly string[]
}

/** What people did to one resource through the console, newest first. */
export function ResourceChanges({ type, id, under }: ResourceChangesProps) {
  const pages = useInfiniteQuery({
    queryKey: [...under, 'changes', type, id],
    queryFn: ({ signal, pageParam: cursor }) =>
      api(endpoints.listAuditEntries, { query: { resourceType: type, resourceId: id, cursor, limit: 50 }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 5_000, // ms
  })
  return (
    <List
      name={`${type}-changes`}
      variant="container"
      words={WORDS}
      columns={COLUMNS}
      rowId={({ id: entry }) => entry}
      source={pagesOf(pages, ({ entries }) => entries)}
      paging="endless"
      isNewestFirst
    />
  )
}
