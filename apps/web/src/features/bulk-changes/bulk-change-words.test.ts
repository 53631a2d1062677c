import { expect, test } from 'vitest'
import { countsInWords, endInWords } from './bulk-change-words.ts'

test.each([
  [{ counts: { changed: 2, unchanged: 1 }, total: 3 }, '2 changed, 1 already so'],
  [{ counts: { changed: 1, failed: 1, cancelled: 2, waiting: 1 }, total: 5 }, '1 changed, 1 failed, 3 not begun'],
  [{ counts: { changed: 0, 'no-shadow': 1_200 }, total: 1_200 }, '1,200 without such a shadow'],
  [{ counts: {}, total: 0 }, 'No thing was meant'],
])('%j is %s', (bulkChange, words) => {
  expect(countsInWords(bulkChange)).toBe(words)
})

test('how it ended is said with what became of the things, and never that all was done', () => {
  const bulkChange = {
    bulkChangeId: 'b',
    request: { targets: { thingGroupName: 'g' }, path: ['a'], dryRun: false },
    startedBy: 'Ada',
    startedAt: '2026-01-01T00:00:00Z',
    counts: { changed: 2, unchanged: 1 },
    total: 3,
  }
  expect(endInWords({ ...bulkChange, state: 'done' })).toBe('Ended: 2 changed, 1 already so')
  expect(endInWords({ ...bulkChange, state: 'failed', failure: 'No group.' })).toBe('Failed: No group.')
})
