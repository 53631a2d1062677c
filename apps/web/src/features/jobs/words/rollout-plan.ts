import { failuresToAbort, type RolloutConfig, rateOf } from '@thingdeck/jobs'
import type { PacePoint } from './pace.ts'

const MINUTE_MS = 60_000
/** A rollout that takes longer is shown for so long, and said to take longer: 1 device a minute, 100,000 devices. */
const MOST_MINUTES = 20_000

export interface RolloutPlan {
  /** How many devices are told by when; the first point is none. */
  readonly told: readonly PacePoint[]
  /** When the last one is told; undefined: later than is reckoned. */
  readonly allToldMs: number | undefined
}

/**
 * How a rollout goes on where each device that is told succeeds before the next minute: nobody can be faster. The rates are
 * those that the embedded server itself goes by.
 * @param total devices
 */
export function planRollout(rollout: RolloutConfig | undefined, total: number, fromMs: number): RolloutPlan {
  const told: PacePoint[] = [{ atMs: fromMs, count: 0 }]
  let count = 0
  for (let minute = 0; minute < MOST_MINUTES && count < total; minute += 1) {
    count = Math.min(total, count + rateOf(rollout, { notified: count, succeeded: count }))
    // Within its minute AWS IoT tells as many as it may: the minute's end is when they are told at the latest.
    told.push({ atMs: fromMs + (minute + 1) * MINUTE_MS, count })
  }
  return { told, allToldMs: count >= total ? told.at(-1)?.atMs : undefined }
}

/** How many are told in each of the first minutes, `[5, 10, 20]`. */
export function firstMinutes(rollout: RolloutConfig | undefined, total: number, most: number): readonly number[] {
  const { told } = planRollout(rollout, total, 0)
  return told.slice(1, most + 1).map(({ count }, index) => count - (told[index]?.count ?? 0))
}

export { failuresToAbort }
