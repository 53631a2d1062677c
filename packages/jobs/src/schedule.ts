import { type CronExpression, lastTime, nextTime, parseCron } from './cron.ts'
import { refuse } from './job-error.ts'

/** When a job is rolled out, as `CreateJob` has it. */
export interface SchedulingConfig {
  /** `2026-11-29 18:00`, UTC. */
  readonly startTime?: string | undefined
  readonly endTime?: string | undefined
  readonly endBehavior?: 'STOP_ROLLOUT' | 'CANCEL' | 'FORCE_CANCEL' | undefined
  readonly maintenanceWindows?: readonly MaintenanceWindow[] | undefined
}

export interface MaintenanceWindow {
  /** `cron(0 3 ? * SUN *)`, UTC. */
  readonly startTime: string | undefined
  /** 1 to 1430 */
  readonly durationInMinutes: number | undefined
}

/** A schedule that has been read. Times are epoch milliseconds. */
export interface Schedule {
  readonly startMs: number | undefined
  readonly endMs: number | undefined
  readonly windows: readonly { readonly cron: CronExpression; readonly durationMs: number }[]
}

const MINUTE_MS = 60_000
/** A job begins so long ahead at least, and ends so long behind its beginning. */
export const LEAST_SCHEDULED_MS = 30 * MINUTE_MS
/** It begins a year ahead at most, and lasts two. */
export const MOST_AHEAD_MS = 365 * 86_400_000
export const MOST_SCHEDULED_MS = 730 * 86_400_000
/** Our own bound: AWS publishes none. */
export const MOST_WINDOWS = 100
/** Windows that `DescribeJob` shows. */
const SHOWN_ROLLOUTS = 7

/** @throws {JobError} InvalidRequest */
export function parseSchedule(config: SchedulingConfig): Schedule {
  const { startTime, endTime, maintenanceWindows = [] } = config
  const { length } = maintenanceWindows
  if (length > MOST_WINDOWS) throw refuse(`There can be at most ${MOST_WINDOWS} maintenance windows, not ${length}`)
  return {
    startMs: startTime === undefined ? undefined : parseTime('startTime', startTime),
    endMs: endTime === undefined ? undefined : parseTime('endTime', endTime),
    windows: maintenanceWindows.map(({ startTime: cron = '', durationInMinutes = 0 }) => ({
      cron: parseCron(cron),
      durationMs: durationInMinutes * MINUTE_MS,
    })),
  }
}

/**
 * Whether a schedule may be given to a job that is made now.
 * @throws {JobError} InvalidRequest, saying what would be right
 * @see AWS IoT developer guide, "Job scheduling configuration"
 */
export function checkScheduling(
  config: SchedulingConfig,
  { nowMs, targetSelection }: { readonly nowMs: number; readonly targetSelection: 'SNAPSHOT' | 'CONTINUOUS' },
): Schedule {
  const schedule = parseSchedule(config)
  const { startMs, endMs, windows } = schedule
  // Times are whole minutes: the one that runs is let count.
  const thisMinuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  if (startMs !== undefined && startMs < thisMinuteMs + LEAST_SCHEDULED_MS)
    throw refuse('startTime has to be at least 30 minutes ahead')
  if (startMs !== undefined && startMs > nowMs + MOST_AHEAD_MS) throw refuse('startTime can be at most 365 days ahead')
  const firstMs = startMs ?? thisMinuteMs
  if (endMs !== undefined && endMs < firstMs + LEAST_SCHEDULED_MS) {
    throw refuse(`endTime has to be at least 30 minutes behind ${startMs === undefined ? 'now' : 'startTime'}`)
  }
  if (endMs !== undefined && endMs > firstMs + MOST_SCHEDULED_MS)
    throw refuse('endTime can be at most 730 days behind the start')
  if (config.endBehavior !== undefined && endMs === undefined) throw refuse('endBehavior needs an endTime')
  if (windows.length > 0 && targetSelection !== 'CONTINUOUS')
    throw refuse('Maintenance windows are for CONTINUOUS jobs')
  for (const { durationInMinutes = 0 } of config.maintenanceWindows ?? []) {
    if (durationInMinutes < 1 || durationInMinutes > 1430) throw refuse('durationInMinutes has to be 1 to 1430')
  }
  return schedule
}

/** Where in its schedule a job is: before it, in it, between two windows, behind it. */
export type SchedulePhase = 'before' | 'open' | 'closed' | 'ended'

export interface ScheduleMoment {
  readonly phase: SchedulePhase
  /** When that is another one next; undefined: never. */
  readonly untilMs: number | undefined
}

/** Where in its schedule a job is at some time. */
export function scheduleAt(schedule: Schedule, nowMs: number): ScheduleMoment {
  const { startMs, endMs, windows } = schedule
  if (endMs !== undefined && nowMs >= endMs) return { phase: 'ended', untilMs: undefined }
  if (startMs !== undefined && nowMs < startMs) return { phase: 'before', untilMs: startMs }
  if (windows.length === 0) return { phase: 'open', untilMs: endMs }
  const closesMs = closingOf(schedule, nowMs)
  if (closesMs !== undefined) return { phase: 'open', untilMs: earlier(closesMs, endMs) }
  return { phase: 'closed', untilMs: earlier(nextOpening(schedule, nowMs), endMs) }
}

/** When the windows begin that come next, at most seven, the first first. */
export function comingWindows(schedule: Schedule, nowMs: number): number[] {
  const { startMs, endMs } = schedule
  const times: number[] = []
  let after = Math.max(nowMs, (startMs ?? nowMs) - 1)
  while (times.length < SHOWN_ROLLOUTS) {
    const next = nextOpening(schedule, after)
    if (next === undefined || (endMs !== undefined && next >= endMs)) break
    times.push(next)
    after = next
  }
  return times
}

function nextOpening({ windows }: Schedule, afterMs: number): number | undefined {
  return windows.map(({ cron }) => nextTime(cron, afterMs)).reduce<number | undefined>(earlier, undefined)
}

/** When the last of the windows closes that are open at some time; undefined where none is. */
function closingOf({ windows, startMs = Number.NEGATIVE_INFINITY }: Schedule, nowMs: number): number | undefined {
  let closesMs: number | undefined
  for (const { cron, durationMs } of windows) {
    const opensMs = lastTime(cron, nowMs - durationMs, nowMs)
    // A window that began before the job's start is open at its start, too.
    if (opensMs !== undefined && opensMs + durationMs > startMs)
      closesMs = Math.max(closesMs ?? 0, opensMs + durationMs)
  }
  return closesMs
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined) return b
  return b === undefined ? a : Math.min(a, b)
}

/** `2026-11-29 18:00`, as times of schedules are written; UTC. */
export const formatTime = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')

/** @throws {JobError} InvalidRequest */
export function parseTime(name: string, text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})$/.exec(text)
  const ms = match ? Date.parse(`${match[1]}T${match[2]}:00Z`) : Number.NaN
  if (Number.isNaN(ms) || formatTime(ms) !== text) {
    throw refuse(`${name} is ${JSON.stringify(text)}; it has to be like "2026-11-29 18:00", in UTC`)
  }
  return ms
}
