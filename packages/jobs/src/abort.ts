import type { ExecutionCounts } from './status.ts'

/** A criterion by which a job is canceled, as `CreateJob` has it. */
export interface AbortCriteria {
  readonly failureType: 'FAILED' | 'REJECTED' | 'TIMED_OUT' | 'ALL' | undefined
  readonly action: 'CANCEL' | undefined
  /** 0 to 100, at most two digits behind the point. */
  readonly thresholdPercentage: number | undefined
  readonly minNumberOfExecutedThings: number | undefined
}

type FailureType = NonNullable<AbortCriteria['failureType']>

/** Executions that came to an end by themselves: neither canceled nor removed. */
export function executedOf({ SUCCEEDED, FAILED, REJECTED, TIMED_OUT }: ExecutionCounts): number {
  return SUCCEEDED + FAILED + REJECTED + TIMED_OUT
}

/** How many of them failed in such a way. */
export function failuresOf(counts: ExecutionCounts, type: FailureType): number {
  if (type === 'ALL') return counts.FAILED + counts.REJECTED + counts.TIMED_OUT
  return counts[type]
}

/**
 * The first criterion that is met; to be asked after each execution that ends. Each attempt of a thing counts.
 * @see AWS IoT developer guide, "Job abort configuration"
 */
export function metAbortCriteria(
  criteria: readonly AbortCriteria[] | undefined,
  counts: ExecutionCounts,
): AbortCriteria | undefined {
  const executed = executedOf(counts)
  return criteria?.find(({ failureType = 'ALL', thresholdPercentage = 0, minNumberOfExecutedThings = 1 }) => {
    const failures = failuresOf(counts, failureType)
    // A job without a failure is not aborted, whatever the threshold is.
    return (
      failures > 0 &&
      executed >= minNumberOfExecutedThings &&
      failures * 10_000 >= hundredths(thresholdPercentage) * executed
    )
  })
}

/** How many failures abort a job once so many were executed; at least one. */
export function failuresToAbort({ thresholdPercentage = 0 }: AbortCriteria, executed: number): number {
  return Math.max(1, Math.ceil((hundredths(thresholdPercentage) * executed) / 10_000))
}

/**
 * Of a percentage, in whole numbers: 0.07 times 10,000 is more than 700 in binary fractions.
 * @see AWS IoT API reference, AbortCriteria: "supports up to two digits after the decimal"
 */
const hundredths = (percentage: number): number => Math.round(percentage * 100)
