import {
  DescribeJobCommand,
  type IoTClient,
  type JobProcessDetails,
  ListJobExecutionsForJobCommand,
  ListJobsCommand,
} from '@aws-sdk/client-iot'
import { JOB_SILENT_MS, type JobsOverview } from '@thingdeck/contract'
import { orUnread } from '../../aws/why-unread.ts'

/** AWS allows ten DescribeJob a second: so many of the newest jobs are looked at. */
const MOST_JOBS = 8
/** The most that AWS gives at once (AWS IoT API reference, ListJobExecutionsForJob). */
const EXECUTIONS_PAGE = 250

/** How far the jobs in progress are. That nothing serves jobs here is an outcome; errors are AWS's own. */
export async function readJobs(iot: IoTClient, nowMs: number): Promise<JobsOverview> {
  return orUnread(
    async () => {
      const { jobs = [], nextToken } = await iot.send(
        new ListJobsCommand({ status: 'IN_PROGRESS', maxResults: MOST_JOBS }),
      )
      const described = await Promise.all(
        jobs.map(async ({ jobId = '' }) => {
          const { job } = await iot.send(new DescribeJobCommand({ jobId }))
          const begun = job?.jobProcessDetails?.numberOfInProgressThings ?? 0
          const stuck = begun === 0 ? 0 : await countSilent(iot, jobId, nowMs)
          return { jobId, ...countsOf(job?.jobProcessDetails), stuck }
        }),
      )
      return { outcome: 'read' as const, isAll: nextToken === undefined, jobs: described }
    },
    { isAll: false, jobs: [] },
  )
}

/** How many are in progress of which nothing was heard for long. */
async function countSilent(iot: IoTClient, jobId: string, nowMs: number): Promise<number> {
  const { executionSummaries = [] } = await iot.send(
    new ListJobExecutionsForJobCommand({ jobId, status: 'IN_PROGRESS', maxResults: EXECUTIONS_PAGE }),
  )
  return executionSummaries.filter(({ jobExecutionSummary: { lastUpdatedAt, startedAt } = {} }) => {
    const heard = lastUpdatedAt ?? startedAt
    return heard !== undefined && nowMs - heard.getTime() >= JOB_SILENT_MS
  }).length
}

/** Executions of a job: how many there are, are over, and went wrong. */
export function countsOf(details: JobProcessDetails = {}) {
  const failed = sum(details.numberOfFailedThings, details.numberOfRejectedThings, details.numberOfTimedOutThings)
  const done =
    failed + sum(details.numberOfSucceededThings, details.numberOfCanceledThings, details.numberOfRemovedThings)
  return { done, failed, total: done + sum(details.numberOfQueuedThings, details.numberOfInProgressThings) }
}

const sum = (...counts: readonly (number | undefined)[]): number =>
  counts.reduce<number>((total, count) => total + (count ?? 0), 0)
