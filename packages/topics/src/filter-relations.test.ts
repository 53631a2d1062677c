import fc from 'fast-check'
import { expect, test } from 'vitest'
import { covers, overlaps } from './filter-relations.ts'
import { matches } from './matches.ts'

test.each([
  ['#', 'dt/#', true],
  ['dt/#', 'dt/+/temp', true],
  ['dt/+', 'dt/#', false],
  ['+/+', '+/a', true],
  ['a', 'a', true],
  ['dt/#', 'dt', false],
  ['#', '$aws/things/#', false],
  ['$aws/#', '$aws/things/+/shadow/#', true],
])('%s covers %s → %s', (wide, narrow, expected) => {
  expect(covers(wide, narrow)).toBe(expected)
})

test('with hashMatchesParent +/# and # are the same filter', () => {
  expect(covers('+/#', '#', { hashMatchesParent: true })).toBe(true)
  expect(covers('+/#', '#')).toBe(false)
})

test.each([
  ['dt/+/temp', 'dt/p1/#', true],
  ['dt/+', 'dt/+/temp', false],
  ['dt/#', 'dt', false],
  ['#', '$aws/events/#', false],
  ['+/a', 'b/+', true],
])('%s overlaps %s → %s, both ways round', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected)
  expect(overlaps(other, one)).toBe(expected)
})

const level = fc.constantFrom('a', 'b', '$a')
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 3 }), fc.constantFrom([], ['#']))
  .map(([levels, end]) => [...levels, ...end].join('/'))
  .filter((filter) => filter !== '')

/** With names `c` no filter mentions, and one level more than any filter has, these tell all filters apart. */
const TOPICS = allTopics(['a', 'b', '$a', 'c'], 4)

function allTopics(names: readonly string[], depth: number): string[] {
  if (depth === 1) return [...names]
  const shorter = allTopics(names, depth - 1)
  return [...names, ...names.flatMap((name) => shorter.map((rest) => `${name}/${rest}`))]
}

test('covers and overlaps say what the sets of matched topics say', () => {
  fc.assert(
    fc.property(filters, filters, fc.boolean(), (one, other, hashMatchesParent) => {
      const options = { hashMatchesParent }
      const matched = TOPICS.filter((topic) => matches(other, topic, options))
      expect(covers(one, other, options)).toBe(matched.every((topic) => matches(one, topic, options)))
      expect(overlaps(one, other, options)).toBe(matched.some((topic) => matches(one, topic, options)))
    }),
    { numRuns: 500 },
  )
})
