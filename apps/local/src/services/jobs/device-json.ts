import type { KeptExecution } from './execution-table.ts'
import type { JobDocuments } from './job-documents.ts'
import type { Job } from './job-table.ts'

export const secondsOf = (ms: number): number => Math.floor(ms / 1000)

/** An execution in a list, as devices get it. @see AWS IoT developer guide, "JobExecutionSummary" */
export function summaryOf(execution: KeptExecution, jobId: string) {
  return {
    jobId,
    queuedAt: secondsOf(execution.queuedAtMs),
    ...(execution.startedAtMs !== undefined && { startedAt: secondsOf(execution.startedAtMs) }),
    lastUpdatedAt: secondsOf(execution.lastUpdatedAtMs),
    versionNumber: execution.versionNumber,
    executionNumber: execution.executionNumber,
  }
}

/** @see AWS IoT developer guide, "JobExecutionState" */
export function stateOf({ status, statusDetails, versionNumber }: KeptExecution) {
  return { status, ...(Object.keys(statusDetails).length > 0 && { statusDetails }), versionNumber }
}

/** An execution by itself, without its document. @see AWS IoT developer guide, "JobExecution" */
export function executionOf(execution: KeptExecution, jobId: string, secondsLeft: number | undefined) {
  const { status, statusDetails, thingName } = execution
  const { jobId: _, ...rest } = summaryOf(execution, jobId)
  return {
    jobId,
    thingName,
    status,
    ...(Object.keys(statusDetails).length > 0 && { statusDetails }),
    ...rest,
    ...(secondsLeft !== undefined && { approximateSecondsBeforeTimedOut: secondsLeft }),
  }
}

/** JSON of an object with one member more, whose value is JSON already: a document keeps its digits. */
export function withJson(object: object, member: string, json: string | undefined): string {
  const text = JSON.stringify(object)
  if (json === undefined) return text
  const head = text === '{}' ? '{' : `${text.slice(0, -1)},`
  return `${head}${JSON.stringify(member)}:${json}}`
}

/** @param documents undefined: it is left out */
export function executionJson(
  execution: KeptExecution,
  job: Job,
  documents: JobDocuments | undefined,
  secondsLeft: number | undefined,
): string {
  return withJson(executionOf(execution, job.jobId, secondsLeft), 'jobDocument', documents?.forDevice(job, execution))
}
