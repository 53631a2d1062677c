import Link from '@cloudscape-design/components/link'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  BULK_CHANGE_OUTCOMES,
  type BulkChange,
  type BulkChangeOutcome,
  type BulkChangeResult,
  endpoints,
} from '@thingdeck/contract'
import type { Action } from '../../shared/action/action.ts'
import { api } from '../../shared/api.ts'
import {
  BULK_CHANGES,
  bulkChangeQuery,
  isOver,
  percentOf,
  resultPagesQuery,
} from '../../shared/bulk-changes/bulk-change-queries.ts'
import { CertificateLink } from '../../shared/certificate/certificate-link.tsx'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { formatCounted } from '../../shared/format.ts'
import { List } from '../../shared/list/list.tsx'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { KeysPanel } from './components/keys-panel.tsx'
import { countsInWords, OUTCOME_WORDS, sourceOf } from './run-words.ts'
import type { RegisterSearch } from './search.ts'

const ROWS = 100

interface RunPageProps extends SearchProps<RegisterSearch> {
  readonly bulkChangeId: string
}

/** How far a registration is, what became of each line, and its keys and certificates. */
export function RunPage({ bulkChangeId, search, setSearch }: RunPageProps) {
  const query = useQuery(bulkChangeQuery(bulkChangeId))
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (endpoint: (typeof ACTS)[keyof typeof ACTS]) => api(endpoint, { params: { bulkChangeId } }),
    onSettled: () => client.invalidateQueries({ queryKey: BULK_CHANGES }),
  })
  const { data } = query
  const title = data ? `Registration of ${sourceOf(data)}` : 'Registration'
  return (
    <DetailsPage
      title={title}
      breadcrumbs={[
        { text: 'Register things', href: paths.registerThings() },
        { text: title, href: paths.registerThings({ run: bulkChangeId }) },
      ]}
      status={
        data && (
          <>
            begun <Age atMs={Date.parse(data.startedAt)} /> by {visible(data.startedBy)}
            {data.resumed !== undefined && '; gone on with after its server had ended'}
          </>
        )
      }
      what="registration"
      query={query}
      notFound="No registration of this id is known to this console"
      actions={data ? actionsOn(data, (which) => act.mutate(ACTS[which])) : []}
      content={(run) => (
        <SpaceBetween size="l">
          {act.error && <ErrorAlert error={act.error} what="That did not work" />}
          <Progress run={run} />
          <KeysPanel run={run} />
          <Lines run={run} search={search} setSearch={setSearch} />
        </SpaceBetween>
      )}
    />
  )
}

const ACTS = {
  pause: endpoints.pauseBulkChange,
  resume: endpoints.resumeBulkChange,
  cancel: endpoints.cancelBulkChange,
  retry: endpoints.retryBulkChange,
} as const

function actionsOn(run: BulkChange, onAct: (which: keyof typeof ACTS) => void): Action[] {
  const { failed = 0, cancelled = 0 } = run.counts
  const needs = 'admin' as const
  const again = { id: 'another', text: 'Register another file', href: paths.registerThings() }
  if (!isOver(run)) {
    const isPaused = run.state === 'paused'
    return [
      { id: 'cancel', text: 'Cancel registration', needs, onAction: () => onAct('cancel') },
      isPaused
        ? { id: 'resume', text: 'Go on with registration', needs, isPrimary: true, onAction: () => onAct('resume') }
        : { id: 'pause', text: 'Pause registration', needs, onAction: () => onAct('pause') },
    ]
  }
  if (failed + cancelled === 0) return [again]
  const text = `Retry ${formatCounted(failed + cancelled, 'thing')} that ${cancelled === 0 ? 'failed' : 'failed or had not begun'}`
  return [again, { id: 'retry', text, needs, isPrimary: true, onAction: () => onAct('retry') }]
}

function Progress({ run }: { readonly run: BulkChange }) {
  const { failed = 0 } = run.counts
  return (
    <ProgressBar
      ariaLabel="Progress of the registration"
      value={percentOf(run)}
      status={!isOver(run) ? 'in-progress' : run.state === 'done' && failed === 0 ? 'success' : 'error'}
      additionalInfo={`${run.state === 'paused' ? `Paused. ${run.pausedWhy ?? ''} ` : ''}${countsInWords(run)}`}
      resultText={visible(`${run.state === 'cancelled' ? 'Cancelled: ' : ''}${run.failure ?? countsInWords(run)}`)}
    />
  )
}

const STATUS: Readonly<Record<BulkChangeOutcome, StatusIndicatorProps.Type>> = {
  waiting: 'pending',
  'under-way': 'in-progress',
  changed: 'success',
  'would-change': 'info',
  unchanged: 'success',
  'left-out': 'warning',
  'not-there': 'warning',
  failed: 'error',
  cancelled: 'stopped',
}

const COLUMNS: readonly ListColumn<BulkChangeResult>[] = [
  {
    id: 'thing',
    header: 'Thing',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    cell: ({ target, outcome }) =>
      outcome === 'changed' || outcome === 'left-out' ? (
        <Link href={paths.thing(target)}>
          <NameText text={target} />
        </Link>
      ) : (
        <NameText text={target} />
      ),
  },
  {
    id: 'outcome',
    header: 'What became of it',
    width: 180,
    cell: ({ outcome }) => <StatusIndicator type={STATUS[outcome]}>{OUTCOME_WORDS[outcome]}</StatusIndicator>,
  },
  {
    id: 'certificate',
    header: 'Certificate',
    width: 200,
    cell: ({ certificateId }) =>
      certificateId === undefined ? '–' : <CertificateLink certificateId={certificateId} />,
  },
  {
    id: 'why',
    header: 'Why',
    minWidth: 240,
    cell: ({ code, message }) => visible([code, message].filter((text) => text !== undefined).join(': ')),
  },
]

function Lines({ run, search, setSearch }: { readonly run: BulkChange } & SearchProps<RegisterSearch>) {
  const pages = useInfiniteQuery(resultPagesQuery(run.bulkChangeId, search.outcome, ROWS, run.endedAt))
  return (
    <List
      name="registration-lines"
      variant="container"
      words={{
        title: 'Lines',
        one: 'line',
        many: 'lines',
        empty: { title: 'No lines', text: 'Nothing was to be made.' },
      }}
      columns={COLUMNS}
      rowId={({ target }) => target}
      source={pagesOf(pages, ({ results }) => results)}
      paging="endless"
      actions={() => [
        ...(search.outcome !== undefined
          ? [{ id: 'all', text: 'Show all lines', onAction: () => setSearch({ outcome: undefined }) }]
          : []),
        ...BULK_CHANGE_OUTCOMES.filter(
          (outcome) =>
            (outcome === 'failed' || outcome === 'left-out') &&
            (run.counts[outcome] ?? 0) > 0 &&
            search.outcome !== outcome,
        ).map((outcome) => ({
          id: outcome,
          text: `Show ${formatCounted(run.counts[outcome] ?? 0, 'line')} that ${outcome === 'failed' ? '' : run.counts[outcome] === 1 ? 'was ' : 'were '}${OUTCOME_WORDS[outcome]}`,
          onAction: () => setSearch({ outcome }),
        })),
      ]}
    />
  )
}
