import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { Metrics } from '../../foundation/metrics.ts'
import { EventQueue, MAX_EVENT_BYTES, MAX_EVENTS } from './event-queue.ts'
import type { EventInvokeSettings } from './function-table.ts'
import type { FunctionVersion } from './function-version.ts'
import type { Execution } from './runner.ts'

const EVENT = Buffer.from('{}')
const done = (functionError?: string): Execution => ({
  kind: 'done',
  payload: EVENT,
  functionError,
  logTail: Buffer.alloc(0),
})

/** A queue whose function answers as it is told. */
function makeQueue(answer: () => Promise<Execution>, settings?: EventInvokeSettings) {
  let nowMs = 0
  const timers: { readonly atMs: number; readonly callback: () => void }[] = []
  const metrics = new Metrics(() => nowMs)
  const queue = new EventQueue({
    clock: () => nowMs,
    log: pino({ level: 'silent' }),
    metrics,
    after: (delayMs, callback) => {
      const timer = { atMs: nowMs + delayMs, callback }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
    target: () => ({ version: {} as FunctionVersion, settings }), // nothing is run that would look at it
    run: answer,
  })
  const pass = (ms: number) => {
    nowMs += ms
    for (const timer of timers.filter(({ atMs }) => atMs <= nowMs)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.callback()
    }
  }
  const counted = () =>
    metrics.take().reduce<Record<string, number>>((sums, { metric, sum }) => {
      sums[metric.name] = (sums[metric.name] ?? 0) + sum
      return sums
    }, {})
  return { queue, pass, timers, counted }
}

const add = (queue: EventQueue, payload: Uint8Array = EVENT) => queue.add('f', 'f', payload)

test('as many events as may wait, and as many bytes; more are refused', () => {
  const never = () => new Promise<Execution>(() => {})
  const { queue, counted } = makeQueue(never)
  for (let number = 0; number < MAX_EVENTS; number += 1) expect(add(queue)).toBeDefined()
  expect(add(queue)).toBeUndefined()
  expect(counted()).toMatchObject({ AsyncEventsReceived: MAX_EVENTS, Throttles: 1 })
  const { queue: large } = makeQueue(never)
  for (let number = 0; number < 64; number += 1) expect(add(large, Buffer.alloc(1024 * 1024))).toBeDefined()
  expect(MAX_EVENT_BYTES).toBe(64 * 1024 * 1024)
  expect(add(large)).toBeUndefined()
  large.clear()
  expect(add(large)).toBeDefined()
})

test('tried after one minute and after two more, then dropped, and room for others again', async () => {
  const answer = vi.fn(async () => done('Unhandled'))
  const { queue, pass, timers, counted } = makeQueue(answer)
  add(queue)
  await vi.waitFor(() => expect(timers.map(({ atMs }) => atMs)).toEqual([60_000]), { timeout: 20_000 })
  pass(60_000)
  await vi.waitFor(() => expect(timers.map(({ atMs }) => atMs)).toEqual([180_000]), { timeout: 20_000 })
  pass(120_000)
  await vi.waitFor(() => expect(answer).toHaveBeenCalledTimes(3), { timeout: 20_000 })
  await vi.waitFor(() => expect(counted()).toMatchObject({ AsyncEventsDropped: 1 }), { timeout: 20_000 })
  expect(timers).toEqual([])
})

test.each<[EventInvokeSettings]>([[{ maxRetries: 0, modifiedAtMs: 0 }], [{ maxAgeSeconds: 59, modifiedAtMs: 0 }]])(
  '%j: not tried again',
  async (settings) => {
    const answer = vi.fn(async () => done('Unhandled'))
    const { queue, timers, counted } = makeQueue(answer, settings)
    add(queue)
    await vi.waitFor(() => expect(counted()).toMatchObject({ AsyncEventsDropped: 1 }), { timeout: 20_000 })
    expect(answer).toHaveBeenCalledTimes(1)
    expect(timers).toEqual([])
  },
)

test('four of a function run at once, in the order in which they came', async () => {
  const waiting: (() => void)[] = []
  const { queue } = makeQueue(() => new Promise((resolve) => waiting.push(() => resolve(done()))))
  for (let number = 0; number < 6; number += 1) add(queue)
  expect(waiting).toHaveLength(4)
  waiting[0]?.()
  await vi.waitFor(() => expect(waiting).toHaveLength(5), { timeout: 20_000 })
})

test('what waits, waits for another try or is under way is given to be kept, and goes on elsewhere', async () => {
  const answers: ((execution: Execution) => void)[] = []
  const pending = () => new Promise<Execution>((answer) => answers.push(answer))
  const { queue } = makeQueue(pending)
  for (const id of ['a', 'b', 'c', 'd', 'e']) add(queue, Buffer.from(id))
  await expect.poll(() => answers).toHaveLength(4)
  answers[0]?.(done('Unhandled'))
  await expect.poll(() => answers).toHaveLength(5)
  answers[1]?.(done())
  await new Promise((resolve) => setImmediate(resolve))
  const kept = queue.drain()
  // One has failed once, one was done, three are under way.
  expect(kept.map(({ payload, tries }) => [Buffer.from(payload).toString(), tries])).toEqual([
    ['a', 1],
    ['c', 0],
    ['d', 0],
    ['e', 0],
  ])
  expect(queue.drain()).toEqual([])
  const run: string[] = []
  const { queue: other } = makeQueue(async () => {
    run.push('once')
    return done()
  })
  other.restore(kept)
  await expect.poll(() => run).toHaveLength(4)
  await expect.poll(() => other.drain()).toEqual([])
})
