import { endpoints, type JobExecutionStatus, type JobExecutionSummary } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** The most that AWS gives at once (AWS IoT API reference, ListJobExecutionsForJob). */
const PAGE_SIZE = 250

export interface ReadExecutions {
  readonly executions: readonly JobExecutionSummary[]
  /** Whether there are no more than these. */
  readonly isAll: boolean
}

/** Executions of a job, page by page until there are `most`. */
export async function readExecutions(
  jobId: string,
  most: number,
  { status, signal }: { readonly status?: JobExecutionStatus; readonly signal?: AbortSignal } = {},
): Promise<ReadExecutions> {
  const executions: JobExecutionSummary[] = []
  let nextToken: string | undefined
  do {
    const page = await api(endpoints.listJobExecutions, {
      params: { jobId },
      query: { status, maxResults: Math.min(PAGE_SIZE, most - executions.length), nextToken },
      ...(signal && { signal }),
    })
    executions.push(...page.executions)
    nextToken = page.nextToken
  } while (nextToken !== undefined && executions.length < most)
  return { executions, isAll: nextToken === undefined }
}
