import {
  endpoints,
  type JobExecutionStatus,
  type JobExecutionSummary,
  MOST_LISTED_JOB_EXECUTIONS,
} from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { eachPage } from '../../shared/each-page.ts'

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
  const pages = eachPage((nextToken) =>
    api(endpoints.listJobExecutions, {
      params: { jobId },
      query: { status, maxResults: Math.min(MOST_LISTED_JOB_EXECUTIONS, most - executions.length), nextToken },
      signal,
    }),
  )
  for await (const page of pages) {
    executions.push(...page.executions)
    if (executions.length >= most) return { executions, isAll: page.nextToken === undefined }
  }
  return { executions, isAll: true }
}
