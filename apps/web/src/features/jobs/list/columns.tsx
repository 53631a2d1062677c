import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { JobLook, JobSummary } from '@thingdeck/contract'
import { formatCount } from '../../../shared/format.ts'
import { jobStatus } from '../../../shared/jobs/job-status.ts'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { looked } from '../../../shared/list/looked-cell.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { TwoLines } from '../../../shared/text/two-lines.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { CountsBar } from '../components/counts-bar.tsx'
import { percentOf, sumsOf } from '../words/status.ts'
import { targetsInWords } from '../words/targets.ts'

export interface JobRow extends JobSummary {
  /** `null`: it is asked for; undefined: it could not be read. */
  readonly look: JobLook | null | undefined
}

const age = (time: string | undefined) => time && <Age atMs={Date.parse(time)} />

export const COLUMNS: readonly ListColumn<JobRow>[] = [
  {
    id: 'job',
    header: 'Job',
    isRowHeader: true,
    isFixed: true,
    width: 260,
    minWidth: 160,
    cell: ({ jobId, look }) => (
      <>
        <Link href={paths.job(jobId)}>
          <NameText text={jobId} />
        </Link>
        {look?.description !== undefined && <TwoLines text={look.description} />}
      </>
    ),
  },
  {
    id: 'status',
    header: 'State',
    width: 150,
    minWidth: 120,
    cell: ({ status }) => <StatusIndicator type={jobStatus(status).type}>{jobStatus(status).words}</StatusIndicator>,
  },
  {
    id: 'progress',
    header: 'Executions',
    width: 300,
    minWidth: 200,
    cell: ({ look }) =>
      looked(look, ({ counts, isRollingOut }) => <Progress counts={counts} isRollingOut={isRollingOut} />),
  },
  {
    id: 'targets',
    header: 'For',
    width: 200,
    minWidth: 120,
    cell: ({ look, targetSelection }) =>
      looked(look, ({ targets }) => (
        <>
          {visible(targetsInWords(targets))}
          {targetSelection === 'CONTINUOUS' && <span className="td-weak"> and who joins</span>}
        </>
      )),
  },
  { id: 'created', header: 'Created', width: 130, minWidth: 100, cell: ({ createdAt }) => age(createdAt) },
  {
    id: 'updated',
    header: 'Changed',
    width: 130,
    minWidth: 100,
    isHiddenAtFirst: true,
    cell: ({ lastUpdatedAt }) => age(lastUpdatedAt),
  },
  {
    id: 'completed',
    header: 'Completed',
    width: 130,
    minWidth: 100,
    isHiddenAtFirst: true,
    cell: ({ completedAt }) => age(completedAt) ?? '–',
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 220,
    isHiddenAtFirst: true,
    cell: ({ jobArn }) => <Copyable what="ARN" text={jobArn} />,
  },
]

function Progress({ counts, isRollingOut }: Pick<JobLook, 'counts' | 'isRollingOut'>) {
  const sums = sumsOf(counts)
  if (sums.total === 0) return <span className="td-weak">none yet</span>
  return (
    <>
      <CountsBar counts={counts} />
      <span className="td-job-count">
        {percentOf(sums)} % of {formatCount(sums.total)}
        {isRollingOut && ' told so far'}
        {sums.failed > 0 && `, ${formatCount(sums.failed)} failed`}
      </span>
    </>
  )
}
