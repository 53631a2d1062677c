import type { KeptExecution } from './execution-table.ts'
import type { Found, PendingLists } from './found.ts'
import type { JobDocuments } from './job-documents.ts'

export const secondsOf = (ms: number): number => Math.floor(ms / 1000)

/** An execution in a list, as devices get it. @see AWS IoT developer guide, "JobExecutionSummary" */
export function summaryOf({ execution, job: { jobId } }: Found) {
  return {
    jobId,
    queuedAt: secondsOf(execution.queuedAtMs),
    ...(execution.startedAtMs !== undefined && { startedAt: secondsOf(execution.startedAtMs) }),
    lastUpdatedAt: secondsOf(execution.lastUpdatedAtMs),
    versionNumber: execution.versionNumber,
    executionNumber: execution.executionNumber,
  }
}

/** `GetPendingJobExecutions` */
export const pendingLists = ({ inProgress, queued }: PendingLists) => ({
  inProgressJobs: inProgress.map(summaryOf),
  queuedJobs: queued.map(summaryOf),
})

/** @see AWS IoT developer guide, "JobExecutionState" */
export function stateOf({ status, statusDetails, versionNumber }: KeptExecution) {
  return { status, ...(Object.keys(statusDetails).length > 0 && { statusDetails }), versionNumber }
}

/** An execution by itself, without its document. @see AWS IoT developer guide, "JobExecution" */
export function executionOf(found: Found, secondsLeft: number | undefined) {
  const { status, statusDetails, thingName } = found.execution
  const { jobId, ...rest } = summaryOf(found)
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
  found: Found,
  documents: JobDocuments | undefined,
  secondsLeft: number | undefined,
): string {
  const { job, execution } = found
  return withJson(executionOf(found, secondsLeft), 'jobDocument', documents?.forDevice(job, execution))
}
