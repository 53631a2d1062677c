import {
  CancelJobExecutionCommand,
  DeleteJobExecutionCommand,
  DescribeJobExecutionCommand,
  type IoTClient,
  type JobExecutionStatus,
  type JobExecutionSummary as JobExecutionSummaryOfAws,
  ListJobExecutionsForJobCommand,
  ListJobExecutionsForThingCommand,
} from '@aws-sdk/client-iot'
import type { JobExecution, JobExecutionPage, JobExecutionSummary } from '@thingdeck/contract'
import { isoTime, present } from '../../aws/present.ts'

interface PageAsked {
  readonly status?: JobExecutionStatus
  readonly maxResults?: number
  readonly nextToken?: string
}

/** Executions of jobs on things. Errors are AWS's own. */
export interface JobExecutions {
  ofJob(jobId: string, page: PageAsked): Promise<JobExecutionPage>
  ofThing(thingName: string, page: PageAsked & { readonly jobId?: string }): Promise<JobExecutionPage>
  describe(thingName: string, jobId: string, executionNumber?: number): Promise<JobExecution>
  cancel(
    thingName: string,
    jobId: string,
    how: { readonly force: boolean; readonly expectedVersion?: number },
  ): Promise<void>
  delete(thingName: string, jobId: string, executionNumber: number, force: boolean): Promise<void>
}

export function createJobExecutions(iot: IoTClient): JobExecutions {
  return {
    async ofJob(jobId, page) {
      const { executionSummaries = [], nextToken } = await iot.send(
        new ListJobExecutionsForJobCommand({ jobId, ...page }),
      )
      return {
        executions: executionSummaries.map(({ thingArn, jobExecutionSummary }) =>
          summaryOf(jobId, thingNameOf(thingArn), jobExecutionSummary),
        ),
        ...(nextToken && { nextToken }),
      }
    },

    async ofThing(thingName, page) {
      const { executionSummaries = [], nextToken } = await iot.send(
        new ListJobExecutionsForThingCommand({ thingName, ...page }),
      )
      return {
        executions: executionSummaries.map(({ jobId = '', jobExecutionSummary }) =>
          summaryOf(jobId, thingName, jobExecutionSummary),
        ),
        ...(nextToken && { nextToken }),
      }
    },

    async describe(thingName, jobId, executionNumber) {
      const { execution = {} } = await iot.send(
        new DescribeJobExecutionCommand({
          thingName,
          jobId,
          ...(executionNumber !== undefined && { executionNumber }),
        }),
      )
      return {
        jobId,
        thingName,
        status: execution.status ?? '',
        executionNumber: execution.executionNumber ?? 1,
        versionNumber: execution.versionNumber ?? 1,
        statusDetails: execution.statusDetails?.detailsMap ?? {},
        ...present({
          forceCanceled: execution.forceCanceled,
          queuedAt: isoTime(execution.queuedAt),
          startedAt: isoTime(execution.startedAt),
          lastUpdatedAt: isoTime(execution.lastUpdatedAt),
          secondsBeforeTimedOut: execution.approximateSecondsBeforeTimedOut,
        }),
      }
    },

    async cancel(thingName, jobId, how) {
      await iot.send(new CancelJobExecutionCommand({ thingName, jobId, ...how }))
    },

    async delete(thingName, jobId, executionNumber, force) {
      await iot.send(new DeleteJobExecutionCommand({ thingName, jobId, executionNumber, force }))
    },
  }
}

/** `arn:aws:iot:REGION:ACCOUNT:thing/NAME` → `NAME`. */
const thingNameOf = (arn = ''): string => arn.slice(arn.lastIndexOf('/') + 1)

const summaryOf = (jobId: string, thingName: string, summary: JobExecutionSummaryOfAws = {}): JobExecutionSummary => ({
  jobId,
  thingName,
  status: summary.status ?? '',
  executionNumber: summary.executionNumber ?? 1,
  ...present({
    retryAttempt: summary.retryAttempt,
    queuedAt: isoTime(summary.queuedAt),
    startedAt: isoTime(summary.startedAt),
    lastUpdatedAt: isoTime(summary.lastUpdatedAt),
  }),
})
