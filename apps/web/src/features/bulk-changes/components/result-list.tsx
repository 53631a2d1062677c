import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { AuditChange, BulkChange, BulkChangeChange, BulkChangeResult } from '@thingdeck/contract'
import { resultPagesQuery } from '../../../shared/bulk-changes/bulk-change-queries.ts'
import { DifferenceTable } from '../../../shared/diff/difference-table.tsx'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { TwoLines } from '../../../shared/text/two-lines.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { outcomeInWords } from '../bulk-change-words.ts'
import type { BulkChangesSearch } from '../search.ts'
import { CommandOutcome } from './command-outcomes.tsx'
import { OUTCOME_TYPES } from './progress.tsx'

const columnsOf = ({ request: { change }, startedAt }: BulkChange): readonly ListColumn<BulkChangeResult>[] => [
  {
    id: 'target',
    header: change.kind === 'tags' ? 'Resource' : 'Thing',
    isRowHeader: true,
    isFixed: true,
    width: 220,
    minWidth: 140,
    cell: (result) => <Target result={result} change={change} />,
  },
  {
    id: 'outcome',
    header: 'Result',
    width: 260,
    minWidth: 160,
    cell: (result) => <Outcome result={result} kind={change.kind} />,
  },
  ...(change.kind === 'command' ? [ofCommand(change.commandId, startedAt)] : OF_CHANGES),
]

const OF_CHANGES: readonly ListColumn<BulkChangeResult>[] = [
  { id: 'changes', header: 'Before → after', minWidth: 220, cell: ({ changes = [] }) => <Changes changes={changes} /> },
  { id: 'version', header: 'Version', width: 100, cell: ({ version }) => version ?? '–' },
]

/** What a device made of it, its execution says. */
const ofCommand = (commandId: string, startedAt: string): ListColumn<BulkChangeResult> => ({
  id: 'execution',
  header: 'What came of it',
  minWidth: 220,
  cell: (result) => <CommandOutcome commandId={commandId} startedAt={startedAt} result={result} />,
})

const WORDS: ListWords = {
  title: 'Results',
  label: 'Results by thing',
  one: 'result',
  many: 'results',
  empty: { title: 'No results', text: 'No thing was meant, or none has this outcome.' },
}

/** As long as nobody knows of which things it is. */
const FINDING: ListWords = {
  ...WORDS,
  empty: { title: 'The things are being found', text: 'Each is shown here once all are known.' },
}

interface ResultListProps extends SearchProps<BulkChangesSearch> {
  readonly bulkChange: BulkChange
}

/** What became of each target, in the order in which they were found. */
export function ResultList({ bulkChange, search, setSearch }: ResultListProps) {
  const { bulkChangeId, request, total, counts } = bulkChange
  const pageSize = useListPageSize('bulk-change-results', 100)
  const pages = useInfiniteQuery(resultPagesQuery(bulkChangeId, search.outcome, pageSize, bulkChange.endedAt))
  return (
    <List
      name="bulk-change-results"
      variant="container"
      words={bulkChange.state === 'finding-things' ? FINDING : WORDS}
      columns={columnsOf(bulkChange)}
      rowId={({ target }) => target}
      source={pagesOf(pages, ({ results }) => results)}
      count={{ number: search.outcome === undefined ? total : (counts[search.outcome] ?? 0), isAbout: false }}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[25, 50, 100]}
      search={search}
      setSearch={setSearch}
      selection="single"
      look={(target, result) => ({
        header: target,
        content: result && <Look result={result} kind={request.change.kind} />,
      })}
    />
  )
}

interface TargetProps {
  readonly result: BulkChangeResult
  readonly change: BulkChangeChange
}

function Target({ result: { target, outcome }, change }: TargetProps) {
  const isGone = outcome === 'not-there' || (change.kind === 'delete' && outcome === 'changed')
  if (change.kind === 'tags' || isGone) return <NameText text={target} />
  const href = change.kind === 'shadow' ? paths.shadow(target, change.shadowName) : paths.thing(target)
  return (
    <Link href={href}>
      <NameText text={target} />
    </Link>
  )
}

interface OutcomeProps {
  readonly result: BulkChangeResult
  readonly kind: BulkChangeChange['kind']
}

function Outcome({ result: { outcome, message, code, isResumed }, kind }: OutcomeProps) {
  const why = [message, code && `(${code})`, isResumed && 'It was under way when its server ended.']
    .filter((part) => part)
    .join(' ')
  return (
    <>
      <StatusIndicator type={OUTCOME_TYPES[outcome]}>{outcomeInWords(outcome, kind)}</StatusIndicator>
      {why !== '' && <TwoLines text={why} />}
    </>
  )
}

const SHOWN = 3

function Changes({ changes }: { readonly changes: readonly AuditChange[] }) {
  if (changes.length === 0) return '–'
  return (
    <>
      {changes.slice(0, SHOWN).map(({ path, beforeText, afterText }) => (
        <div key={path} className="td-mono">
          {visible(`${path === '$' ? '' : `${path.replace('$.', '')}: `}${beforeText ?? '–'} → ${afterText ?? '–'}`)}
        </div>
      ))}
      {changes.length > SHOWN && <div className="td-weak">and {changes.length - SHOWN} more</div>}
    </>
  )
}

function Look({ result, kind }: OutcomeProps) {
  const { changes = [] } = result
  return (
    <>
      <Outcome result={result} kind={kind} />
      {changes.length > 0 && (
        <DifferenceTable
          label={`What changes at ${visibleText(result.target)}`}
          differences={changes.map(({ path, beforeText, afterText }) => ({
            key: path,
            before: beforeText,
            after: afterText,
          }))}
        />
      )}
    </>
  )
}
