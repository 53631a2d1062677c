import { notifiedAfter, previewRollout, type RolloutConfig, type RolloutPreview } from '@thingdeck/jobs'
import type { PacePoint } from './pace.ts'

const MINUTE_MS = 60_000

export interface RolloutPlan {
  /** How many devices are told by when; the first point is none. */
  readonly told: readonly PacePoint[]
  /** Minutes until the last one is told; undefined: its schedule ends before. */
  readonly minutes: number | undefined
}

/**
 * How a rollout goes on where each device that is told succeeds within the minute: nobody can be faster. It is reckoned as
 * the embedded server itself goes by.
 * @param total devices
 */
export function planRollout(rollout: RolloutConfig | undefined, total: number, fromMs: number): RolloutPlan {
  const { stretches, minutes } = previewRollout({ targets: total, rollout })
  const told = stretches.flatMap(({ fromMinute, toMinute, notifiedBefore, notifiedAfter: after }) => [
    { atMs: fromMs + fromMinute * MINUTE_MS, count: notifiedBefore },
    { atMs: fromMs + toMinute * MINUTE_MS, count: after },
  ])
  return { told: told.length === 0 ? [{ atMs: fromMs, count: 0 }] : told, minutes }
}

/** How many are told in each of the first minutes, `[5, 10, 20]`; fewer where all are told before. */
export function firstMinutes(preview: RolloutPreview, most: number): readonly number[] {
  return Array.from({ length: Math.min(most, preview.minutes ?? most) }, (_, minute) =>
    Math.round(notifiedAfter(preview, minute + 1) - notifiedAfter(preview, minute)),
  )
}
