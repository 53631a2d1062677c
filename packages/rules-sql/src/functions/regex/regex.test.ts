import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Regex } from './regex.ts'
import { RegexError } from './regex-error.ts'

const replaceAll = (text: string, pattern: string, replacement: string): string => {
  const regex = new Regex(pattern)
  return regex.replaceAll(text, regex.parseReplacement(replacement), 10_000)
}

function faultOf(pattern: string): string {
  try {
    new Regex(pattern)
  } catch (error) {
    if (error instanceof RegexError) return `${error.code} at ${error.index}`
    throw error
  }
  return 'none'
}

describe('the first match, as java.util.regex.Matcher.find has it', () => {
  test.each([
    // AWS IoT developer guide, "Functions"
    ['a{2,}', 'aaaa', 'aaaa'],
    ['b', 'aaaa', undefined],
    ['(hi)*', 'hihihello', 'hihi'],
    ['hi', 'hihihello', 'hi'],
    // what comes first counts, not what is longest
    ['a|ab', 'ab', 'a'],
    ['(a|ab)(c|bcd)(d*)', 'abcd', 'abcd'],
    ['a+?', 'aaa', 'a'],
    ['<.+?>', '<a><b>', '<a>'],
    ['a{2}', 'aaa', 'aa'],
    ['a{2,3}?', 'aaaa', 'aa'],
    ['x*', 'aaa', ''],
    ['(|a)*', 'aa', ''],
    ['(|a)+', 'aa', ''],
    ['(a*)*', 'aab', 'aa'],
    ['(a*)+b', 'aab', 'aab'],
    ['(?:a{0,2}){2}', 'aaaaa', 'aaaa'],
    ['', 'abc', ''],
    // characters and classes
    ['.', '\n\u2028😀', '😀'],
    ['(?s).', '\nx', '\n'],
    ['(?d).', '\rx', '\r'],
    ['[^a-c]', 'abcd', 'd'],
    ['[a-z&&[^aeiou]]+', 'aeixyz', 'xyz'],
    ['[a-z&&def]+', 'abcdefg', 'def'],
    ['[^a-z&&[aeiou]]+', 'abc', 'bc'],
    ['[a-c[x-z]]+', '_abxyd', 'abxy'],
    ['[]a]+', 'b]a', ']a'],
    ['[a-]+', 'b-a-', '-a-'],
    ['[-a]+', 'b-a-', '-a-'],
    ['[\\w&&[^\\d]]+', '12ab', 'ab'],
    ['[\\Q^-]\\E]+', 'a^-]', '^-]'],
    ['\\Qa.b\\E+', 'aabbb a.bbb', 'a.bbb'],
    ['\\d\\D\\s\\S\\w\\W', '1a \u00e9a-', '1a \u00e9a-'],
    ['\\h+\\v', 'x\t \u00a0\n', '\t \u00a0\n'],
    ['a\\Rb', 'a\r\nb', 'a\r\nb'],
    ['\\x41\\u0042\\x{1F600}\\0103\\cA\\t', 'AB😀C\u0001\t', 'AB😀C\u0001\t'],
    ['\\ud83d\\ude00', 'x😀', '😀'],
    ['\\p{Lu}+', 'éÉÀ', 'ÉÀ'],
    ['\\pL+', '12é_', 'é'],
    ['\\P{L}+', 'a12', '12'],
    ['\\p{IsGreek}+', 'aλμ', 'λμ'],
    ['\\p{script=cyrillic}', 'aж', 'ж'],
    ['\\p{Punct}+', 'a!?b', '!?'],
    ['\\p{IsAlphabetic}+', '1é', 'é'],
    ['\\p{javaLowerCase}+', 'ABcé', 'cé'],
    ['\\.\\]\\{\\$', '.]{$', '.]{$'],
    [']}', ']}', ']}'],
    // case
    ['(?i)aBc', 'xAbC', 'AbC'],
    ['(?i)é', 'É', undefined],
    ['(?iu)é', 'É', 'É'],
    ['(?i)[a-c]+', 'ABC', 'ABC'],
    ['(?i)[^a]', 'Ab', 'b'],
    ['a(?i)b|c', 'C', 'C'],
    ['a(?i:b)c', 'aBC aBc', 'aBc'],
    ['(?i)a(?-i)b', 'AB Ab', 'Ab'],
    // comments
    ['(?x) a b # and the rest\n c', 'abc', 'abc'],
    ['(?x)[a b]+', 'a b', 'a'],
    // places
    ['^b', 'a\nb', undefined],
    ['(?m)^b$', 'a\nb\nc', 'b'],
    ['(?m)^', 'a\n', ''],
    ['(?m)^', '', undefined],
    ['(?m)a$', 'a\r\nb', 'a'],
    ['a$', 'a\n', 'a'],
    ['a$', 'a\r\n', 'a'],
    ['a$', 'a\nb', undefined],
    ['a\\Z', 'a\n', 'a'],
    ['a\\z', 'a\n', undefined],
    ['\\Ab', 'ab', undefined],
    ['\\bb\\w*\\b', 'ab bcd e', 'bcd'],
    ['\\bé', 'aé é', 'é'],
    ['a\\Bb', 'ab', 'ab'],
    // around
    ['\\w+(?=;)', 'a b; c', 'b'],
    ['a(?!b)', 'abac', 'a'],
    ['(?<=\\$)\\d+', '12 $34', '34'],
    ['(?<!\\$)\\b\\d+', '$12 34', '34'],
    ['^(?=.*[A-Z])(?=.*\\d)\\S{4,}$', 'paSs1', 'paSs1'],
    ['^(?=.*[A-Z])(?=.*\\d)\\S{4,}$', 'pass1', undefined],
    ['(?<=(?<!x)a)b', 'xab ab', 'b'],
    ['(?=a(?!bc))..', 'abcabd', 'ab'],
    // possessive
    ['"[^"]*+"', 'say "so" now', '"so"'],
    ['a*+a', 'aaa', undefined],
    ['a{1,2}+a', 'aaa', 'aaa'],
    ['a{1,2}+a', 'aa', undefined],
    ['a?+ab', 'aab', 'aab'],
    ['a?+ab', 'ab', undefined],
    ['(?>a+)b', 'aab', 'aab'],
    ['(?>a+)a', 'aaa', undefined],
    ['(?>ab{2})c', 'abbc', 'abbc'],
  ])('%s on %j is %j', (pattern, text, expected) => {
    const regex = new Regex(pattern)
    expect(regex.first(text)).toBe(expected)
    expect(regex.matches(text)).toBe(expected !== undefined)
  })
})

describe('replacing, as java.util.regex.Matcher.replaceAll does', () => {
  test.each([
    // AWS IoT developer guide, "Functions"
    ['abcd', 'bc', 'x', 'axd'],
    ['abcd', 'b(.*)d', '$1', 'ac'],
    ['aaa', 'a', '$0$0', 'aaaaaa'],
    ['abc', '', '-', '-a-b-c-'],
    ['a😀b', '', '-', '-a-😀-b-'],
    ['abc', 'x*', '-', '-a-b-c-'],
    ['2026-11-29', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1', '29.11.2026'],
    ['ab', '(?<one>a)(b)', '${one}$2$11', 'aba1'],
    ['ab', '(a)|b', '[$1]', '[a][]'],
    ['a', 'a', '\\$1\\\\', '$1\\'],
    ['aXbX', '(?:(a)|(b))X', '$1$2,', 'a,b,'],
    ['abab', '(?:(a)|b)*', '<$1>', '<a><>'],
  ])('%j, %s → %s is %j', (text, pattern, replacement, expected) => {
    expect(replaceAll(text, pattern, replacement)).toBe(expected)
  })

  test.each([
    ['a', '$1', 'INVALID'],
    ['a', '$', 'INVALID'],
    ['a', '$x', 'INVALID'],
    ['a', '${one}', 'INVALID'],
    ['a', '\\', 'INVALID'],
    ['(?=(a))a', '$1', 'UNSUPPORTED'],
  ])('%s with %s is no replacement: %s', (pattern, replacement, code) => {
    expect(() => new Regex(pattern).parseReplacement(replacement)).toThrow(expect.objectContaining({ code }))
  })

  test('what grows beyond the bound is refused', () => {
    expect(() => replaceAll('a'.repeat(200), 'a', 'b'.repeat(100))).toThrow('more than 10000 characters')
    expect(() => replaceAll('a'.repeat(50_000), '.+', '$0'.repeat(500_000))).toThrow('more than 10000 characters')
  })
})

describe('what is no regular expression', () => {
  test.each([
    ['(', 'INVALID at 0'],
    ['a)', 'INVALID at 1'],
    ['[a', 'INVALID at 0'],
    ['[b-a]', 'INVALID at 1'],
    ['[a-\\d]', 'INVALID at 1'],
    ['*a', 'INVALID at 0'],
    ['a**', 'INVALID at 2'],
    ['{', 'INVALID at 0'],
    ['a{,2}', 'INVALID at 1'],
    ['a{2,1}', 'INVALID at 1'],
    ['\\q', 'INVALID at 0'],
    ['\\xZZ', 'INVALID at 0'],
    ['\\p{Nothing}', 'INVALID at 0'],
    ['a\\', 'INVALID at 2'],
    ['(?<a>x)(?<a>y)', 'INVALID at 7'],
    ['(?z)', 'INVALID at 0'],
    ['(?<=a+)b', 'INVALID at 0'],
  ])('%s: %s', (pattern, expected) => {
    expect(faultOf(pattern)).toBe(expected)
  })

  test.each([
    ['(a)\\1', 'UNSUPPORTED at 3'],
    ['(?<x>a)\\k<x>', 'UNSUPPORTED at 7'],
    ['(?>a|ab)c', 'UNSUPPORTED at 0'],
    ['(ab)*+c', 'UNSUPPORTED at 4'],
    ['\\Ga', 'UNSUPPORTED at 0'],
    ['\\X', 'UNSUPPORTED at 0'],
    ['\\p{InGreek}', 'UNSUPPORTED at 0'],
    ['(?U)\\w', 'UNSUPPORTED at 0'],
    ['a{2000}', 'UNSUPPORTED at 1'],
    ['(?:a{1000}){1000}', 'TOO_LARGE at 0'],
    ['('.repeat(300), 'INVALID at 201'],
    [`[${'\\d'.repeat(501)}]`, 'TOO_LARGE at 0'],
  ])('%s, which Java has, cannot be had here: %s', (pattern, expected) => {
    expect(faultOf(pattern)).toBe(expected)
  })
})

/** Every other one, so that they are no range. */
function manyCharacters(count: number): string {
  return Array.from({ length: count }, (_, index) => String.fromCodePoint(0x100 + 2 * index)).join('')
}

describe('no text and no pattern makes it hang', () => {
  test.each([
    ['(a+)+$', `${'a'.repeat(50_000)}!`],
    ['(a|a)*b', 'a'.repeat(50_000)],
    ['(.*)*x', 'y'.repeat(50_000)],
    ['(a?){30}a{30}', 'a'.repeat(30)],
    ['(?=(?:a+)+b)a', 'a'.repeat(20_000)],
    [`[${manyCharacters(4000)}]{0,50}x`, manyCharacters(20_000)],
  ])('%s', (pattern, text) => {
    expect(new Regex(pattern).matches(text)).toBe(pattern === '(a?){30}a{30}')
  })

  test('a search that is repeated has its steps counted together, and is ended by who counts them', () => {
    const regex = new Regex('a(?:.*b)?')
    let left = 250_000
    const spend = (steps: number): void => {
      left -= steps
      if (left < 0) throw new Error('enough')
    }
    const replace = (length: number) => () =>
      regex.replaceAll('a'.repeat(length), regex.parseReplacement('x'), 200_000, spend)
    expect(replace(100)()).toBe('x'.repeat(100))
    expect(replace(100_000)).toThrow('enough')
  })
})

/** Patterns of what ECMAScript and Java both have, with the same meaning. */
const patterns = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\b', '^', '$', '(?=b)', '(?!a)', '(?<=a)', '(?<!b)'),
    tie('pattern').map((each) => `(?:${each})`),
  ),
  pattern: fc.oneof(
    { maxDepth: 4 },
    tie('atom'),
    fc
      .tuple(
        fc.constantFrom('a', 'b', '[ab]', '(?:ab|a)', '(?:a|b)'),
        fc.constantFrom('*', '+', '?', '*?', '{1,2}', '{2}'),
      )
      .map(([body, quantifier]) => body + quantifier),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => one + other),
    fc.tuple(tie('pattern'), tie('pattern')).map(([one, other]) => `(?:${one}|${other})`),
  ),
}))

test('finds what a backtracking search finds', () => {
  fc.assert(
    fc.property(
      patterns.pattern,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }),
      (pattern, text) => {
        const expected = new RegExp(pattern, 'u').exec(text)?.[0]
        const regex = new Regex(pattern)
        expect(regex.first(text)).toBe(expected)
        expect(regex.matches(text)).toBe(expected !== undefined)
      },
    ),
    { numRuns: 2000 },
  )
})
