import { expect, test } from 'vitest'
import { RateWatch } from './rate-watch.ts'

test.each([
  [[100, 100, 100, 100, 100], true, 'the limit, second by second'],
  [[100, 100, 100, 100], false, 'not long enough'],
  [[70, 130, 100, 118, 84], true, 'a busy machine: what is late in one second comes in the next'],
  [[200, 100, 100, 100, 100, 100], true, 'after the burst that a limit lets through'],
  [[250, 0, 250, 0, 0], false, 'a source that sends in bursts'],
  [[60, 61, 60, 59, 60], false, 'below it'],
  [[500, 500, 500, 100, 100, 100, 100, 100], false, 'there is no limit here'],
])('%j: %s (%s)', (rates, expected) => {
  const watch = new RateWatch({ subscriptions: 50, messagesPerSecond: 100 })
  for (const [index, rate] of rates.entries()) watch.second(rate, (index + 1) * 1_000)
  expect(watch.isAtLimit).toBe(expected)
})

test('the span at the limit is told when it is over', () => {
  const watch = new RateWatch({ subscriptions: 50, messagesPerSecond: 100 })
  for (let second = 1; second <= 7; second++) expect(watch.second(100, second * 1_000)).toBeUndefined()
  expect(watch.second(20, 8_000)).toEqual({ fromMs: 0, toMs: 7_000 })
  expect(watch.second(20, 9_000)).toBeUndefined()
})
