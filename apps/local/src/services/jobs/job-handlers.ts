import type { Account } from '../../foundation/account.ts'
import { arnOf } from '../../foundation/account.ts'
import type { Clock } from '../../foundation/clock.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import type { ThingDirectory } from '../../foundation/thing-directory.ts'
import type { CreateJob } from './create-job.ts'
import { configsOf } from './job-definition.ts'
import { executionShape, executionSummary, jobArn, jobShape, jobSummary } from './job-shapes.ts'
import type { Job } from './job-table.ts'
import type { Jobs } from './jobs.ts'

export interface JobHandlersParts {
  readonly account: Account
  readonly clock: Clock
  readonly jobs: Jobs
  readonly things: Pick<ThingDirectory, 'groupNameOf'>
  readonly createJob: CreateJob
}

/** The operators' operations on jobs. */
export function jobHandlers({ account, clock, jobs, things, createJob }: JobHandlersParts) {
  return {
    CreateJob: async (input) => {
      const { jobId, definition } = await createJob.create(input)
      return { jobArn: jobArn(account, jobId), jobId, description: definition.description }
    },
    DescribeJob: ({ jobId, beforeSubstitution = false }) => {
      const job = beforeSubstitution ? asWritten(jobs.require(jobId)) : jobs.require(jobId)
      return {
        ...(job.documentSource !== null && { documentSource: job.documentSource }),
        job: jobShape(job, jobs.surroundings(job)),
      }
    },
    GetJobDocument: ({ jobId, beforeSubstitution = false }) => {
      const job = jobs.require(jobId)
      return { document: (beforeSubstitution ? asWritten(job) : job).document }
    },
    ListJobs: (input) => {
      const { thingGroupName, thingGroupId } = input
      const group = thingGroupId === undefined ? thingGroupName : things.groupNameOf(thingGroupId)
      // No group has that id, or another one than that name: there are no jobs of it.
      if (group !== (thingGroupName ?? group) || (thingGroupId !== undefined && group === undefined))
        return { jobs: [] }
      const target = group === undefined ? undefined : arnOf(account, 'iot', `thinggroup/${group}`)
      const { items, nextToken } = jobs.list(input, target)
      return { jobs: items.map((job) => jobSummary(account, job, jobs.isConcurrent(job))), nextToken }
    },
    ListJobExecutionsForJob: (input) => {
      const { items, nextToken } = jobs.executionsOf(input)
      const executionSummaries = items.map((execution) => ({
        thingArn: arnOf(account, 'iot', `thing/${execution.thingName}`),
        jobExecutionSummary: executionSummary(execution),
      }))
      return { executionSummaries, nextToken }
    },
    ListJobExecutionsForThing: (input) => {
      const { items, nextToken } = jobs.executionsOfThing(input)
      const executionSummaries = items.map((execution) => ({
        jobId: jobs.idOf(execution),
        jobExecutionSummary: executionSummary(execution),
      }))
      return { executionSummaries, nextToken }
    },
    DescribeJobExecution: ({ jobId, thingName, executionNumber }) => {
      const [, execution] = jobs.requireExecution(jobId, thingName, executionNumber)
      return { execution: executionShape(account, jobId, execution, clock()) }
    },
    UpdateJob: (input) => {
      const { jobId, namespaceId, presignedUrlConfig } = input
      createJob.checkRole(presignedUrlConfig?.roleArn)
      // It takes the place of what there was: presigned URLs of the document need a role still.
      if (presignedUrlConfig) createJob.checkPlaceholders(jobs.require(jobId, namespaceId).document, input)
      jobs.update(input, configsOf(input))
      return {}
    },
    CancelJob: (input) => {
      const { jobId, definition } = jobs.cancel(input)
      return { jobArn: jobArn(account, jobId), jobId, description: definition.description }
    },
    CancelJobExecution: (input) => {
      jobs.cancelExecution(input)
      return {}
    },
    DeleteJob: (input) => {
      jobs.delete(input)
      return {}
    },
    DeleteJobExecution: (input) => {
      jobs.deleteExecution(input)
      return {}
    },
    AssociateTargetsWithJob: (input) => {
      const { jobId, definition } = jobs.associate(input)
      return { jobArn: jobArn(account, jobId), jobId, description: definition.description }
    },
  } satisfies IotHandlers
}

/** As the job was written, before the catalog of software packages said more. */
function asWritten(job: Job): Job {
  const { beforeSubstitution: written } = job.definition
  if (!written) return job
  const definition = { ...job.definition, destinationPackageVersions: written.destinations }
  return { ...job, document: written.document, definition }
}
