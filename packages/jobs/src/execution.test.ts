import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  deadlineOf,
  EXECUTION_STATUSES,
  type Execution,
  endExecution,
  isRetried,
  isTerminal,
  JobError,
  mayBecome,
  notificationsDue,
  pendingInOrder,
  queueExecution,
  secondsBeforeTimedOut,
  startExecution,
  updateExecution,
} from './index.ts'

const MINUTE = 60_000

test('the states that follow each other, by who sets them', () => {
  const pairs = (by: Parameters<typeof mayBecome>[2]) =>
    EXECUTION_STATUSES.flatMap((from) =>
      EXECUTION_STATUSES.filter((to) => mayBecome(from, to, by)).map((to) => `${from} > ${to}`),
    )
  expect(pairs('device')).toEqual([
    'QUEUED > IN_PROGRESS',
    'QUEUED > SUCCEEDED',
    'QUEUED > FAILED',
    'QUEUED > REJECTED',
    'IN_PROGRESS > IN_PROGRESS',
    'IN_PROGRESS > SUCCEEDED',
    'IN_PROGRESS > FAILED',
    'IN_PROGRESS > REJECTED',
  ])
  expect(pairs('service')).toEqual(['QUEUED > REMOVED', 'IN_PROGRESS > TIMED_OUT', 'IN_PROGRESS > REMOVED'])
  expect(pairs('operator')).toEqual(['QUEUED > CANCELED'])
  expect(pairs('operator by force')).toEqual(['QUEUED > CANCELED', 'IN_PROGRESS > CANCELED'])
})

describe('versions', () => {
  test('rise by one with each update of the device, and with nothing else', () => {
    const update = fc.record({
      status: fc.constantFrom('IN_PROGRESS', 'SUCCEEDED', 'FAILED', 'REJECTED', 'QUEUED', 'TIMED_OUT'),
      expectedVersion: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      stepTimeoutInMinutes: fc.option(fc.constantFrom(-1, 1, 5, 0), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(update, { maxLength: 12 }), (updates) => {
        let execution: Execution = queueExecution(0)
        for (const [index, one] of updates.entries()) {
          try {
            const next = updateExecution(execution, one, { nowMs: index, inProgressTimeoutInMinutes: 60 })
            expect(next.versionNumber).toBe(execution.versionNumber + 1)
            expect(isTerminal(execution.status)).toBe(false)
            expect(one.expectedVersion ?? execution.versionNumber).toBe(execution.versionNumber)
            // A timer runs exactly while an execution is in progress, and the first one is never set anew.
            expect(deadlineOf(next) !== undefined).toBe(next.status === 'IN_PROGRESS')
            if (execution.status === 'IN_PROGRESS' && next.status === 'IN_PROGRESS') {
              expect(next.inProgressDeadlineMs).toBe(execution.inProgressDeadlineMs)
            }
            execution = next
          } catch (error) {
            expect(error).toBeInstanceOf(JobError)
          }
        }
      }),
    )
  })

  test('a version that is not the expected one is refused before anything else of the state', () => {
    const over = updateExecution(queueExecution(0), { status: 'SUCCEEDED' }, { nowMs: 1 })
    const code = (expectedVersion?: number) => {
      try {
        updateExecution(over, { status: 'IN_PROGRESS', expectedVersion }, { nowMs: 2 })
      } catch (error) {
        return error instanceof JobError ? error.code : undefined
      }
      return undefined
    }
    expect(code(1)).toBe('VersionMismatch')
    expect(code(2)).toBe('InvalidStateTransition')
    expect(code()).toBe('InvalidStateTransition')
  })

  test('start-next of what is in progress leaves version and details, and takes a step timer', () => {
    const at = { nowMs: 1000, inProgressTimeoutInMinutes: 10 }
    const started = startExecution(queueExecution(0), { statusDetails: { a: '1' } }, at)
    expect(started).toMatchObject({
      status: 'IN_PROGRESS',
      versionNumber: 2,
      statusDetails: { a: '1' },
      startedAtMs: 1000,
    })
    const again = startExecution(
      started,
      { statusDetails: { a: '2' }, stepTimeoutInMinutes: 1 },
      { ...at, nowMs: 2000 },
    )
    expect(again).toEqual({ ...started, stepDeadlineMs: 2000 + MINUTE })
  })
})

test('the earlier of two timers wins, and -1 drops that of the step', () => {
  const started = updateExecution(
    queueExecution(0),
    { status: 'IN_PROGRESS', stepTimeoutInMinutes: 1 },
    { nowMs: 0, inProgressTimeoutInMinutes: 2 },
  )
  expect([deadlineOf(started), secondsBeforeTimedOut(started, 30_500)]).toEqual([MINUTE, 30])
  const dropped = updateExecution(
    started,
    { status: 'IN_PROGRESS', stepTimeoutInMinutes: -1 },
    { nowMs: 1, inProgressTimeoutInMinutes: 2 },
  )
  expect(deadlineOf(dropped)).toBe(2 * MINUTE)
  expect(secondsBeforeTimedOut(queueExecution(0), 0)).toBeUndefined()
  expect(endExecution(dropped, 'TIMED_OUT', 'service', 3)).toMatchObject({ status: 'TIMED_OUT', versionNumber: 3 })
})

test.each<[details: Record<string, string>, isRight: boolean]>([
  [{ 'a:b_c-9': 'x'.repeat(1024) }, true],
  [{ a: '🌡'.repeat(1024) }, true],
  [{ a: 'x'.repeat(1025) }, false],
  [{ a: '' }, false],
  [{ a: 'tab\there' }, false],
  [{ 'a b': 'x' }, false],
  [{ ['k'.repeat(129)]: 'x' }, false],
  [Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, 'v'])), true],
  [Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 'v'])), false],
])('status details %#', (statusDetails, isRight) => {
  const update = () => updateExecution(queueExecution(0), { status: 'IN_PROGRESS', statusDetails }, { nowMs: 0 })
  if (isRight) expect(update().statusDetails).toEqual(statusDetails)
  else expect(update).toThrow(JobError)
})

test('retries are of their failure type, and ten in all', () => {
  const both = [
    { failureType: 'FAILED', numberOfRetries: 2 },
    { failureType: 'TIMED_OUT', numberOfRetries: 9 },
  ] as const
  expect(isRetried(both, 'FAILED', 1, 4)).toBe(true)
  expect(isRetried(both, 'FAILED', 2, 4)).toBe(false)
  expect(isRetried(both, 'TIMED_OUT', 8, 10)).toBe(false)
  expect(isRetried(both, 'REJECTED', 0)).toBe(false)
  const all = [{ failureType: 'ALL', numberOfRetries: 3 }] as const
  expect(isRetried(all, 'TIMED_OUT', 0, 2)).toBe(true)
  expect(isRetried(all, 'TIMED_OUT', 0, 3)).toBe(false)
  expect(isRetried(undefined, 'FAILED', 0)).toBe(false)
})

test('pending executions: those in progress first, each part as it was queued', () => {
  const one = (id: number, status: 'QUEUED' | 'IN_PROGRESS', queuedAtMs: number) => ({ id, status, queuedAtMs })
  const list = [one(1, 'QUEUED', 1), one(2, 'IN_PROGRESS', 2), one(3, 'QUEUED', 0), one(4, 'IN_PROGRESS', 2)]
  expect(pendingInOrder(list).map(({ id }) => id)).toEqual([2, 4, 3, 1])
})

// The rows of the developer guide's table, "Jobs notifications".
test.each([
  ['the first is queued', [[], undefined], [[1], 1], true, true],
  ['a second one is queued behind it', [[1], 1], [[1, 2], 1], true, false],
  ['the next goes into progress', [[1, 2], 1], [[1, 2], 1], false, false],
  ['another one goes into progress before the first', [[1, 2], 1], [[2, 1], 2], false, true],
  ['the next ends', [[1, 2], 1], [[2], 2], true, true],
  ['the last ends', [[1], 1], [[], undefined], true, true],
] as const)('%s', (_, before, after, notify, notifyNext) => {
  const told = { pending: before[0], next: before[1] }
  expect(notificationsDue(told, { pending: after[0], next: after[1] })).toEqual({ notify, notifyNext })
})
