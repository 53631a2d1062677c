/** How often is tried again, as `CreateJob` has it. */
export interface RetryCriteria {
  readonly failureType: 'FAILED' | 'TIMED_OUT' | 'ALL' | undefined
  readonly numberOfRetries: number | undefined
}

/** Of all attempts of a thing together. @see AWS IoT developer guide, "Job execution retry configuration" */
export const MAX_RETRIES = 10

/**
 * Whether a thing is given another attempt after one that ended so.
 * @param retried how often the thing was tried again already after such an end: 0 after its first attempt
 * @param retriedInAll after any end
 */
export function isRetried(
  criteria: readonly RetryCriteria[] | undefined,
  status: string,
  retried: number,
  retriedInAll: number = retried,
): boolean {
  if (status !== 'FAILED' && status !== 'TIMED_OUT') return false
  const found = criteria?.find(({ failureType }) => failureType === 'ALL' || failureType === status)
  if (!found) return false
  const used = found.failureType === 'ALL' ? retriedInAll : retried
  return used < (found.numberOfRetries ?? 0) && retriedInAll < MAX_RETRIES
}
