import type { Job } from '@thingdeck/contract'
import { executedOf, failuresOf, failuresToAbort } from '@thingdeck/jobs'
import { formatCount } from '../../../shared/format.ts'

export interface AbortStanding {
  /** Of what is watched so many have happened. */
  readonly failures: number
  /** At so many, counted by how many are through now, the job is canceled. */
  readonly at: number
  /** So many devices have to be through before, which are not yet; undefined: they are. */
  readonly once: number | undefined
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
        once: executed < minNumberOfExecutedThings ? minNumberOfExecutedThings : undefined,
        at: failuresToAbort({ failureType, action: 'CANCEL', thresholdPercentage, minNumberOfExecutedThings }, through),
      },
    ]
  })
  const missing = ({ at, failures, once = executed }: AbortStanding) => Math.max(at - failures, once - executed)
  return standings.toSorted((one, other) => missing(one) - missing(other))[0]
}

/** `stops at 3`, `stops at 3, once 30 are through` */
export const abortStandingInWords = ({ at, once }: AbortStanding): string =>
  `stops at ${formatCount(at)}${once === undefined ? '' : `, once ${formatCount(once)} are through`}`
