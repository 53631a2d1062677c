import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { BulkChange } from '@thingdeck/contract'
import type { Action } from '../../shared/action/action.ts'
import { bulkChangeListQuery } from '../../shared/bulk-changes/bulk-change-queries.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { changeInWords, stateInWords, targetsInWords } from './bulk-change-words.ts'
import type { BulkChangesSearch } from './search.ts'

const COLUMNS: readonly ListColumn<BulkChange>[] = [
  {
    id: 'change',
    header: 'Change',
    isRowHeader: true,
    isFixed: true,
    width: 300,
    minWidth: 200,
    cell: ({ bulkChangeId, request, undoOf }) => (
      <Link href={paths.bulkChanges({ bulkChange: bulkChangeId })}>
        {undoOf === undefined ? (
          visible(changeInWords(request.change))
        ) : (
          <>Undo: {visible(changeInWords(request.change))}</>
        )}
      </Link>
    ),
  },
  { id: 'run', header: 'Run', width: 100, cell: ({ request }) => (request.dryRun ? 'dry run' : 'change') },
  {
    id: 'targets',
    header: 'Targets',
    width: 120,
    cell: ({ request, total }) => targetsInWords(request.change.kind, total),
  },
  { id: 'state', header: 'How far', minWidth: 240, cell: (bulkChange) => <HowFar bulkChange={bulkChange} /> },
  { id: 'by', header: 'By', width: 130, cell: ({ startedBy }) => visible(startedBy) },
  { id: 'age', header: 'Begun', width: 120, cell: ({ startedAt }) => <Age atMs={Date.parse(startedAt)} /> },
]

const CREATE: Action = {
  id: 'create',
  text: 'New bulk change',
  needs: 'operator',
  isPrimary: true,
  href: paths.bulkChanges({ act: 'shadow' }),
}

const WORDS: ListWords = {
  title: 'Bulk changes',
  one: 'bulk change',
  many: 'bulk changes',
  description: 'One change of many things, in AWS’s rates. They go on when the page is left.',
  empty: {
    title: 'No bulk changes yet',
    text: 'Change shadows, attributes, types, groups, billing groups, policies or certificates of many things at once, tag resources, or delete things. A dry run says first what would change.',
  },
}

/** The bulk changes that the console remembers, of everybody. */
export function ListOfBulkChanges({ search, setSearch }: SearchProps<BulkChangesSearch>) {
  const query = useQuery(bulkChangeListQuery)
  return (
    <ListPage
      name="bulk-changes"
      breadcrumbs={[{ text: 'Bulk changes', href: paths.bulkChanges() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ bulkChangeId }) => bulkChangeId}
      source={wholeOf(query, query.data?.bulkChanges ?? [])}
      paging="endless"
      isNewestFirst
      search={search}
      setSearch={setSearch}
      notice={
        query.data?.lasts === false && (
          <Alert type="warning" header="Bulk changes end with this console">
            It keeps them in its memory: its restart forgets how far they are. SHARED_FILE or REDIS_URL has them outlive
            it, and go on.
          </Alert>
        )
      }
      actions={() => [CREATE]}
    />
  )
}

const STATES: Readonly<Record<BulkChange['state'], StatusIndicatorProps.Type>> = {
  'finding-things': 'in-progress',
  running: 'in-progress',
  paused: 'pending',
  done: 'success',
  cancelled: 'stopped',
  failed: 'error',
}

function HowFar({ bulkChange }: { readonly bulkChange: BulkChange }) {
  const type = bulkChange.state === 'done' && (bulkChange.counts.failed ?? 0) > 0 ? 'warning' : STATES[bulkChange.state]
  return (
    <div className="td-two-lines">
      <StatusIndicator type={type}>{visible(stateInWords(bulkChange, bulkChange.request.change.kind))}</StatusIndicator>
    </div>
  )
}
