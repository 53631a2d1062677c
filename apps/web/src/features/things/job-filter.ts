import { JOB_EXECUTION_STATUSES, type JobExecutionStatus } from '@thingdeck/contract'
import { ApiError } from '../../shared/http.ts'

/** A job, and the status of the executions that are meant; undefined: whatever it is. */
export interface JobFilter {
  readonly jobId: string
  readonly jobStatus?: JobExecutionStatus
}

/** `fw-2` or `fw-2 FAILED`, as it is typed and stands in the address; undefined: neither. */
export function readJob(text: string): JobFilter | undefined {
  const [, jobId, word] = /^\s*([\w-]{1,64})(?:\s+(\w+))?\s*$/.exec(text) ?? []
  if (jobId === undefined) return undefined
  const jobStatus = JOB_EXECUTION_STATUSES.find((status) => status === word?.toUpperCase())
  if (word !== undefined && jobStatus === undefined) return undefined
  return { jobId, ...(jobStatus && { jobStatus }) }
}

/** @throws {ApiError} for a text that names no job, with what would */
export function requireJob(text: string): JobFilter {
  const job = readJob(text)
  if (job) return job
  const message = `‘${text}’ is no job: write its id, or its id and a status, as in ‘${text.split(/\s/)[0] || 'fw-2'} FAILED’. Statuses are ${JOB_EXECUTION_STATUSES.join(', ')}.`
  throw new ApiError({ code: 'BAD_REQUEST', message, status: 400 })
}

/** What can be chosen of a job: all of its things, or those of one status. */
export const jobChoices = (jobId: string): readonly string[] => [
  jobId,
  ...JOB_EXECUTION_STATUSES.map((status) => `${jobId} ${status}`),
]
