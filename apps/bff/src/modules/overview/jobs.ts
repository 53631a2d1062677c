import { DescribeJobCommand, type IoTClient, type JobProcessDetails, ListJobsCommand } from '@aws-sdk/client-iot'
import type { JobsOverview } from '@thingdeck/contract'
import { orUnread } from '../../aws/why-unread.ts'

/** AWS allows ten DescribeJob a second: so many of the newest jobs are looked at. */
const MOST_JOBS = 8

/** How far the jobs in progress are. That nothing serves jobs here is an outcome; errors are AWS's own. */
export async function readJobs(iot: IoTClient): Promise<JobsOverview> {
  return orUnread(
    async () => {
      const { jobs = [], nextToken } = await iot.send(
        new ListJobsCommand({ status: 'IN_PROGRESS', maxResults: MOST_JOBS }),
      )
      const described = await Promise.all(
        jobs.map(async ({ jobId }) => (await iot.send(new DescribeJobCommand({ jobId }))).job),
      )
      return {
        outcome: 'read' as const,
        isAll: nextToken === undefined,
        jobs: described.map((job) => ({ jobId: job?.jobId ?? '', ...countsOf(job?.jobProcessDetails) })),
      }
    },
    { isAll: false, jobs: [] },
  )
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
