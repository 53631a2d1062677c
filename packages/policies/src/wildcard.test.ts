import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesWildcard, parseWildcard } from './wildcard.ts'

test.each([
  ['*', '', true, 'AWS IoT guide: any combination of characters'],
  ['topic/*', 'topic/a/b/c', true, 'AWS IoT guide: * is not confined to a level'],
  ['topicfilter/some/*/topic', 'topicfilter/some/+/topic', true, 'AWS IoT guide: + and # have no special meaning'],
  ['topicfilter/some/+/topic', 'topicfilter/some/x/topic', false, 'AWS IoT guide: + is that character only'],
  ['topic/#', 'topic/a', false, 'AWS IoT guide: # is that character only'],
  ['sensor???', 'sensor123', true, 'AWS IoT guide: ? is any single character'],
  ['sensor???', 'sensor12', false, 'AWS IoT guide: ? is any single character'],
  ['?', '💧', true, 'a character outside the basic plane is one character'],
  ['??', '💧', false, 'a character outside the basic plane is one character'],
  ['*a*b', 'aXbaXb', true, 'the last star gives way'],
  ['a*a', 'a', false, 'the two ends do not share a character'],
  ['a**', 'a', true, 'stars at the end match nothing'],
])('%s | %s → %s (%s)', (pattern, text, expected) => {
  expect(matchesWildcard(parseWildcard(pattern), text)).toBe(expected)
})

function matchesNaively([first, ...pattern]: readonly string[], text: readonly string[]): boolean {
  if (first === undefined) return text.length === 0
  if (first === '*') return text.concat('').some((_, index) => matchesNaively(pattern, text.slice(index)))
  return text.length > 0 && (first === '?' || first === text[0]) && matchesNaively(pattern, text.slice(1))
}

const texts = fc.array(fc.constantFrom('a', 'b', '💧'), { maxLength: 8 })
const patterns = fc.array(fc.constantFrom('a', 'b', '💧', '*', '?'), { maxLength: 6 })

test('agrees with the recursive definition', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(matchesWildcard(parseWildcard(pattern.join('')), text.join(''))).toBe(matchesNaively(pattern, text))
    }),
    { numRuns: 3000 },
  )
})

test('a pattern that is hard for backtracking is not hard here', () => {
  const pattern = parseWildcard(`${'a*'.repeat(400)}b`)
  expect(matchesWildcard(pattern, 'a'.repeat(20_000))).toBe(false)
})
