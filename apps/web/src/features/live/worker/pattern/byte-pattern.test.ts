// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BytePattern, textTest } from './byte-pattern.ts'
import { literalPattern, PatternError, parsePattern } from './pattern-syntax.ts'

const ENCODER = new TextEncoder()
const flagsOf = (flags: string) => ({
  ignoreCase: flags.includes('i'),
  multiline: flags.includes('m'),
  dotAll: flags.includes('s'),
})

function matches(source: string, flags: string, text: string): boolean {
  return new BytePattern(parsePattern(source, flagsOf(flags))).test(ENCODER.encode(text))
}

const CHARACTERS = ['a', 'B', 'é', '€', '😀', '1', ' ', '\n', '-', 'É'] as const
const atom = fc.oneof(
  fc.constantFrom(
    ...CHARACTERS,
    '.',
    '\\d',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '[a-é]',
    '[^B€]',
    '[\\d-]',
    '^',
    '$',
    '\\b',
    '\\B',
  ),
  fc.constantFrom('\\x41', '\\u20ac', '\\u{1F600}', '[^\\s]'),
)
const source = fc.letrec<{ choice: string }>((tie) => ({
  choice: fc
    .array(
      fc.array(
        fc.tuple(
          fc.oneof({ maxDepth: 2, withCrossShrink: true }, atom, {
            weight: 1,
            arbitrary: tie('choice').map((inner) => `(?:${inner})`),
          }),
          fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'),
        ),
        { maxLength: 3 },
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((options) =>
      options
        .map((parts) => parts.map(([part, often]) => (/^(?:\^|\$|\\[bB])$/.test(part) ? part : part + often)).join(''))
        .join('|'),
    ),
})).choice
const text = fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 8 }).map((all) => all.join(''))

/**
 * Asked at each character: when it looks by itself, V8 also tries `(?:\B|a)` between the two halves of 😀, where
 * ECMAScript's AdvanceStringIndex does not stop.
 */
function regExpFinds(pattern: string, flags: string, input: string): boolean {
  const sticky = new RegExp(pattern, `${flags}uy`)
  let at = 0
  for (const character of [...input, '']) {
    sticky.lastIndex = at
    if (sticky.test(input)) return true
    at += character.length
  }
  return false
}

test('says what RegExp says', () => {
  fc.assert(
    fc.property(source, fc.constantFrom('', 'i', 'm', 's', 'ims'), text, (pattern, flags, input) => {
      // With `u` and `i`, \W and negated classes fold in RegExp's own way (ſ, K): none of these characters are here.
      expect(matches(pattern, flags, input)).toBe(regExpFinds(pattern, flags, input))
    }),
    { numRuns: 500 },
  )
})

test('finds a text, whatever the case of its letters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.string({ unit: 'grapheme' }), (needle, around) => {
      const pattern = new BytePattern(literalPattern(needle, true))
      expect(pattern.test(ENCODER.encode(`${around}${needle}${around}`))).toBe(true)
      const exact = new BytePattern(literalPattern(needle, false))
      expect(exact.test(ENCODER.encode(around))).toBe(around.includes(needle))
    }),
  )
  expect(new BytePattern(literalPattern('ÄRGER', true)).test(ENCODER.encode('großer ärger'))).toBe(true)
})

test('the quick way to a text finds what the automaton finds', () => {
  const bytes = fc.uint8Array({ max: 4 }).map((all) => all.map((byte) => [0x61, 0x42, 0x22, 0x41, 0xc3][byte] ?? 0))
  const needle = fc.string({ unit: fc.constantFrom('a', 'b', 'B', '"'), minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(bytes, needle, fc.boolean(), fc.nat(5), fc.nat(5), (all, text, ignoreCase, cutStart, cutEnd) => {
      const automaton = new BytePattern(literalPattern(text, ignoreCase))
      const end = Math.max(cutStart, all.length - cutEnd)
      const quick = textTest(text, ignoreCase)
      expect(quick).not.toBeInstanceOf(BytePattern)
      expect(quick.test(all, cutStart, end)).toBe(automaton.test(all, cutStart, end))
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['(a+)+$', 'nested repetition'],
  ['^(a|a)*$', 'two ways to the same'],
  ['(.*)*x', 'anything, often'],
  ['(?:a?){30}a{30}$', 'Cox 2007'],
])('%s does not take long (%s)', (pattern) => {
  expect(matches(pattern, '', `${'a'.repeat(100_000)}!`)).toBe(false)
})

test('a pattern with more states than the table holds is still right', () => {
  const pattern = new BytePattern(parsePattern('a[ab]{12}c', flagsOf('')))
  const bytes = new Uint8Array(200_000)
  let seed = 1
  for (let index = 0; index < bytes.length; index++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    bytes[index] = seed % 65_536 < 32_768 ? 0x61 : 0x62
  }
  expect(pattern.test(bytes)).toBe(false)
  bytes[199_990] = 0x63
  bytes[199_977] = 0x61
  expect(pattern.test(bytes)).toBe(true)
})

test('text is found among bytes that are no UTF-8', () => {
  const bytes = Uint8Array.of(0xff, 0xc3, 0x70, 0x75, 0x6d, 0x70, 0x80)
  expect(new BytePattern(literalPattern('PUMP', true)).test(bytes)).toBe(true)
  expect(new BytePattern(parsePattern('^.pump', flagsOf(''))).test(bytes)).toBe(false)
  expect(new BytePattern(literalPattern('pump', false)).test(bytes, 3)).toBe(false)
})

test.each([
  ['a(b', 1, 'This group is not closed.'],
  ['ab)', 2, 'This ) closes no group.'],
  ['[ab', 0, 'This class is not closed.'],
  ['*a', 0, 'There is nothing before it to repeat.'],
  ['a**', 2, 'What is repeated already needs a group to be repeated again.'],
  ['a{3,2}', 1, 'The numbers are in the wrong order.'],
  ['a{1001}', 1, 'At most 1000 repetitions can be counted.'],
  ['(?=a)', 0, 'Only (…), (?:…) and (?<name>…) are known; looking ahead or behind is not.'],
  ['(a)\\1', 3, 'Back references are not known here.'],
  ['\\q', 0, '\\q means nothing.'],
  ['[z-a]', 1, 'This range is in the wrong order.'],
  ['a\\', 1, 'The \\ at the end escapes nothing.'],
  ['\\p{Nope}', 0, 'There is no Unicode property {Nope}.'],
  ['((a{900}){900})', 0, 'This pattern is too large.'],
])('%s is refused at %i: %s', (pattern, offset, message) => {
  try {
    new BytePattern(parsePattern(pattern, flagsOf('')))
  } catch (error) {
    expect(error).toBeInstanceOf(PatternError)
    expect(error).toMatchObject({ offset, message })
    return
  }
  throw new Error('it was taken')
})

test.each([
  ['^\\p{Lu}+$', 'ÄB', true],
  ['^\\p{Lu}+$', 'Äb', false],
  ['^[\\p{L}\\n]+$', 'a\né€'.slice(0, 3), true],
  ['\\P{ASCII}', 'abc', false],
  ['\\p{Script=Greek}', 'αβγ', true],
  ['\\B', 'aéa', false],
  ['\\B', 'aéé', true],
])('%s on %j: %s', (pattern, input, expected) => {
  expect(matches(pattern, '', input)).toBe(expected)
})

test('braces of JSON may stand for themselves', () => {
  expect(matches('{"a":\\s*{', '', '{"a": {}}')).toBe(true)
})
