import type { Job, JobExecutionSummary } from '@thingdeck/contract'

/** Whether a thing may have more than one execution of a job: it is tried again, or left its group and came back. */
export const mayTryAgain = ({
  targetSelection,
  jobExecutionsRetryConfig,
}: Pick<Job, 'targetSelection' | 'jobExecutionsRetryConfig'>): boolean =>
  jobExecutionsRetryConfig !== undefined || targetSelection === 'CONTINUOUS'

/** Of each thing its last attempt, in whatever order they are listed. */
export function lastAttempts(executions: readonly JobExecutionSummary[]): readonly JobExecutionSummary[] {
  const last = new Map<string, JobExecutionSummary>()
  for (const execution of executions) {
    const other = last.get(execution.thingName)
    if (other === undefined || other.executionNumber < execution.executionNumber)
      last.set(execution.thingName, execution)
  }
  return [...last.values()]
}
