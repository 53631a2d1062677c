import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { JOB_EXECUTION_STATUSES, type Job, type JobExecutionSummary } from '@thingdeck/contract'
import { useState } from 'react'
import { List } from '../../../shared/list/list.tsx'
import { AGE_WIDTH, type ListColumn } from '../../../shared/list/list-column.ts'
import { createFilter } from '../../../shared/list/list-filter.ts'
import { useListPageSize } from '../../../shared/list/list-preference.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age, formatSpan } from '../../../shared/time.tsx'
import { executionPagesQuery, goesOn, jobsChanged } from '../api.ts'
import { CancelExecutionsDialog } from '../components/cancel-executions-dialog.tsx'
import { ExecutionStatus } from '../components/execution-status.tsx'
import { inStateSinceMs, tookMs } from '../components/execution-times.ts'
import type { JobSearch } from '../search.ts'
import { mayTryAgain } from '../words/attempts.ts'
import { attemptNumber, hasFailed, isOpen } from '../words/status.ts'
import { ExecutionLook } from './execution-look.tsx'
import { saveExecutions } from './save-executions.ts'

const age = (atMs: number | undefined) => (atMs === undefined ? '–' : <Age atMs={atMs} />)

const COLUMNS: readonly ListColumn<JobExecutionSummary>[] = [
  {
    id: 'thing',
    header: 'Thing',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 160,
    cell: ({ thingName }) => (
      <Link href={paths.thing(thingName, { tab: 'jobs' })}>
        <NameText text={thingName} />
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'State',
    width: 140,
    minWidth: 110,
    cell: ({ status }) => <ExecutionStatus status={status} />,
  },
  { id: 'since', header: 'Since', width: AGE_WIDTH, minWidth: 90, cell: (execution) => age(inStateSinceMs(execution)) },
  {
    id: 'attempt',
    header: 'Attempt',
    width: 110,
    minWidth: 70,
    cell: attemptNumber,
  },
  {
    id: 'took',
    header: 'Took',
    width: 90,
    minWidth: 70,
    cell: (execution) => {
      const took = tookMs(execution)
      return took === undefined ? '–' : formatSpan(took)
    },
  },
  {
    id: 'heard',
    header: 'Last heard',
    width: 120,
    minWidth: 90,
    // What is queued AWS itself has touched last, and no device.
    cell: ({ status, lastUpdatedAt }) =>
      age(lastUpdatedAt === undefined || status === 'QUEUED' ? undefined : Date.parse(lastUpdatedAt)),
  },
  {
    id: 'queued',
    header: 'Queued',
    width: 120,
    minWidth: 90,
    isHiddenAtFirst: true,
    cell: ({ queuedAt }) => age(queuedAt === undefined ? undefined : Date.parse(queuedAt)),
  },
  {
    id: 'started',
    header: 'Begun',
    width: 120,
    minWidth: 90,
    isHiddenAtFirst: true,
    cell: ({ startedAt }) => age(startedAt === undefined ? undefined : Date.parse(startedAt)),
  },
]

/** `pump-7`, of a later attempt `pump-7#2`: no name of a thing has `#`. */
const idOf = ({ thingName, executionNumber }: JobExecutionSummary): string =>
  executionNumber === 1 ? thingName : `${thingName}#${executionNumber}`
const thingOf = (id: string): string => id.replace(/#\d+$/, '')

interface Filter {
  readonly status?: (typeof JOB_EXECUTION_STATUSES)[number]
}

const FILTER = createFilter<JobExecutionSummary, Filter>({
  properties: [
    {
      key: 'status',
      label: 'State',
      valuesLabel: 'States',
      params: { '=': 'status' },
      values: JOB_EXECUTION_STATUSES,
      seenIn: ({ status }) => status,
    },
  ],
  freeText: { operator: '=', mean: (value) => ({ propertyKey: 'status', operator: '=', value: value.toUpperCase() }) },
})

interface ExecutionsTabProps extends SearchProps<JobSearch> {
  readonly job: Job
}

/** What became of a job on each thing; a look shows all attempts, what the device said, and what keeps it. */
export function ExecutionsTab({ job, search, setSearch }: ExecutionsTabProps) {
  const { jobId } = job
  const client = useQueryClient()
  const pageSize = useListPageSize('job-executions', 50)
  const pages = useInfiniteQuery(executionPagesQuery(jobId, search.status, pageSize, goesOn(job)))
  const loaded = pages.data?.pages.flatMap(({ executions }) => executions) ?? []
  const [canceling, setCanceling] = useState<readonly JobExecutionSummary[]>()
  const of = (selected: readonly string[], isMeant: (status: string) => boolean) =>
    loaded.filter((execution) => selected.includes(idOf(execution)) && isMeant(execution.status))
  return (
    <>
      <List
        name="job-executions"
        variant="container"
        words={{
          title: 'Executions',
          one: 'execution',
          many: 'executions',
          description: 'Every attempt is one; a look has all of a thing.',
          empty: {
            title: 'No executions yet',
            text: 'They are made as the job is rolled out to its things, or when the first thing joins the group.',
          },
        }}
        columns={COLUMNS}
        rowId={idOf}
        source={pagesOf(pages, ({ executions }) => executions)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50, 100]}
        search={search}
        setSearch={setSearch}
        filter={{ by: FILTER, placeholder: 'State' }}
        selection="multi"
        actions={(selected) => {
          const open = of(selected, isOpen)
          // A thing that was tried several times is retried once.
          const failed = [...new Set(of(selected, hasFailed).map(({ thingName }) => thingName))]
          return [
            { id: 'csv', text: 'Export CSV', onAction: () => void saveExecutions(jobId, 'csv') },
            { id: 'jsonl', text: 'Export JSON Lines', onAction: () => void saveExecutions(jobId, 'jsonl') },
            {
              id: 'retry',
              text: `Retry${failed.length > 1 ? ` (${failed.length})` : ''}`,
              needs: 'operator',
              href: paths.createJob({ like: jobId, things: failed }),
              whyNot: failed.length === 0 ? 'Select executions that failed.' : undefined,
            },
            {
              id: 'cancel',
              text: `Cancel execution${open.length > 1 ? `s (${open.length})` : ''}`,
              needs: 'operator',
              whyNot: open.length === 0 ? 'Select executions that are not over.' : undefined,
              onAction: () => setCanceling(open),
            },
          ]
        }}
        look={(id, execution) => {
          const thingName = thingOf(id)
          return {
            header: thingName,
            // An attempt before the last would be taken for how the thing stands until the others are read.
            content: (
              <ExecutionLook thingName={thingName} jobId={jobId} execution={mayTryAgain(job) ? undefined : execution} />
            ),
          }
        }}
      />
      {canceling && (
        <CancelExecutionsDialog
          executions={canceling}
          onCanceled={() => void jobsChanged(client)}
          onClose={() => setCanceling(undefined)}
        />
      )}
    </>
  )
}
