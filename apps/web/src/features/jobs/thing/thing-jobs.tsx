import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { JobExecutionSummary } from '@thingdeck/contract'
import { useCallback, useState } from 'react'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { pagesOf } from '../../../shared/list/list-source.ts'
import { useNews } from '../../../shared/mqtt/use-news.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { Age, formatSpan } from '../../../shared/time.tsx'
import { jobsChanged, thingJobPagesQuery } from '../api.ts'
import { CancelExecutionsDialog } from '../components/cancel-executions-dialog.tsx'
import { DeleteExecutionDialog } from '../components/delete-execution-dialog.tsx'
import { ExecutionStatus } from '../components/execution-status.tsx'
import { inStateSinceMs, tookMs } from '../components/execution-times.ts'
import { ExecutionLook } from '../job/execution-look.tsx'
import type { ThingJobsSearch } from '../search.ts'
import { attemptNumber, isOpen } from '../words/status.ts'

const ROWS = 100

interface ThingJobsProps extends SearchProps<ThingJobsSearch> {
  readonly thingName: string
}

/** What a thing still has to do, in the order in which it is given it, and what it did. */
export function ThingJobs({ thingName, search, setSearch }: ThingJobsProps) {
  const client = useQueryClient()
  const pages = useInfiniteQuery(thingJobPagesQuery(thingName, ROWS))
  const [canceling, setCanceling] = useState<JobExecutionSummary>()
  const [deleting, setDeleting] = useState<JobExecutionSummary>()
  // The list of what is pending changes: AWS IoT tells the device, and whoever else is subscribed.
  useNews(
    [`$aws/things/${thingName}/jobs/notify`],
    useCallback(() => jobsChanged(client), [client]),
  )
  const all = pages.data?.pages.flatMap(({ executions }) => executions) ?? []
  const open = all.filter(({ status }) => isOpen(status)).length
  const looked = all.find(({ jobId }) => jobId === search.job)
  const columns = columnsOf((job) => setSearch({ job }))
  const rowActions = (execution: JobExecutionSummary) => [
    { id: 'look', text: 'Look closer', onAction: () => setSearch({ job: execution.jobId }) },
    {
      id: 'cancel',
      text: 'Cancel execution',
      needs: 'operator' as const,
      whyNot: isOpen(execution.status) ? undefined : 'It is over.',
      onAction: () => setCanceling(execution),
    },
    {
      id: 'delete',
      text: 'Delete execution',
      needs: 'admin' as const,
      whyNot: isOpen(execution.status) ? 'Cancel it first.' : undefined,
      onAction: () => setDeleting(execution),
    },
  ]
  return (
    <SpaceBetween size="l">
      {search.job !== undefined && (
        <section aria-label={`The job ${search.job}`}>
          <SpaceBetween size="s">
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              <Box variant="h2">
                <Link fontSize="heading-m" href={paths.job(search.job)}>
                  <NameText text={search.job} />
                </Link>
              </Box>
              <Button
                iconName="close"
                variant="icon"
                ariaLabel="Close the look"
                onClick={() => setSearch({ job: undefined })}
              />
            </SpaceBetween>
            <ExecutionLook thingName={thingName} jobId={search.job} execution={looked} isOnThing />
          </SpaceBetween>
        </section>
      )}
      <List
        name="thing-job-queue"
        variant="container"
        words={{
          title: 'To do',
          label: 'Jobs to do',
          one: 'job',
          many: 'jobs',
          description:
            'What it has begun first, then what is queued, the oldest first: the order in which a device is given them.',
          empty: { title: 'Nothing to do', text: 'No job waits for this thing.' },
        }}
        columns={columns}
        rowId={({ jobId }) => jobId}
        source={pagesOf(pages, ({ executions }) => executions.filter(({ status }) => isOpen(status)).sort(inTurn))}
        paging="endless"
        actions={() => [
          {
            id: 'create',
            text: 'Create job',
            needs: 'operator',
            isPrimary: true,
            href: paths.createJob({ things: [thingName] }),
          },
        ]}
        rowActions={rowActions}
        notice={
          open > 1 && (
            <Alert type="info">A device is given one job after the other: the others wait for the first.</Alert>
          )
        }
      />
      <List
        name="thing-job-history"
        variant="container"
        words={{
          title: 'Over',
          label: 'Jobs that are over',
          one: 'job',
          many: 'jobs',
          empty: { title: 'No job is over', text: 'What this thing did or refused to do will stand here.' },
        }}
        columns={columns}
        rowId={({ jobId, executionNumber }) => `${jobId} ${executionNumber}`}
        source={pagesOf(pages, ({ executions }) => executions.filter(({ status }) => !isOpen(status)))}
        paging="endless"
        rowActions={rowActions}
      />
      {deleting && (
        <DeleteExecutionDialog
          execution={deleting}
          onDeleted={() => void jobsChanged(client)}
          onClose={() => setDeleting(undefined)}
        />
      )}
      {canceling && (
        <CancelExecutionsDialog
          executions={[canceling]}
          onCanceled={() => void jobsChanged(client)}
          onClose={() => setCanceling(undefined)}
        />
      )}
    </SpaceBetween>
  )
}

/** As a device is given them (AWS IoT developer guide, StartNextPendingJobExecution). */
function inTurn(one: JobExecutionSummary, other: JobExecutionSummary): number {
  const rank = ({ status }: JobExecutionSummary) => (status === 'IN_PROGRESS' ? 0 : 1)
  return rank(one) - rank(other) || (one.queuedAt ?? '').localeCompare(other.queuedAt ?? '')
}

const columnsOf = (onLook: (jobId: string) => void): readonly ListColumn<JobExecutionSummary>[] => [
  {
    id: 'job',
    header: 'Job',
    isRowHeader: true,
    isFixed: true,
    width: 260,
    cell: ({ jobId }) => (
      <Link href={paths.job(jobId)}>
        <NameText text={jobId} />
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'State',
    width: 140,
    cell: ({ status }) => <ExecutionStatus status={status} />,
  },
  {
    id: 'since',
    header: 'Since',
    width: 120,
    cell: (execution) => {
      const since = inStateSinceMs(execution)
      return since === undefined ? '–' : <Age atMs={since} />
    },
  },
  {
    id: 'took',
    header: 'Took',
    width: 100,
    cell: (execution) => {
      const took = tookMs(execution)
      return took === undefined ? '–' : formatSpan(took)
    },
  },
  {
    id: 'attempt',
    header: 'Attempt',
    width: 110,
    cell: attemptNumber,
  },
  {
    id: 'why',
    header: 'Details',
    width: 130,
    cell: ({ jobId, status }) => (
      <Button variant="inline-link" onClick={() => onLook(jobId)}>
        {status === 'QUEUED' ? 'Why not yet?' : 'Look closer'}
      </Button>
    ),
  },
]
