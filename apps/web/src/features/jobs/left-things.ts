import type { JobExecutionStatus } from '@thingdeck/contract'
import { readExecutions } from './all-executions.ts'

/** So many names are read of a job that another is made for. */
const MOST_LEFT = 10_000

/** Things whose last execution of a job is in one of these states. */
export async function thingsIn(
  jobId: string,
  statuses: readonly JobExecutionStatus[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const names: string[] = []
  for (const status of statuses) {
    const { executions } = await readExecutions(jobId, MOST_LEFT - names.length, {
      status,
      ...(signal && { signal }),
    })
    names.push(...executions.map(({ thingName }) => thingName))
  }
  return names
}
