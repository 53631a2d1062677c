import type { JobExecutionSummary } from '@thingdeck/contract'
import { isOpen } from './status.ts'

export interface PacePoint {
  readonly atMs: number
  readonly count: number
}

/** How many executions their devices had ended, or were timed out, at which time, from `fromMs` on; of the last attempt of each thing, as AWS lists them. */
export function donePace(executions: readonly JobExecutionSummary[], fromMs: number): readonly PacePoint[] {
  const ended = executions
    .filter(({ status }) => !isOpen(status) && status !== 'CANCELED' && status !== 'REMOVED')
    .flatMap(({ lastUpdatedAt }) => (lastUpdatedAt === undefined ? [] : Date.parse(lastUpdatedAt)))
    .sort((one, other) => one - other)
  return [
    { atMs: fromMs, count: 0 },
    ...ended.map((atMs, index): PacePoint => ({ atMs: Math.max(atMs, fromMs), count: index + 1 })),
  ]
}

/**
 * When a job is over if it goes on as in its latest part; undefined where too little has happened to say, or nothing is
 * left.
 * @param open executions that are not over
 */
export function doneAt(pace: readonly PacePoint[], open: number, nowMs: number): number | undefined {
  const last = pace.at(-1)
  // The latest third: at the beginning a rollout is slow by intent.
  const from = pace[Math.floor((pace.length - 1) * (2 / 3))]
  if (!last || !from || open === 0 || last.count - from.count < 3) return undefined
  const msPerDevice = (nowMs - from.atMs) / (last.count - from.count)
  return nowMs + open * msPerDevice
}
