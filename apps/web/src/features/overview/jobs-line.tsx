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
const list = paths.metrics({ subject: 'jobs' })

/** How far jobs are; undefined where the server has no jobs, or until it is known. */
export function jobsLine(query: UseQueryResult<JobsOverview>): OverviewLine | undefined {
  const { data, error } = query
  if (error) return failedLine(HEAD, error, () => void query.refetch())
  if (!data || data.outcome === 'not-served') return undefined
  if (data.outcome === 'not-allowed') {
    const cure = "Allow the role of the console's server iot:ListJobs and iot:DescribeJob."
    return unknownLine(HEAD, 'Not known', data.message, cure)
  }
  const { jobs, isAll } = data
  if (jobs.length === 0) return { ...HEAD, urgency: 'fine', words: <Link href={list}>None in progress</Link> }
  const worstFirst = jobs.toSorted((one, other) => other.failed - one.failed)
  return {
    ...HEAD,
    urgency: jobs.some(({ failed }) => failed > 0) ? 'watch' : 'fine',
    words: (
      <Parts
        parts={[
          ...worstFirst.slice(0, MOST_JOBS).map(({ jobId, done, failed, total }) => (
            <Link key={jobId} href={list}>
              <span className="td-mono">
                <VisibleText text={jobId} />
              </span>{' '}
              {total === 0 ? 'no execution yet' : `${Math.floor((done / total) * 100)} %`}
              {failed > 0 && `, ${formatCount(failed)} failed`}
            </Link>
          )),
          (jobs.length > MOST_JOBS || !isAll) && (
            <span key="more" className="td-weak">
              and others
            </span>
          ),
        ]}
      />
    ),
  }
}
