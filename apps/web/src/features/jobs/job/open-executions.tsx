import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { type Job, MOST_LISTED_JOB_EXECUTIONS } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { useNow } from '../../../shared/time.tsx'
import { goesOn, openExecutionsQuery } from '../api.ts'
import { ExecutionStatus } from '../components/execution-status.tsx'
import { attemptNumber, sumsOf } from '../words/status.ts'
import { stuckFirst } from '../words/stuck.ts'

type Row = ReturnType<typeof stuckFirst>[number]

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'thing',
    header: 'Thing',
    isRowHeader: true,
    isFixed: true,
    width: 220,
    cell: ({ thingName }) => (
      <Link href={paths.thing(thingName)}>
        <NameText text={thingName} />
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'State',
    width: 130,
    cell: ({ status }) => <ExecutionStatus status={status} />,
  },
  {
    id: 'standing',
    header: 'How it stands',
    minWidth: 300,
    cell: ({ standing }) =>
      standing.isStuck ? (
        <span className="td-job-words">
          <StatusIndicator type="warning" wrapText>
            {standing.words}
          </StatusIndicator>
        </span>
      ) : (
        <span className="td-job-words">{standing.words}</span>
      ),
  },
  {
    id: 'attempt',
    header: 'Attempt',
    width: 110,
    cell: attemptNumber,
  },
  {
    id: 'why',
    header: 'Reason',
    width: 90,
    cell: ({ jobId, thingName }) => (
      <Link href={paths.job(jobId, { tab: 'executions', look: thingName })} ariaLabel={`Why ${thingName} stands so`}>
        Why?
      </Link>
    ),
  },
]

/** Executions that are not over, with what is known of their devices: stuck ones first, with words why. */
export function OpenExecutions({ job }: { readonly job: Job }) {
  const { jobId, counts } = job
  const query = useQuery(openExecutionsQuery(jobId, goesOn(job)))
  const nowMs = useNow(5_000)
  const rows = stuckFirst(query.data?.executions ?? [], nowMs, job.status)
  const stuck = rows.filter(({ standing }) => standing.isStuck).length
  if (sumsOf(counts).open === 0) return null
  return (
    <List
      name="open-job-executions"
      variant="container"
      words={{
        title: stuck === 0 ? 'Not over' : `Not over, ${formatCount(stuck)} stuck`,
        label: 'Executions that are not over',
        one: 'execution',
        many: 'executions',
        ...(query.data && {
          description: query.data.isAll
            ? 'Stuck ones first: in progress and not heard of, or queued though the device is connected.'
            : `Of the first ${MOST_LISTED_JOB_EXECUTIONS} in progress, and the first ${MOST_LISTED_JOB_EXECUTIONS} queued, that AWS lists, those of which nothing was heard for longest: ${formatCount(rows.length)} are looked at.`,
        }),
        empty: { title: 'All are over', text: 'No device has this job to do any more.' },
      }}
      columns={COLUMNS}
      rowId={({ thingName }) => thingName}
      source={wholeOf(query, rows)}
      paging="endless"
    />
  )
}
