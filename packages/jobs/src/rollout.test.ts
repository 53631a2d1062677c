import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  failuresToAbort,
  metAbortCriteria,
  minuteOf,
  NO_EXECUTIONS,
  notifiedAfter,
  parseSchedule,
  previewRollout,
  type RolloutMinute,
  rateOf,
  roomOf,
} from './index.ts'

const EXAMPLE = {
  maximumPerMinute: 1000,
  exponentialRate: {
    baseRatePerMinute: 50,
    incrementFactor: 2,
    rateIncreaseCriteria: { numberOfNotifiedThings: 1000 },
  },
} as const

// Source: AWS IoT developer guide, "Job rollout configuration", the example.
test.each([
  [0, 50],
  [999, 50],
  [1000, 100],
  [2000, 200],
  [3000, 400],
  [5000, 1000],
])('after %i notified things of the example of the guide: %i a minute', (notified, rate) => {
  expect(rateOf(EXAMPLE, { notified, succeeded: 0 })).toBe(rate)
})

test('by successes, by default, and a factor that makes no whole number', () => {
  const bySuccess = {
    exponentialRate: { ...EXAMPLE.exponentialRate, rateIncreaseCriteria: { numberOfSucceededThings: 10 } },
  }
  expect(rateOf(bySuccess, { notified: 1_000_000, succeeded: 9 })).toBe(50)
  expect(rateOf(bySuccess, { notified: 0, succeeded: 10 })).toBe(100)
  expect(rateOf(undefined, { notified: 0, succeeded: 0 })).toBe(1000)
  const slow = { exponentialRate: { ...EXAMPLE.exponentialRate, baseRatePerMinute: 1, incrementFactor: 1.1 } }
  expect(rateOf(slow, { notified: 1000, succeeded: 0 })).toBe(1)
})

test('no minute has more than its rate, however often and late it is asked', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ waitMs: fc.nat(90_000), wanted: fc.nat(80) }), { maxLength: 40 }), (turns) => {
      const rollout = { maximumPerMinute: 50 }
      const queuedAt: number[] = []
      let minute: RolloutMinute | undefined
      let nowMs = 1_000_000
      for (const { waitMs, wanted } of turns) {
        nowMs += waitMs
        minute = minuteOf(minute, rollout, { notified: queuedAt.length, succeeded: 0 }, nowMs)
        const count = Math.min(wanted, roomOf(minute))
        for (let index = 0; index < count; index += 1) queuedAt.push(minute.startMs)
        minute = { ...minute, queued: minute.queued + count }
      }
      const perMinute = Map.groupBy(queuedAt, (startMs) => startMs)
      for (const list of perMinute.values()) expect(list.length).toBeLessThanOrEqual(50)
      const starts = [...perMinute.keys()]
      for (const [index, start] of starts.entries()) {
        if (index > 0) expect(start - (starts[index - 1] ?? 0)).toBeGreaterThanOrEqual(60_000)
      }
    }),
  )
})

describe('abort', () => {
  const criteria = {
    failureType: 'FAILED',
    action: 'CANCEL',
    thresholdPercentage: 20,
    minNumberOfExecutedThings: 5,
  } as const

  test.each([
    [{ FAILED: 4 }, false],
    [{ FAILED: 1, SUCCEEDED: 4 }, true],
    [{ FAILED: 1, SUCCEEDED: 5 }, false],
    [{ TIMED_OUT: 5, SUCCEEDED: 1 }, false],
    [{ FAILED: 1, CANCELED: 4, REMOVED: 9 }, false],
  ])('of 20 % FAILED among at least 5: %j', (counts, isMet) => {
    expect(metAbortCriteria([criteria], { ...NO_EXECUTIONS, ...counts }) !== undefined).toBe(isMet)
  })

  test('a percentage is one of decimals: 0.07 % of 10,000 are 7', () => {
    const one = { ...criteria, thresholdPercentage: 0.07, minNumberOfExecutedThings: 1 }
    expect(failuresToAbort(one, 10_000)).toBe(7)
    expect(metAbortCriteria([one], { ...NO_EXECUTIONS, FAILED: 7, SUCCEEDED: 9_993 })).toBe(one)
    expect(metAbortCriteria([one], { ...NO_EXECUTIONS, FAILED: 6, SUCCEEDED: 9_994 })).toBeUndefined()
  })

  test('the number of failures that is foreseen is the least one that aborts', () => {
    const percentage = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)
    fc.assert(
      fc.property(percentage, fc.integer({ min: 1, max: 20_000 }), (thresholdPercentage, executed) => {
        const one = { ...criteria, thresholdPercentage, minNumberOfExecutedThings: executed }
        const failures = failuresToAbort(one, executed)
        const counts = (FAILED: number) => ({ ...NO_EXECUTIONS, FAILED, SUCCEEDED: executed - FAILED })
        expect(metAbortCriteria([one], counts(failures))).toBe(one)
        expect(metAbortCriteria([one], counts(failures - 1))).toBeUndefined()
      }),
    )
  })
})

describe('a preview', () => {
  test('of a constant rate', () => {
    const preview = previewRollout({ targets: 10_000, rollout: { maximumPerMinute: 62 } })
    expect(preview).toMatchObject({
      minutes: 162,
      notified: 10_000,
      stretches: [{ fromMinute: 0, toMinute: 162, perMinute: 62 }],
    })
    expect([0, 1, 2, 161, 162].map((minutes) => notifiedAfter(preview, minutes))).toEqual([0, 62, 124, 9982, 10_000])
  })

  test('of the example of the guide', () => {
    const { stretches, minutes } = previewRollout({ targets: 4000, rollout: EXAMPLE })
    expect(stretches.map(({ perMinute, notifiedAfter: all, fromMinute }) => [fromMinute, perMinute, all])).toEqual([
      [0, 50, 1000],
      [20, 100, 2000],
      [30, 200, 3000],
      [35, 400, 4000],
    ])
    expect(minutes).toBe(38)
  })

  test('of windows and an end', () => {
    const createdMs = Date.parse('2026-11-29T00:00:00Z')
    const schedule = parseSchedule({
      endTime: '2026-12-01 00:00',
      maintenanceWindows: [{ startTime: 'cron(0 3 * * ? *)', durationInMinutes: 10 }],
    })
    const plan = { rollout: { maximumPerMinute: 10 }, schedule: { schedule, createdMs } }
    const preview = previewRollout({ targets: 150, ...plan })
    expect(
      preview.stretches.map(({ fromMinute, perMinute, notifiedAfter: all }) => [fromMinute, perMinute, all]),
    ).toEqual([
      [0, 0, 0],
      [180, 10, 100],
      [190, 0, 100],
      [1620, 10, 150],
    ])
    expect(preview.minutes).toBe(1625)
    expect(previewRollout({ targets: 500, ...plan })).toMatchObject({ minutes: undefined, notified: 200 })
  })

  test('is what a rollout becomes that nobody disturbs', () => {
    const rollout = fc.record({
      maximumPerMinute: fc.integer({ min: 1, max: 1000 }),
      exponentialRate: fc.option(
        fc.record({
          baseRatePerMinute: fc.integer({ min: 1, max: 100 }),
          incrementFactor: fc.integer({ min: 11, max: 50 }).map((tenths) => tenths / 10),
          rateIncreaseCriteria: fc.record({ numberOfNotifiedThings: fc.integer({ min: 1, max: 500 }) }),
        }),
        { nil: undefined },
      ),
    })
    fc.assert(
      fc.property(rollout, fc.nat(3000), (config, targets) => {
        const preview = previewRollout({ targets, rollout: config })
        let minute: RolloutMinute | undefined
        let notified = 0
        for (let index = 0; notified < targets; index += 1) {
          minute = minuteOf(minute, config, { notified, succeeded: 0 }, index * 60_000)
          notified += Math.min(roomOf(minute), targets - notified)
          expect(notifiedAfter(preview, index + 1)).toBe(notified)
        }
        expect(preview.notified).toBe(targets)
      }),
    )
  })

  test('of criteria, in numbers', () => {
    const criteria = {
      failureType: 'FAILED',
      action: 'CANCEL',
      thresholdPercentage: 0.25,
      minNumberOfExecutedThings: 100,
    } as const
    expect(previewRollout({ targets: 10_000, abort: [criteria] }).abort).toEqual([
      {
        failureType: 'FAILED',
        thresholdPercentage: 0.25,
        executedAtLeast: 100,
        failuresAtEarliest: 1,
        failuresOfAll: 25,
      },
    ])
  })
})
