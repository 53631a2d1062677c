import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { formatCheck } from '../../../shared/authorization/check.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import type { ListWords } from '../../../shared/list/list-props.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Need } from '../components/need.tsx'
import { whyInALine } from '../components/outcome.tsx'
import { Variables } from '../components/variables.tsx'
import type { CasesSearch } from '../search.ts'
import type { DecidedCase } from './decide-case.ts'

interface CasesListProps extends SearchProps<CasesSearch> {
  readonly decided: readonly DecidedCase[]
  /** Reads the policies anew that were chosen. */
  readonly refresh: () => void
  readonly isRefreshing: boolean
}

/** What came of each case; those that came out otherwise are first. */
export function CasesList({ decided, refresh, isRefreshing, search, setSearch }: CasesListProps) {
  const pageSize = useListPageSize('policy-cases', 50)
  const ordered = decided.toSorted((one, other) => Number(one.isAsExpected) - Number(other.isAsExpected))
  const pages = Array.from({ length: Math.ceil(ordered.length / pageSize) }, (_, index) =>
    ordered.slice(index * pageSize, (index + 1) * pageSize),
  )
  return (
    <List
      name="policy-cases"
      variant="container"
      words={WORDS}
      columns={COLUMNS}
      rowId={({ number }) => String(number)}
      source={{
        pages,
        isPending: false,
        isFetching: false,
        isRefreshing,
        isFetchingNextPage: false,
        error: null,
        hasNextPage: false,
        fetchNextPage() {},
        refresh,
      }}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[50, 100, 200]}
      search={search}
      setSearch={setSearch}
      selection="single"
      selectLabel={({ number }) => `Explain case ${number}`}
      look={(number, row) => ({ header: `Case ${number}`, content: row && <Explained row={row} /> })}
    />
  )
}

const WORDS: ListWords = {
  title: 'Cases',
  one: 'case',
  many: 'cases',
  empty: { title: 'No case', text: 'A file of cases has questions, and what is to come of each.' },
}

const COLUMNS: readonly ListColumn<DecidedCase>[] = [
  { id: 'number', header: 'No.', width: 80, cell: ({ number }) => number },
  {
    id: 'what',
    header: 'Case',
    isRowHeader: true,
    minWidth: 220,
    cell: ({ asked }) => <NameText text={asked.what ?? formatCheck(asked.check)} />,
  },
  {
    id: 'check',
    header: 'Check',
    minWidth: 220,
    cell: ({ asked }) => (
      <span className="td-mono">
        <NameText text={formatCheck(asked.check)} />
      </span>
    ),
  },
  { id: 'client', header: 'Client id', width: 150, cell: ({ asked }) => <NameText text={asked.clientId} /> },
  { id: 'outcome', header: 'Decision', width: 220, cell: (row) => <Came row={row} /> },
  { id: 'why', header: 'By which statement', minWidth: 240, cell: (row) => <NameText text={whyOf(row)} /> },
]

function Came({ row: { outcome, isAsExpected, asked } }: { readonly row: DecidedCase }) {
  if (!outcome) return <StatusIndicator type="warning">Not decided</StatusIndicator>
  const word = outcome.decision === 'ALLOWED' ? 'Allowed' : 'Denied'
  if (isAsExpected) return <StatusIndicator type="success">{word}, as expected</StatusIndicator>
  return (
    <StatusIndicator type="error">
      {word}, expected {asked.expect === 'ALLOWED' ? 'allowed' : 'denied'}
    </StatusIndicator>
  )
}

/** As the row of a check says it. */
const whyOf = ({ outcome, policies }: DecidedCase): string =>
  whyInALine({ outcome, policies, side: undefined, sides: [] })

function Explained({ row }: { readonly row: DecidedCase }) {
  const { outcome, policies } = row
  if (!outcome) return <span>It says nothing that could be asked, or no policies decide about it.</span>
  return (
    <SpaceBetween size="m">
      <Came row={row} />
      {policies.malformed.map(({ policyName, message }) => (
        <StatusIndicator key={policyName} type="error">
          {policyName} cannot be read, and decides nothing here: {message}
        </StatusIndicator>
      ))}
      {outcome.refusedBefore !== undefined && <StatusIndicator type="error">{outcome.refusedBefore}</StatusIndicator>}
      {outcome.needs.map((need) => (
        <Need key={need.decision.action} need={need} policies={policies} />
      ))}
      <section aria-label="Variables">
        <Box variant="h3">Variables for this connection</Box>
        <Variables need={outcome.deciding} policies={policies} />
      </section>
    </SpaceBetween>
  )
}
