import type { ExecutionStatus } from './status.ts'

/** What decides about the order in which a thing executes its jobs. */
export interface PendingExecution {
  readonly status: ExecutionStatus
  readonly queuedAtMs: number
}

/** Those of a list of pending executions that a device is shown. */
export const LISTED_PENDING = 10
/** With those that are shown only because their job is within a window. */
export const LISTED_PENDING_WITH_SCHEDULED = 15

/**
 * Pending executions as devices see them: those in progress first, each part in the order in which they were queued. The
 * first is `$next`.
 * @param all in the order in which they were made
 */
export function pendingInOrder<Item extends PendingExecution>(all: readonly Item[]): Item[] {
  const part = (status: ExecutionStatus) =>
    all.filter((one) => one.status === status).sort((a, b) => a.queuedAtMs - b.queuedAtMs)
  return [...part('IN_PROGRESS'), ...part('QUEUED')]
}

/** What a thing was told last: the executions that are pending, and the next one. */
export interface ToldPending {
  readonly pending: readonly number[]
  readonly next: number | undefined
}

/**
 * What a thing has to be told: `notify` where the set of its pending executions is another, `notify-next` where the next
 * one is. That an execution goes into progress changes neither, unless it was not the next.
 * @see AWS IoT developer guide, "Jobs notifications"
 */
export function notificationsDue(told: ToldPending, now: ToldPending): { notify: boolean; notifyNext: boolean } {
  const known = new Set(told.pending)
  const isSame = known.size === now.pending.length && now.pending.every((one) => known.has(one))
  return { notify: !isSame, notifyNext: told.next !== now.next }
}
