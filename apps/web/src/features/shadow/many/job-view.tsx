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
import type { ShadowJob, ShadowJobOutcome } from '@thingdeck/contract'
import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { cancelJob, jobQuery, jobsKey, RESULTS_PER_PAGE, resultsQuery, retryJob, startJob } from './api.ts'

interface JobViewProps {
  readonly jobId: string
  readonly onOpen: (jobId: string | undefined) => void
}

/** How far a job is, and what became of each thing. */
export function JobView({ jobId, onOpen }: JobViewProps) {
  const { data: job, error } = useQuery(jobQuery(jobId))
  if (error) {
    return (
      <SpaceBetween size="s">
        <ErrorAlert error={error} what="The job could not be read; jobs end with the server that runs them" />
        <Button onClick={() => onOpen(undefined)}>New change</Button>
      </SpaceBetween>
    )
  }
  return job ? <Job job={job} onOpen={onOpen} /> : <Loading what="job" />
}

function Job({ job, onOpen }: { readonly job: ShadowJob; readonly onOpen: JobViewProps['onOpen'] }) {
  const client = useQueryClient()
  const forbidden = useWhyNot('operator')
  const opened = {
    onSuccess: ({ jobId }: ShadowJob) => {
      void client.invalidateQueries({ queryKey: jobsKey })
      onOpen(jobId)
    },
  }
  const cancel = useMutation({ mutationFn: () => cancelJob(job.jobId), ...opened })
  const retry = useMutation({ mutationFn: () => retryJob(job.jobId), ...opened })
  const real = useMutation({ mutationFn: () => startJob({ ...job.request, dryRun: false }), ...opened })
  const isRunning = job.endedAt === undefined
  const waiting = job.counts.waiting ?? 0
  const isInterrupted = job.state === 'interrupted'
  const left = (job.counts.failed ?? 0) + (job.counts.cancelled ?? 0) + (isInterrupted ? waiting : 0)
  const failure = cancel.error ?? retry.error ?? real.error
  const disabled = forbidden === undefined ? {} : { disabled: true, disabledReason: forbidden }
  return (
    <SpaceBetween size="s">
      {failure && <ErrorAlert error={failure} what="That did not work" />}
      <Header
        variant="h2"
        description={`${inWords(job)}, started by ${job.startedBy}`}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {isRunning && (
              <Button onClick={() => cancel.mutate()} loading={cancel.isPending} {...disabled}>
                Cancel job
              </Button>
            )}
            {!isRunning && (left > 0 || (isInterrupted && job.total === 0)) && (
              <Button onClick={() => retry.mutate()} loading={retry.isPending} {...disabled}>
                {retryWords(job, left)}
              </Button>
            )}
            {!isRunning && job.request.dryRun && (job.counts['would-change'] ?? 0) > 0 && (
              <Button variant="primary" onClick={() => real.mutate()} loading={real.isPending} {...disabled}>
                {`Change ${shadows(job.counts['would-change'] ?? 0)} now`}
              </Button>
            )}
            <Button onClick={() => onOpen(undefined)}>New change</Button>
          </SpaceBetween>
        }
      >
        {job.request.dryRun ? 'Dry run' : 'Change'}
      </Header>
      <ProgressBar
        ariaLabel="Progress of the job"
        value={job.total === 0 ? (isRunning ? 0 : 100) : ((job.total - waiting) / job.total) * 100}
        status={isRunning ? 'in-progress' : job.state === 'done' ? 'success' : 'error'}
        additionalInfo={`${formatCount(job.total - waiting)} of ${formatCount(job.total)} things`}
        resultText={job.failure ?? ENDINGS[job.state] ?? `Done: ${formatCount(job.total)} things`}
      />
      <Results job={job} isRunning={isRunning} />
    </SpaceBetween>
  )
}

const ENDINGS: Readonly<Partial<Record<ShadowJob['state'], string>>> = {
  cancelled: 'Cancelled',
  interrupted: 'Interrupted: the server that ran the job ended. What was waiting then was not changed.',
}

/** A job that was cancelled has things that it did not begin. */
function retryWords({ state, total, counts: { failed = 0, cancelled = 0 } }: ShadowJob, left: number): string {
  if (state !== 'interrupted') {
    const why = cancelled === 0 ? 'failed' : failed === 0 ? 'had not begun' : 'failed or had not begun'
    return `Retry ${formatCount(left)} that ${why}`
  }
  return total === 0 ? 'Start again' : `Go on with ${formatCount(left)} that are left`
}

const shadows = (count: number) => `${formatCount(count)} ${count === 1 ? 'shadow' : 'shadows'}`

function inWords({ request: { path, valueText, shadowName } }: ShadowJob): string {
  const where = shadowName === undefined ? 'classic shadow' : `shadow ${shadowName}`
  return valueText === undefined
    ? `Remove ${path.join('/')} from desired of the ${where}`
    : `Set ${path.join('/')} to ${valueText} in desired of the ${where}`
}

const OUTCOMES: Readonly<Record<ShadowJobOutcome, readonly [type: StatusIndicatorProps.Type, words: string]>> = {
  waiting: ['pending', 'waiting'],
  changed: ['success', 'changed'],
  'would-change': ['info', 'would change'],
  unchanged: ['success', 'is so already'],
  'no-shadow': ['stopped', 'has no such shadow'],
  failed: ['error', 'failed'],
  cancelled: ['stopped', 'not begun'],
}

function Results({ job, isRunning }: { readonly job: ShadowJob; readonly isRunning: boolean }) {
  const [outcome, setOutcome] = useState<ShadowJobOutcome>()
  const [page, setPage] = useState(0)
  const { data, isPending } = useQuery(resultsQuery(job.jobId, outcome, page, isRunning))
  const { shadowName } = job.request
  const options = [
    { value: '', label: `all (${formatCount(job.total)})` },
    ...outcomesOf(job).map((each) => ({
      value: each,
      label: `${OUTCOMES[each][1]} (${formatCount(job.counts[each] ?? 0)})`,
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
            setOutcome(outcomesOf(job).find((each) => each === detail.selectedOption.value))
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
          cell: ({ thingName }) => <Link href={paths.shadow(thingName, shadowName)}>{thingName}</Link>,
        },
        {
          id: 'outcome',
          header: 'Result',
          cell: ({ outcome: each, message, code }) => (
            <StatusIndicator type={OUTCOMES[each][0]}>
              {OUTCOMES[each][1]}
              {message !== undefined && `: ${message}`}
              {code !== undefined && ` (${code})`}
            </StatusIndicator>
          ),
        },
        {
          id: 'before',
          header: 'Before',
          cell: ({ beforeText }) => <span className="td-mono">{beforeText ?? '–'}</span>,
        },
        { id: 'version', header: 'Version', cell: ({ version }) => version ?? '–' },
      ]}
      empty="No thing was meant."
    />
  )
}

function outcomesOf({ counts }: ShadowJob): readonly ShadowJobOutcome[] {
  return (Object.keys(OUTCOMES) as ShadowJobOutcome[]).filter((outcome) => (counts[outcome] ?? 0) > 0)
}
