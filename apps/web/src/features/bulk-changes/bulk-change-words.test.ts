import type { BulkChangeChange } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { changeInWords, countsInWords, durationInWords, effectsInWords, stateInWords } from './bulk-change-words.ts'

test.each([
  [{ counts: { changed: 2, unchanged: 1 }, total: 3 }, '2 changed, 1 already so'],
  [{ counts: { changed: 1, failed: 1, cancelled: 2, waiting: 1 }, total: 5 }, '1 changed, 1 failed, 3 not begun'],
  [{ counts: { changed: 0, 'left-out': 1_200 }, total: 1_200 }, '1,200 left out'],
  [{ counts: {}, total: 0 }, 'No thing was meant'],
])('%j is %s', (bulkChange, words) => {
  expect(countsInWords(bulkChange)).toBe(words)
})

test('how it ended is said with what became of the things, and never that all was done', () => {
  const counted = { counts: { changed: 2, unchanged: 1 }, total: 3 }
  expect(stateInWords({ ...counted, state: 'done' })).toBe('Ended: 2 changed, 1 already so')
  expect(stateInWords({ ...counted, state: 'failed', failure: 'No group.' })).toBe('Failed: No group.')
})

test.each<[BulkChangeChange, string]>([
  [{ kind: 'shadow', path: ['a', 'b'] }, 'Remove a/b from desired of the classic shadow'],
  [
    { kind: 'attributes', set: { site: 'north' }, remove: ['room'] },
    'Set the attribute site to north, remove the attribute room',
  ],
  [{ kind: 'groups', addTo: 'b', removeFrom: 'a' }, 'Move from the thing group a to b'],
  [{ kind: 'groups', removeFrom: 'a' }, 'Take out of the thing group a'],
  [{ kind: 'policy', act: 'detach', policyName: 'p' }, 'Detach the policy p from their certificates'],
])('%j is %s', (change, words) => {
  expect(changeInWords(change)).toBe(words)
})

test('what follows is counted in words, and nothing is said of nothing', () => {
  expect(effectsInWords({ 'shadows-deleted': 2, memberships: 1, 'certificates-kept': 0 })).toEqual([
    '2 shadows are deleted.',
    '1 membership of a thing group ends.',
  ])
})

test.each([
  [10, 5, 'about 2 s'],
  [0, 5, 'about 1 s'],
  [1_200, 5, 'about 4 min'],
  [72_000, 5, 'about 4.0 h'],
])('%i requests at %i a second take %s', (requests, perSecond, words) => {
  expect(durationInWords(requests, perSecond)).toBe(words)
})
