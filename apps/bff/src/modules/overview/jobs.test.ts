import { expect, test } from 'vitest'
import { countsOf } from './jobs.ts'

test.each([
  [undefined, { done: 0, failed: 0, total: 0 }],
  [
    { numberOfQueuedThings: 383, numberOfInProgressThings: 2, numberOfSucceededThings: 612, numberOfFailedThings: 3 },
    { done: 615, failed: 3, total: 1_000 },
  ],
  [
    { numberOfRejectedThings: 1, numberOfTimedOutThings: 2, numberOfCanceledThings: 4, numberOfRemovedThings: 8 },
    { done: 15, failed: 3, total: 15 },
  ],
])('of %j it is %j', (details, expected) => {
  expect(countsOf(details)).toEqual(expected)
})
