import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import Pagination from '@cloudscape-design/components/pagination'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BulkChangeOutcome, BulkChangeProgress } from '@thingdeck/contract'
import { useState } from 'react'
import { ConfirmDialog } from '../../shared/dialog/confirm-dialog.tsx'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import {
  applyBulkChange,
  bulkChangeQuery,
  bulkChangesKey,
  cancelBulkChange,
  RESULTS_PER_PAGE,
  resultsQuery,
  retryBulkChange,
} from './api.ts'
import { changeInWords, endInWords, shadowsInWords } from './bulk-change-words.ts'

interface BulkChangeViewProps {
  readonly bulkChangeId: string
  readonly onOpen: (bulkChangeId: string | undefined) => void
}

/** How far a bulk change is, and what became of each thing. */
export function BulkChangeView({ bulkChangeId, onOpen }: BulkChangeViewProps) {
  const { data: bulkChange, error } = useQuery(bulkChangeQuery(bulkChangeId))
  if (error) {
    return (
      <SpaceBetween size="s">
        <ErrorAlert error={error} what="The bulk change could not be read; it ends with the server that runs it" />
        <Button onClick={() => onOpen(undefined)}>New change</Button>
      </SpaceBetween>
    )
  }
  return bulkChange ? <Details bulkChange={bulkChange} onOpen={onOpen} /> : <Loading what="bulk change" />
}

function Details({
  bulkChange,
  onOpen,
}: {
  readonly bulkChange: BulkChangeProgress
  readonly onOpen: BulkChangeViewProps['onOpen']
}) {
  const client = useQueryClient()
  const forbidden = useWhyNot('operator')
  const opened = {
    onSuccess: ({ bulkChangeId }: BulkChangeProgress) => {
      void client.invalidateQueries({ queryKey: bulkChangesKey })
      onOpen(bulkChangeId)
    },
  }
  const cancel = useMutation({ mutationFn: () => cancelBulkChange(bulkChange.bulkChangeId), ...opened })
  const retry = useMutation({ mutationFn: () => retryBulkChange(bulkChange.bulkChangeId), ...opened })
  const [isAsking, setAsking] = useState(false)
  const wouldChange = bulkChange.counts['would-change'] ?? 0
  const isRunning = bulkChange.endedAt === undefined
  const waiting = bulkChange.counts.waiting ?? 0
  const isInterrupted = bulkChange.state === 'interrupted'
  const left = (bulkChange.counts.failed ?? 0) + (bulkChange.counts.cancelled ?? 0) + (isInterrupted ? waiting : 0)
  const failure = cancel.error ?? retry.error
  const disabled = forbidden === undefined ? {} : { disabled: true, disabledReason: forbidden }
  return (
    <SpaceBetween size="s">
      {failure && <ErrorAlert error={failure} what="That did not work" />}
      <Header
        variant="h2"
        description={visible(`${changeInWords(bulkChange.request)}, started by ${bulkChange.startedBy}`)}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {isRunning && (
              <Button onClick={() => cancel.mutate()} loading={cancel.isPending} {...disabled}>
                Cancel the bulk change
              </Button>
            )}
            {!isRunning &&
              bulkChange.continuedBy === undefined &&
              (left > 0 || (isInterrupted && bulkChange.total === 0)) && (
                <Button onClick={() => retry.mutate()} loading={retry.isPending} {...disabled}>
                  {retryWords(bulkChange, left)}
                </Button>
              )}
            {!isRunning && bulkChange.request.dryRun && wouldChange > 0 && (
              <Button variant="primary" onClick={() => setAsking(true)} {...disabled}>
                {`Change ${shadowsInWords(wouldChange)} now`}
              </Button>
            )}
            <Button onClick={() => onOpen(undefined)}>New change</Button>
          </SpaceBetween>
        }
      >
        {bulkChange.request.dryRun ? 'Dry run' : 'Change'}
      </Header>
      <ProgressBar
        ariaLabel="Progress of the bulk change"
        value={bulkChange.total === 0 ? (isRunning ? 0 : 100) : ((bulkChange.total - waiting) / bulkChange.total) * 100}
        status={isRunning ? 'in-progress' : hasDoneAll(bulkChange) ? 'success' : 'error'}
        additionalInfo={`${formatCount(bulkChange.total - waiting)} of ${formatCount(bulkChange.total)} things`}
        resultText={visible(endInWords(bulkChange))}
      />
      <Results bulkChange={bulkChange} isRunning={isRunning} />
      {isAsking && (
        <ConfirmDialog
          header={`Change ${shadowsInWords(wouldChange)}?`}
          action={`Change ${shadowsInWords(wouldChange)}`}
          failure="The change could not be started"
          onConfirm={async () => opened.onSuccess(await applyBulkChange(bulkChange.bulkChangeId))}
          onClose={() => setAsking(false)}
        >
          {visible(changeInWords(bulkChange.request))}, on the things that would change by this dry run and on no
          others. There is no undo for all at once.
        </ConfirmDialog>
      )}
    </SpaceBetween>
  )
}

/** Nothing failed, and nothing was left. */
const hasDoneAll = ({ state, counts: { failed = 0 } }: BulkChangeProgress): boolean => state === 'done' && failed === 0

/** A bulk change that was cancelled has things that it did not begin. */
function retryWords({ state, total, counts: { failed = 0, cancelled = 0 } }: BulkChangeProgress, left: number): string {
  if (state !== 'interrupted') {
    const why = cancelled === 0 ? 'failed' : failed === 0 ? 'had not begun' : 'failed or had not begun'
    return `Retry ${formatCount(left)} that ${why}`
  }
  return total === 0 ? 'Start again' : `Go on with ${formatCount(left)} that are left`
}

const OUTCOMES: Readonly<Record<BulkChangeOutcome, readonly [type: StatusIndicatorProps.Type, words: string]>> = {
  waiting: ['pending', 'waiting'],
  changed: ['success', 'changed'],
  'would-change': ['info', 'would change'],
  unchanged: ['success', 'is so already'],
  'no-shadow': ['stopped', 'has no such shadow'],
  failed: ['error', 'failed'],
  cancelled: ['stopped', 'not begun'],
}

function Results({ bulkChange, isRunning }: { readonly bulkChange: BulkChangeProgress; readonly isRunning: boolean }) {
  const [outcome, setOutcome] = useState<BulkChangeOutcome>()
  const [page, setPage] = useState(0)
  const { data, isPending } = useQuery(resultsQuery(bulkChange.bulkChangeId, outcome, page, isRunning))
  const { shadowName } = bulkChange.request
  const options = [
    { value: '', label: `all (${formatCount(bulkChange.total)})` },
    ...outcomesOf(bulkChange).map((each) => ({
      value: each,
      label: `${OUTCOMES[each][1]} (${formatCount(bulkChange.counts[each] ?? 0)})`,
    })),
  ]
  return (
    <Table
      items={data?.results ?? []}
      trackBy="thingName"
      loading={isPending}
      loadingText="Loading results"
      ariaLabels={{ tableLabel: 'Results by thing' }}
      filter={
        <Select
          ariaLabel="Which results"
          options={options}
          selectedOption={options.find(({ value }) => value === (outcome ?? '')) ?? null}
          onChange={({ detail }) => {
            setOutcome(outcomesOf(bulkChange).find((each) => each === detail.selectedOption.value))
            setPage(0)
          }}
        />
      }
      pagination={
        <Pagination
          currentPageIndex={page + 1}
          pagesCount={Math.max(1, Math.ceil((data?.total ?? 0) / RESULTS_PER_PAGE))}
          onChange={({ detail }) => setPage(detail.currentPageIndex - 1)}
        />
      }
      columnDefinitions={[
        {
          id: 'thing',
          header: 'Thing',
          isRowHeader: true,
          cell: ({ thingName }) => (
            <Link href={paths.shadow(thingName, shadowName)}>
              <NameText text={thingName} />
            </Link>
          ),
        },
        {
          id: 'outcome',
          header: 'Result',
          cell: ({ outcome: each, message, code }) => (
            <StatusIndicator type={OUTCOMES[each][0]}>
              {OUTCOMES[each][1]}
              {message !== undefined && <>: {visible(message)}</>}
              {code !== undefined && ` (${code})`}
            </StatusIndicator>
          ),
        },
        {
          id: 'before',
          header: 'Before',
          cell: ({ beforeText }) => <span className="td-mono">{visible(beforeText ?? '–')}</span>,
        },
        { id: 'version', header: 'Version', cell: ({ version }) => version ?? '–' },
      ]}
      empty="No thing was meant."
    />
  )
}

function outcomesOf({ counts }: BulkChangeProgress): readonly BulkChangeOutcome[] {
  // Of an object that is typed by its keys, `Object.keys` only says that they are texts.
  return (Object.keys(OUTCOMES) as BulkChangeOutcome[]).filter((outcome) => (counts[outcome] ?? 0) > 0)
}
