import Link from '@cloudscape-design/components/link'
import type { UseQueryResult } from '@tanstack/react-query'
import type { JobsOverview } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import { VisibleText } from '../../shared/text/visible.tsx'
import { failedLine, unknownLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import { Parts } from './words.tsx'

const HEAD = { id: 'jobs', title: 'Jobs' } as const
const MOST_JOBS = 4
const list = paths.jobs({ status: 'IN_PROGRESS' })

/** How far jobs are; undefined where the server has no jobs, or until it is known. */
export function jobsLine(query: UseQueryResult<JobsOverview>): OverviewLine | undefined {
  const { data, error } = query
  if (error) return failedLine(HEAD, error, () => void query.refetch())
  if (!data || data.outcome === 'not-served') return undefined
  if (data.outcome === 'not-allowed') {
    const cure = "Allow the role of the console's server iot:ListJobs, iot:DescribeJob and iot:ListJobExecutionsForJob."
    return unknownLine(HEAD, 'Not known', data.message, cure)
  }
  const { jobs, isAll } = data
  if (jobs.length === 0) return { ...HEAD, urgency: 'fine', words: <Link href={list}>None in progress</Link> }
  const worstFirst = jobs.toSorted((one, other) => other.failed + other.stuck - one.failed - one.stuck)
  return {
    ...HEAD,
    urgency: jobs.some(({ failed, stuck }) => failed + stuck > 0) ? 'watch' : 'fine',
    words: (
      <Parts
        parts={[
          ...worstFirst.slice(0, MOST_JOBS).map(({ jobId, done, failed, stuck, total }) => (
            <Link key={jobId} href={paths.job(jobId)}>
              <span className="td-mono">
                <VisibleText text={jobId} />
              </span>{' '}
              {total === 0 ? 'no execution yet' : `${Math.floor((done / total) * 100)} %`}
              {failed > 0 && `, ${formatCount(failed)} failed`}
              {stuck > 0 && `, ${formatCount(stuck)} stuck`}
            </Link>
          )),
          (jobs.length > MOST_JOBS || !isAll) && (
            <Link key="more" href={list}>
              and others
            </Link>
          ),
        ]}
      />
    ),
  }
}
