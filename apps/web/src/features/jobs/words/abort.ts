import type { Job } from '@thingdeck/contract'
import { sumsOf } from './status.ts'

export interface AbortStanding {
  /** Of what is watched so many have happened. */
  readonly failures: number
  /** At so many, counted by how many are through now, the job is canceled. */
  readonly at: number
}

/**
 * How near a job is to being stopped by its criteria, of several the nearest; undefined: nothing stops it. `at` grows
 * with the devices that are through: a criterion is a share of them.
 * @see AWS IoT developer guide, "Job abort configuration"
 */
export function nearestAbort({ abortConfig, counts }: Pick<Job, 'abortConfig' | 'counts'>): AbortStanding | undefined {
  const executed = sumsOf(counts).done
  const standings = (abortConfig?.criteriaList ?? []).map(
    ({ failureType, thresholdPercentage, minNumberOfExecutedThings }): AbortStanding => {
      const through = Math.max(executed, minNumberOfExecutedThings)
      return {
        failures:
          failureType === 'FAILED' || failureType === 'REJECTED' || failureType === 'TIMED_OUT'
            ? counts[failureType]
            : counts.FAILED + counts.REJECTED + counts.TIMED_OUT,
        at: Math.max(1, Math.ceil((thresholdPercentage / 100) * through - 1e-9)),
      }
    },
  )
  return standings.toSorted((one, other) => one.at - one.failures - (other.at - other.failures))[0]
}
