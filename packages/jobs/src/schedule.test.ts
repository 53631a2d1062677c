import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastTime } from './cron.ts'
import { checkScheduling, comingWindows, formatTime, nextTime, parseCron, parseSchedule, scheduleAt } from './index.ts'

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00Z`)

test.each([
  ['cron(0 10 * * ? *)', '2026-11-29 10:00', '2026-11-30 10:00'],
  ['cron(15 12 * * ? *)', '2026-11-29 10:00', '2026-11-29 12:15'],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-28 00:00', '2026-11-30 18:00'],
  ['cron(0 8 1 * ? *)', '2026-11-29 10:00', '2026-12-01 08:00'],
  ['cron(0/15 * * * ? *)', '2026-11-29 10:07', '2026-11-29 10:15'],
  ['cron(0/10 8-9 ? * 2,4 *)', '2026-11-29 10:00', '2026-11-30 08:00'],
  ['cron(0 9 ? * 2#1 *)', '2026-11-29 10:00', '2026-12-07 09:00'],
  ['cron(0 9 L * ? *)', '2026-11-29 10:00', '2026-11-30 09:00'],
  ['cron(0 9 LW * ? *)', '2027-01-01 00:00', '2027-01-29 09:00'],
  ['cron(0 9 15W * ? *)', '2026-11-01 00:00', '2026-11-16 09:00'],
  ['cron(0 9 1W * ? *)', '2026-08-01 00:00', '2026-08-03 09:00'],
  ['cron(0 9 ? * 6L *)', '2026-11-01 00:00', '2026-11-27 09:00'],
  ['cron(0 9 ? * L *)', '2026-11-29 00:00', '2026-12-05 09:00'],
  ['cron(0 0 29 FEB ? *)', '2026-11-29 00:00', '2028-02-29 00:00'],
  ['cron(59 23 31 12 ? 2026-2027)', '2026-12-31 23:59', '2027-12-31 23:59'],
])('%s after %s: %s', (expression, after, next) => {
  const found = nextTime(parseCron(expression), at(after))
  expect(found === undefined ? undefined : formatTime(found)).toBe(next)
})

test('the last time before a moment is the one behind which the next comes after it', () => {
  const expression = fc.constantFrom(
    'cron(* * ? * * *)',
    'cron(0/7 3,21 * * ? *)',
    'cron(59 23 ? * MON#2 *)',
    'cron(0 0 LW 2 ? *)',
  )
  const minute = fc.integer({ min: at('2026-01-01 00:00') / 60_000, max: at('2028-12-31 00:00') / 60_000 })
  fc.assert(
    fc.property(expression, minute, fc.integer({ min: 1, max: 3_000 }), (text, until, minutes) => {
      const [cron, untilMs, afterMs] = [parseCron(text), until * 60_000, (until - minutes) * 60_000]
      let expected: number | undefined
      for (let ms = nextTime(cron, afterMs); ms !== undefined && ms <= untilMs; ms = nextTime(cron, ms)) expected = ms
      expect(lastTime(cron, afterMs, untilMs)).toBe(expected)
    }),
  )
})

test('a time that does not come any more', () => {
  expect(nextTime(parseCron('cron(0 0 1 1 ? 2020)'), at('2026-11-29 00:00'))).toBeUndefined()
  expect(nextTime(parseCron('cron(0 0 30 2 ? *)'), at('2026-11-29 00:00'))).toBeUndefined()
})

test.each([
  ['0 10 * * ? *', 'cron('],
  ['cron(0 10 * * *)', 'cron('],
  ['cron(0 10 * * * *)', 'one of day-of-month and day-of-week'],
  ['cron(0 10 ? * ? *)', 'one of day-of-month and day-of-week'],
  ['cron(60 10 * * ? *)', 'minutes'],
  ['cron(0 24 * * ? *)', 'hours'],
  ['cron(0 9 32 * ? *)', 'day-of-month'],
  ['cron(0 9 ? JUL-FEB 1 *)', 'month'],
  ['cron(0 9 ? * 2#6 *)', 'day-of-week'],
  ['cron(0/0 9 ? * 2 *)', 'minutes'],
  ['cron(0 9 ? * 2 1969)', 'year'],
])('%s is refused, and why: %s', (expression, why) => {
  expect(() => parseCron(expression)).toThrow(why)
})

describe('where in its schedule a job is', () => {
  const phases = (schedule: Parameters<typeof parseSchedule>[0], times: readonly string[]) =>
    times.map((time) => {
      const { phase, untilMs } = scheduleAt(parseSchedule(schedule), at(time))
      return [phase, untilMs === undefined ? undefined : formatTime(untilMs)]
    })

  test('with a start and an end', () => {
    const schedule = { startTime: '2026-11-29 18:00', endTime: '2026-11-30 18:00' }
    expect(phases(schedule, ['2026-11-29 17:59', '2026-11-29 18:00', '2026-11-30 17:59', '2026-11-30 18:00'])).toEqual([
      ['before', '2026-11-29 18:00'],
      ['open', '2026-11-30 18:00'],
      ['open', '2026-11-30 18:00'],
      ['ended', undefined],
    ])
  })

  test('with windows that run over midnight and into each other', () => {
    const schedule = {
      endTime: '2026-12-02 00:30',
      maintenanceWindows: [
        { startTime: 'cron(0 23 * * ? *)', durationInMinutes: 120 },
        { startTime: 'cron(30 0 * * ? *)', durationInMinutes: 60 },
      ],
    }
    expect(
      phases(schedule, [
        '2026-11-29 22:59',
        '2026-11-29 23:00',
        '2026-11-30 00:59',
        '2026-11-30 01:29',
        '2026-12-01 23:30',
      ]),
    ).toEqual([
      ['closed', '2026-11-29 23:00'],
      ['open', '2026-11-30 01:00'],
      ['open', '2026-11-30 01:30'],
      ['open', '2026-11-30 01:30'],
      ['open', '2026-12-02 00:30'],
    ])
    expect(comingWindows(parseSchedule(schedule), at('2026-11-30 12:00')).map(formatTime)).toEqual([
      '2026-11-30 23:00',
      '2026-12-01 00:30',
      '2026-12-01 23:00',
    ])
  })
})

test.each([
  [{ startTime: '2026-11-29 12:29' }, 'at least 30 minutes ahead'],
  [{ startTime: '2027-12-29 12:29' }, 'at most 365 days'],
  [{ startTime: '29.11.2026 18:00' }, '"2026-11-29 18:00"'],
  [{ startTime: '2026-02-30 18:00' }, 'startTime'],
  [{ startTime: '2026-11-29 18:00', endTime: '2026-11-29 18:29' }, '30 minutes behind startTime'],
  [{ endTime: '2026-11-29 12:10' }, '30 minutes behind now'],
  [{ endTime: '2028-11-28 12:11' }, '730 days'],
  [{ startTime: '2027-11-29 12:11' }, '365 days'],
  [{ maintenanceWindows: Array(101).fill({ startTime: 'cron(0 3 * * ? *)', durationInMinutes: 10 }) }, 'at most 100'],
  [{ endBehavior: 'CANCEL' as const }, 'needs an endTime'],
  [{ maintenanceWindows: [{ startTime: 'cron(0 3 * * ? *)', durationInMinutes: 10 }] }, 'CONTINUOUS'],
])('%j is refused, and why: %s', (config, why) => {
  const circumstances = { nowMs: at('2026-11-29 12:00'), targetSelection: 'SNAPSHOT' } as const
  expect(() => checkScheduling(config, circumstances)).toThrow(why)
})
