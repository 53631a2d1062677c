import { expect, test } from 'vitest'
import { runningConsequence } from './running-words.ts'

const counted = {
  outcome: 'counted',
  about: 3,
  versions: [
    { versionName: '2.0', count: 1 },
    { versionName: '1.0', count: 2 },
  ],
} as const

test('what a deletion means for the things that run it is said as far as it is known', () => {
  const all = { ...counted, versions: [...counted.versions], isAll: true }
  expect(runningConsequence(all, '2.0')).toEqual([
    '1 thing says that it runs it, and goes on doing so: nothing is taken off it.',
  ])
  expect(runningConsequence(all, '1.0')[0]).toContain('2 things say that they run it')
  expect(runningConsequence(all, undefined)[0]).toContain('3 things')
  expect(runningConsequence(all, '0.1')).toEqual(['No thing says that it runs it.'])
  expect(runningConsequence({ ...all, isAll: false }, '0.1')).toEqual(['How many things run it is not known.'])
  expect(runningConsequence({ outcome: 'not-indexed', versions: [], isAll: false }, '2.0')).toEqual([
    'How many things run it is not known.',
  ])
})
