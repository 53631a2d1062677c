import type { JobExecutionSummary } from '@thingdeck/contract'
import { lastAttempts } from './attempts.ts'
import { isOpen } from './status.ts'

export interface PacePoint {
  readonly atMs: number
  readonly count: number
}

/** How many devices were through, by their last attempts, at which time, from `fromMs` on; timed out is through, too. */
export function donePace(executions: readonly JobExecutionSummary[], fromMs: number): readonly PacePoint[] {
  const ended = lastAttempts(executions)
    .filter(({ status }) => !isOpen(status) && status !== 'CANCELED' && status !== 'REMOVED')
    .flatMap(({ lastUpdatedAt }) => (lastUpdatedAt === undefined ? [] : Date.parse(lastUpdatedAt)))
    .sort((one, other) => one - other)
  return [
    { atMs: fromMs, count: 0 },
    ...ended.map((atMs, index): PacePoint => ({ atMs: Math.max(atMs, fromMs), count: index + 1 })),
  ]
}

/** A shorter pause is none. */
const STILL_MS = 60_000

/**
 * When a job is over if it goes on as in its latest part; undefined where too little has happened to say, it
 * stands still, or nothing is left.
 * @param open executions that are not over
 */
export function doneAt(pace: readonly PacePoint[], open: number, nowMs: number): number | undefined {
  const last = pace.at(-1)
  // The latest third: at the beginning a rollout is slow by intent.
  const from = pace[Math.floor((pace.length - 1) * (2 / 3))]
  if (!last || !from || open === 0 || last.count - from.count < 3) return undefined
  // Nothing ended for longer than that part took: what is left may never end.
  if (nowMs - last.atMs > Math.max(STILL_MS, last.atMs - from.atMs)) return undefined
  const msPerDevice = (nowMs - from.atMs) / (last.count - from.count)
  return nowMs + open * msPerDevice
}
