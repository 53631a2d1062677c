import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patternCovers, patternsOverlap } from './pattern-relations.ts'
import { matchesWildcard, parseWildcard } from './wildcard.ts'

test.each([
  ['a/*', 'a/b', true],
  ['a/*', 'a/*', true],
  ['a/*', 'a/?', true],
  ['a/?', 'a/*', false],
  ['a/b', 'a/*', false],
  ['*', '${iot:ClientId}', true],
  ['?', '${iot:ClientId}', false],
  ['a/${iot:ClientId}', 'a/${IOT:clientid}', true],
  ['a/${iot:ClientId}/*', 'a/${iot:ClientId}/b/*', true],
  ['a/${iot:ClientId}', 'a/${aws:SourceIp}', false],
  ['${*}', '*', false],
])('%s covers %s: %s', (wide, narrow, expected) => {
  expect(patternCovers(wide, narrow)).toBe(expected)
})

test.each([
  ['a/*', '*/b', true],
  ['a/*', 'b/*', false],
  ['a/${iot:ClientId}/x', 'a/pump-7/x', true],
  ['a/${iot:ClientId}/x', 'a/pump-7/y', false],
  ['a/?', 'a/', false],
])('%s overlaps %s: %s', (left, right, expected) => {
  expect([patternsOverlap(left, right), patternsOverlap(right, left)]).toEqual([expected, expected])
})

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 5 })
const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 7 })

test('what both relations say is so for every text', () => {
  fc.assert(
    fc.property(patterns, patterns, texts, (one, other, text) => {
      const [inOne, inOther] = [one, other].map((each) => matchesWildcard(parseWildcard(each), text))
      if (patternCovers(one, other) && inOther) expect(inOne).toBe(true)
      if (inOne && inOther) expect(patternsOverlap(one, other)).toBe(true)
    }),
    { numRuns: 5000 },
  )
})

const everyText = [
  '',
  'a',
  'b',
  'aa',
  'ab',
  'ba',
  'bb',
  'aaa',
  'aab',
  'aba',
  'abb',
  'baa',
  'bab',
  'bba',
  'bbb',
  'c',
  'ac',
]
const shortPatterns = fc.string({ unit: fc.constantFrom('a', '*'), maxLength: 2 })

test('and nothing less: where one does not cover, some text tells', () => {
  fc.assert(
    fc.property(shortPatterns, shortPatterns, (one, other) => {
      const matches = (pattern: string) => everyText.filter((text) => matchesWildcard(parseWildcard(pattern), text))
      const [ones, others] = [matches(one), matches(other)]
      expect(patternCovers(one, other)).toBe(others.every((text) => ones.includes(text)))
      expect(patternsOverlap(one, other)).toBe(others.some((text) => ones.includes(text)))
    }),
  )
})
