import { type AbortCriteria, failuresToAbort } from './abort.ts'
import { type RolloutConfig, rateOf } from './rollout.ts'
import { type Schedule, scheduleAt } from './schedule.ts'

/** What a rollout is to be foreseen of. */
export interface RolloutPlan {
  /** How many things there are. */
  readonly targets: number
  readonly rollout?: RolloutConfig | undefined
  readonly abort?: readonly AbortCriteria[] | undefined
  /** When it begins, and in which windows it goes on; without it at once, without a pause. */
  readonly schedule?: { readonly schedule: Schedule; readonly createdMs: number } | undefined
  /** Minutes from a thing's notification to its success, where the rate grows with successes; default 1. */
  readonly minutesToSucceed?: number | undefined
}

/** Some minutes in which as many things are notified each. Minutes count from 0, when the job is made. */
export interface RolloutStretch {
  readonly fromMinute: number
  /** The first minute that is none of them. */
  readonly toMinute: number
  /** 0 where the rollout waits for its start, or for the next window. */
  readonly perMinute: number
  /** Of all things, at its beginning and at its end. */
  readonly notifiedBefore: number
  readonly notifiedAfter: number
}

/** When a criterion aborts a job at the earliest, and at the latest. */
export interface AbortPreview {
  readonly failureType: NonNullable<AbortCriteria['failureType']>
  readonly thresholdPercentage: number
  /** No failure aborts before so many things were executed. */
  readonly executedAtLeast: number
  /** So many failures abort as soon as that many were executed. */
  readonly failuresAtEarliest: number
  /** Of all things, so many failures abort at the end. */
  readonly failuresOfAll: number
}

export interface RolloutPreview {
  readonly stretches: readonly RolloutStretch[]
  /** Minutes until the last thing is notified; undefined where the schedule ends before. */
  readonly minutes: number | undefined
  /** Things that are notified in all. */
  readonly notified: number
  readonly abort: readonly AbortPreview[]
}

const MINUTE_MS = 60_000
/** A rollout of one thing a minute to 100,000 things takes 69 days; with windows, longer. */
const MAX_MINUTES = 2 * 366 * 1440

/** What a rollout will be like, if every thing succeeds; the same arithmetic as that of the server. */
export function previewRollout(plan: RolloutPlan): RolloutPreview {
  const { targets, rollout, abort = [], schedule, minutesToSucceed = 1 } = plan
  const stretches: RolloutStretch[] = []
  /** Notified by the end of each minute. */
  const history: number[] = []
  let minute = 0
  let notified = 0
  const add = (minutes: number, perMinute: number, count: number) => {
    const last = stretches.at(-1)
    // A last minute with fewer things belongs to the stretch before it.
    const isSame = last?.perMinute === perMinute
    const begun = isSame ? last : { fromMinute: minute, perMinute, notifiedBefore: notified }
    if (isSame) stretches.pop()
    const toMinute = minute + minutes
    stretches.push({ ...begun, toMinute, notifiedAfter: notified + count })
    for (let index = 0; index < minutes; index += 1) history.push(notified + count)
    notified += count
    minute = toMinute
  }
  while (notified < targets && minute < MAX_MINUTES) {
    const nowMs = schedule ? schedule.createdMs + minute * MINUTE_MS : 0
    const moment = schedule && scheduleAt(schedule.schedule, nowMs)
    if (moment && moment.phase !== 'open') {
      if (moment.phase === 'ended' || moment.untilMs === undefined) break
      add(Math.max(1, Math.ceil((moment.untilMs - nowMs) / MINUTE_MS)), 0, 0)
      continue
    }
    const succeeded = history[minute - 1 - minutesToSucceed] ?? 0
    const rate = rateOf(rollout, { notified, succeeded })
    add(1, rate, Math.min(rate, targets - notified))
  }
  return {
    stretches,
    minutes: notified >= targets ? minute : undefined,
    notified,
    abort: abort.map((criteria) => previewAbort(criteria, targets)),
  }
}

function previewAbort(criteria: AbortCriteria, targets: number): AbortPreview {
  const { failureType = 'ALL', thresholdPercentage = 0, minNumberOfExecutedThings = 1 } = criteria
  return {
    failureType,
    thresholdPercentage,
    executedAtLeast: minNumberOfExecutedThings,
    failuresAtEarliest: failuresToAbort(criteria, minNumberOfExecutedThings),
    failuresOfAll: failuresToAbort(criteria, targets),
  }
}

/** How many things are notified once so many minutes have passed. */
export function notifiedAfter({ stretches }: RolloutPreview, minutes: number): number {
  const found = stretches.findLast(({ fromMinute }) => fromMinute < minutes)
  if (!found) return 0
  const { fromMinute, perMinute, notifiedBefore, notifiedAfter: all } = found
  return Math.min(all, notifiedBefore + (minutes - fromMinute) * perMinute)
}
