import { JobError } from './job-error.ts'

/** When an execution times out. The earlier one wins. Epoch milliseconds. */
export interface Timers {
  /** Set once, when the execution goes into progress first. */
  readonly inProgressDeadlineMs: number | undefined
  /** Of the device's step: each new one replaces the last. */
  readonly stepDeadlineMs: number | undefined
}

const MINUTE_MS = 60_000
export const MAX_TIMEOUT_MINUTES = 10_080

/**
 * @param minutes 1 to 10080, or -1 for none
 * @throws {JobError} InvalidRequest
 */
export function stepDeadline(minutes: number, nowMs: number): number | undefined {
  if (minutes === -1) return undefined
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_TIMEOUT_MINUTES) {
    throw new JobError('InvalidRequest', `stepTimeoutInMinutes is ${minutes}; it has to be 1 to 10080, or -1 for none`)
  }
  return nowMs + minutes * MINUTE_MS
}

/**
 * The timers after a report of the device.
 * @see AWS IoT developer guide, "Job timeout configuration"
 */
export function timersOf(
  before: Timers,
  isOver: boolean,
  stepTimeoutInMinutes: number | undefined,
  at: { readonly nowMs: number; readonly inProgressTimeoutInMinutes?: number | undefined },
): Timers {
  if (isOver) return { inProgressDeadlineMs: undefined, stepDeadlineMs: undefined }
  const { nowMs, inProgressTimeoutInMinutes: minutes } = at
  return {
    inProgressDeadlineMs:
      before.inProgressDeadlineMs ?? (minutes === undefined ? undefined : nowMs + minutes * MINUTE_MS),
    stepDeadlineMs:
      stepTimeoutInMinutes === undefined ? before.stepDeadlineMs : stepDeadline(stepTimeoutInMinutes, nowMs),
  }
}

/** When an execution times out; undefined: never. */
export function deadlineOf({ inProgressDeadlineMs, stepDeadlineMs }: Timers): number | undefined {
  if (inProgressDeadlineMs === undefined) return stepDeadlineMs
  return stepDeadlineMs === undefined ? inProgressDeadlineMs : Math.min(inProgressDeadlineMs, stepDeadlineMs)
}

/** `approximateSecondsBeforeTimedOut`: whole seconds, not below 0. */
export function secondsBeforeTimedOut(timers: Timers, nowMs: number): number | undefined {
  const deadline = deadlineOf(timers)
  return deadline === undefined ? undefined : Math.max(0, Math.ceil((deadline - nowMs) / 1000))
}
