import { type JobExecutionSummary, MOST_LISTED_JOB_EXECUTIONS, type OpenJobExecutions } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import { connectedThings } from '../../aws/connected-things.ts'
import type { Pace } from '../../aws/pace.ts'
import type { JobExecutions } from './executions.ts'

/** Of so many of each state it is looked whether their devices are connected: a question of the index knows twelve. */
const MOST_LOOKED = 36

/**
 * Executions that are not over, those first of which nothing was heard for longest. Errors are AWS's own.
 * @param pace of questions about connections
 */
export async function openExecutions(
  aws: Pick<Aws, 'iot' | 'data'>,
  executions: Pick<JobExecutions, 'ofJob'>,
  pace: Pace,
  jobId: string,
  signal?: AbortSignal,
): Promise<OpenJobExecutions> {
  const [begun, queued] = await Promise.all([
    executions.ofJob(jobId, { status: 'IN_PROGRESS', maxResults: MOST_LISTED_JOB_EXECUTIONS }),
    executions.ofJob(jobId, { status: 'QUEUED', maxResults: MOST_LISTED_JOB_EXECUTIONS }),
  ])
  const looked = [begun, queued].flatMap(({ executions: found }) => found.toSorted(byLastHeard).slice(0, MOST_LOOKED))
  const isAll =
    [begun, queued].every(({ nextToken }) => nextToken === undefined) &&
    looked.length === begun.executions.length + queued.executions.length
  const { toldBy, things } = await connectedThings(
    aws,
    pace,
    looked.map(({ thingName }) => thingName),
    signal,
  )
  return {
    toldBy,
    isAll,
    executions: looked.map((execution, index) => ({
      ...execution,
      thing: things[index] ?? { thingName: execution.thingName },
    })),
  }
}

const lastHeard = ({ lastUpdatedAt, startedAt, queuedAt }: JobExecutionSummary) =>
  lastUpdatedAt ?? startedAt ?? queuedAt ?? ''
const byLastHeard = (one: JobExecutionSummary, other: JobExecutionSummary) =>
  lastHeard(one).localeCompare(lastHeard(other))
