import type { Job } from '@thingdeck/contract'
import { executedOf, failuresOf, failuresToAbort } from '@thingdeck/jobs'

export interface AbortStanding {
  /** Of what is watched so many have happened. */
  readonly failures: number
  /** At so many, counted by how many are through now, the job is canceled. */
  readonly at: number
}

const FAILURES = ['FAILED', 'REJECTED', 'TIMED_OUT', 'ALL'] as const

/**
 * How near a job is to being stopped by its criteria, of several the nearest; undefined: nothing stops it. `at` grows
 * with the devices that are through: a criterion is a share of them.
 * @see AWS IoT developer guide, "Job abort configuration"
 */
export function nearestAbort({ abortConfig, counts }: Pick<Job, 'abortConfig' | 'counts'>): AbortStanding | undefined {
  const executed = executedOf(counts)
  const standings = (abortConfig?.criteriaList ?? []).flatMap((criterion): AbortStanding[] => {
    const failureType = FAILURES.find((each) => each === criterion.failureType)
    if (failureType === undefined) return [] // one that AWS has added since
    const { thresholdPercentage, minNumberOfExecutedThings } = criterion
    const through = Math.max(executed, minNumberOfExecutedThings)
    return [
      {
        failures: failuresOf(counts, failureType),
        at: failuresToAbort({ failureType, action: 'CANCEL', thresholdPercentage, minNumberOfExecutedThings }, through),
      },
    ]
  })
  return standings.toSorted((one, other) => one.at - one.failures - (other.at - other.failures))[0]
}
