import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ServerClock } from './server-clock.ts'

const TRUE_MS = Date.parse('2026-03-09T12:00:00.400Z')
const HOUR_MS = 3_600_000

/** A machine and a server: the truth goes on, and the machine has its own idea of it. */
function world(skewMs: number) {
  const time = { trueMs: TRUE_MS, skewMs, asleepMs: 0 }
  const clock = new ServerClock({
    wallMs: () => time.trueMs + time.skewMs,
    monotonicMs: () => time.trueMs - TRUE_MS - time.asleepMs,
  })
  return {
    time,
    clock,
    pass: (ms: number) => {
      time.trueMs += ms
    },
    sleep: (ms: number) => {
      time.trueMs += ms
      time.asleepMs += ms
    },
    set: (skew: number) => {
      time.skewMs = skew
    },
    /** A request that is answered; each way takes so long. */
    ask: (thereMs = 20, backMs = 30) => {
      const sentAtMs = clock.localMs()
      time.trueMs += thereMs
      const dateMs = Math.floor(time.trueMs / 1_000) * 1_000
      time.trueMs += backMs
      clock.observe({ sentAtMs, receivedAtMs: clock.localMs(), dateMs })
    },
    errorMs: () => Math.abs(clock.nowMs() - time.trueMs),
  }
}

test.each([2 * HOUR_MS, -2 * HOUR_MS, 5_000, -5_000])('a clock that is %i ms off tells the server’s time', (skewMs) => {
  const { ask, errorMs, pass } = world(skewMs)
  ask()
  expect(errorMs()).toBeLessThanOrEqual(600) // half a second that `Date` leaves open, and half of the way
  pass(10 * HOUR_MS)
  expect(errorMs()).toBeLessThanOrEqual(600)
})

test('a clock that is right is gone by, to the millisecond', () => {
  const { ask, pass, errorMs } = world(0)
  for (let requests = 0; requests < 50; requests += 1) {
    ask(3 + requests * 7, 900 - requests * 11)
    expect(errorMs()).toBe(0)
    pass(137)
  }
})

test.each([
  [0, -2 * HOUR_MS, 'back'],
  [2 * HOUR_MS, -HOUR_MS, 'back, and it was wrong before'],
])('set from %i to %i (%s): time goes on, before anybody answers', (skewMs, laterMs) => {
  const { ask, pass, set, errorMs } = world(skewMs)
  ask()
  const beforeMs = errorMs()
  pass(60_000)
  set(laterMs)
  expect(errorMs()).toBe(beforeMs)
  ask()
  expect(errorMs()).toBeLessThanOrEqual(600)
})

test('set ahead: the next answer mends it, and whoever shows a time hears of it', () => {
  const { clock, ask, pass, set, errorMs } = world(0)
  ask()
  let corrections = 0
  clock.onCorrected(() => {
    corrections += 1
  })
  pass(60_000)
  set(2 * HOUR_MS)
  expect(clock.nowMs()).toBeGreaterThan(TRUE_MS) // it looks like sleep
  ask()
  expect(errorMs()).toBeLessThanOrEqual(600)
  expect(corrections).toBe(1)
})

test.each([0, 2 * HOUR_MS])('a sleep of eight hours has passed, with a clock that is %i ms off', (skewMs) => {
  const { ask, sleep, errorMs } = world(skewMs)
  ask()
  const beforeMs = errorMs()
  sleep(8 * HOUR_MS)
  expect(errorMs()).toBe(beforeMs)
})

test('whatever the machine’s clock and the network do, an answer brings the server’s time to within its own doubt', () => {
  const step = fc.oneof(
    fc.record({ pass: fc.integer({ min: 0, max: HOUR_MS }) }),
    fc.record({ set: fc.integer({ min: -3 * HOUR_MS, max: 3 * HOUR_MS }) }),
    fc.record({ sleep: fc.integer({ min: 0, max: 9 * HOUR_MS }) }),
  )
  const way = fc.integer({ min: 0, max: 4_000 })
  fc.assert(
    fc.property(
      fc.integer({ min: -3 * HOUR_MS, max: 3 * HOUR_MS }),
      fc.array(fc.tuple(step, way, way)),
      (skew, steps) => {
        const { ask, pass, set, sleep, errorMs } = world(skew)
        for (const [what, thereMs, backMs] of steps) {
          if ('pass' in what) pass(what.pass)
          else if ('set' in what) set(what.set)
          else sleep(what.sleep)
          ask(thereMs, backMs)
          expect(errorMs()).toBeLessThanOrEqual(1_000 + thereMs + backMs)
        }
      },
    ),
  )
})

test('nothing else in the console asks the machine for the time of day', () => {
  const sources = join(import.meta.dirname, '../..')
  const offenders = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.endsWith('clock/server-clock.ts'))
    .filter((file) => /\bDate\.now\b|\bnew Date\(\)/.test(readFileSync(join(sources, file), 'utf8')))
  expect(offenders).toEqual([])
})
