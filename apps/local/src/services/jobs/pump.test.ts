import pino from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pump } from './pump.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A pump that always has something to do, in steps of 10 ms; and when it did one. */
function busyPump() {
  const steps: number[] = []
  const context = {
    clock: () => Date.now(),
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs)
      return () => clearTimeout(timer)
    },
    log: pino({ level: 'silent' }),
  }
  const step = () => {
    steps.push(Date.now())
    vi.setSystemTime(Date.now() + 10)
    return true
  }
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
  const pump = new Pump(context, { step, nextMs: () => Date.now() })
  return { pump, steps }
}

test('nobody who changes something ends the pause after a turn', () => {
  const { pump, steps } = busyPump()
  pump.wake()
  vi.advanceTimersByTime(1)
  expect(steps).toHaveLength(1)
  for (let wakes = 0; wakes < 20; wakes += 1) {
    pump.wake()
    vi.advanceTimersByTime(1)
  }
  expect(steps).toHaveLength(1)
  vi.advanceTimersByTime(60)
  expect(steps).toHaveLength(2)
  pump.close()
})
