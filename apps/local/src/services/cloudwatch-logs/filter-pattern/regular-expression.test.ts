import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRegex } from './regular-expression.ts'

// Source: Amazon CloudWatch Logs user guide, "Supported regular expressions (regex) syntax".

test.each<[source: string, found: string[], others: string[]]>([
  ['ERROR', ['an ERROR'], ['an error']],
  ['^\\[ERROR\\]', ['[ERROR] x'], ['x [ERROR]']],
  ['Trail2$', ['my Trail2'], ['Trail22', 'Trail2 ']],
  ['127\\.0\\.0\\.[1-9]', ['at 127.0.0.1'], ['127.0.0.0', '127a0.0.1']],
  ['4\\d{2}', ['404', 'x 4991'], ['40', '4x4']],
  ['(GET|POST) /a+b?', ['GET /a', 'POST /aaab'], ['PUT /a', 'GET /b']],
  ['^\\S+\\s\\w{2,3}$', ['a! b_1', 'x ab'], ['x a', 'x abcd', 'xab']],
  ['[^a-c]x', ['dx'], ['ax', 'x']],
  ['[\\d.-]+$', ['1.2-3'], ['1a', '']],
  ['\\x41\\x42', ['xAB'], ['ab']],
  ['a|', ['', 'b'], []],
])('%s', (source, found, others) => {
  const isFound = parseRegex(source)
  expect(found.filter((text) => !isFound(text))).toEqual([])
  expect(others.filter(isFound)).toEqual([])
})

test.each<[source: string, position: number, message: string]>([
  ['(a', 2, 'Expected ), but the pattern ends'],
  ['a)', 1, 'Unexpected )'],
  ['*a', 0, 'There is nothing that * could repeat'],
  ['a**', 2, 'A repetition cannot be repeated'],
  ['(?=a)', 1, 'A group cannot begin with ? here'],
  ['[z-a]', 4, 'A range ends before it begins'],
  ['[a', 2, 'Expected ]'],
  ['a{3,2}', 5, '{3,2} ends before it begins'],
  ['\\b', 1, '\\b has no meaning here'],
  ['(a{99}){99}', 11, 'The regular expression repeats too much'],
])('%s is refused at its place', (source, position, message) => {
  expect(() => parseRegex(source)).toThrow(
    expect.objectContaining({ position, message: expect.stringContaining(message) }),
  )
})

const atoms = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\d', '\\w', '1', '^', '$')
const sources = fc.letrec<{ all: string }>((tie) => ({
  all: fc.oneof(
    { maxDepth: 3 },
    atoms,
    fc.tuple(tie('all'), tie('all')).map(([one, other]) => one + other),
    fc.tuple(tie('all'), tie('all')).map(([one, other]) => `(${one}|${other})`),
    fc
      .tuple(tie('all'), fc.constantFrom('?', '*', '+', '{2}', '{1,3}', '{2,}'))
      .map(([one, count]) => `(${one})${count}`),
  ),
})).all

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

test(`it finds what the engine's own expressions find (seed ${SEED})`, () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'A', ' ', '\n'), maxLength: 8 })
  fc.assert(
    fc.property(sources, fc.array(texts, { minLength: 1, maxLength: 8 }), (source, some) => {
      // `.` and `$` mean the same in both: no new line, and the very end.
      expect(some.filter(parseRegex(source))).toEqual(some.filter((text) => new RegExp(source).test(text)))
    }),
    { seed: SEED, numRuns: 2_000 },
  )
})

test('no expression takes more than the product of its length and the text’s', () => {
  expect(parseRegex('^(a+)+$')(`${'a'.repeat(50_000)}b`)).toBe(false)
  expect(parseRegex('(a|aa)*c')('a'.repeat(50_000))).toBe(false)
})

test.each([
  ['of many forms', '[ab]*a[ab]{60}c', ['a', 'b']],
  [
    'of many characters',
    '[^x]+[^y]z',
    Array.from({ length: 30_000 }, (_, index) => String.fromCharCode(0x100 + index)),
  ],
])('texts %s are searched beyond what is remembered', (_, source, characters) => {
  const random = randomOf(SEED)
  const texts = Array.from({ length: 3 }, () =>
    Array.from({ length: 20_000 }, () => characters[Math.floor(random() * characters.length)]).join(''),
  )
  const isFound = parseRegex(source)
  const end = source.endsWith('c') ? `a${'b'.repeat(60)}c` : 'qqz'
  for (const text of texts) {
    expect(isFound(text)).toBe(false)
    expect(isFound(text + end)).toBe(true)
  }
})

/** Numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
