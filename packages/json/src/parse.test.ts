import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_DEPTH, parseJson } from './parse.ts'
import { JsonParseError } from './parse-error.ts'
import type { JsonPath } from './path.ts'
import { fromPlain, toPlain } from './plain.ts'
import { stringifyJson } from './stringify.ts'

/** JSON texts, compact or spaced out, with characters as they are or escaped. */
const texts = fc
  .tuple(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom('', ' ', '\r\n\t'), fc.boolean())
  .map(([value, space, escaped]) => {
    const text = space + JSON.stringify(value, undefined, space) + space
    return escaped ? text.replace(/[\u0080-\uffff]/g, escapeUnit) : text
  })

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

test('agrees with JSON.parse on every JSON text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(toPlain(parseJson(text))).toEqual(JSON.parse(text))
    }),
  )
})

test('agrees with JSON.parse on what is JSON at all', () => {
  const scraps = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\/-+.0123456789eEutrfalsn \n\u0001', 'null', '"a"') })
  const damaged = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]:,"\\-+.0e \u0000', ''), fc.boolean())
    .map(([text, at, scrap, replace]) => {
      const index = at % (text.length + 1)
      return text.slice(0, index) + scrap + text.slice(index + (replace ? 1 : 0))
    })
  fc.assert(
    fc.property(fc.oneof(scraps, damaged), (text) => {
      expect(outcome(() => toPlain(parseJson(text)))).toEqual(outcome(() => JSON.parse(text)))
    }),
    { numRuns: 2000 },
  )
})

function outcome(parse: () => unknown): unknown {
  try {
    return { value: parse() }
  } catch {
    return 'refused'
  }
}

test.each([
  ['12345678901234567890', 'beyond 2^53'],
  ['0.1000000000000000055511151231257827021181583404541015625', 'more digits than a double has'],
  ['1e400', 'beyond the largest double'],
  ['-0', 'negative zero'],
  ['1.0', 'an integer written as a fraction'],
  ['1E+2', 'RFC 8259 §6'],
  ['{"b":1,"10":2,"9":3,"a":4}', 'integer-like keys stay where they are'],
  ['{"__proto__":{"polluted":true},"constructor":null}', 'no key is magic'],
  ['{"":0}', 'the empty key'],
])('%s survives (%s)', (text) => {
  expect(stringifyJson(parseJson(text))).toBe(text)
})

test('of two members with one key the last counts, at the first one’s place, as with JSON.parse', () => {
  const text = '{"a":1,"b":2,"a":3}'
  expect(stringifyJson(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)))
})

test.each([
  ['', 1, 1, 'a value'],
  ['{"a":1,}', 1, 8, 'a property name in double quotes'],
  ['{a:1}', 1, 2, "a property name in double quotes or '}'"],
  ['{\n  "a" 1\n}', 2, 7, "':'"],
  ['{"a":1 "b":2}', 1, 8, "',' or '}'"],
  ['[1,\r\n2\r\n3]', 3, 1, "',' or ']'"],
  ['[1,]', 1, 4, 'a value'],
  ["['a']", 1, 2, 'a value'],
  ['"a', 1, 3, "'\"'"],
  ['"a\nb"', 1, 3, 'an escape sequence'],
  ['"\\x"', 1, 3, 'one of " \\ / b f n r t u'],
  ['"\\u12g4"', 1, 6, 'a hexadecimal digit'],
  ['01', 1, 2, "'.', an exponent or the end of the number"],
  ['1.', 1, 3, 'a digit'],
  ['-', 1, 2, 'a digit'],
  ['nul', 1, 1, 'a value'],
  ['NaN', 1, 1, 'a value'],
  ['{} {}', 1, 4, 'the end of the text'],
  ['\uFEFF{}', 1, 1, 'a value'],
])('%j is refused at line %i, column %i: expected %s', (text, line, column, expected) => {
  const error = refusal(text)
  expect(error).toMatchObject({ code: 'SYNTAX', line, column, expected })
  expect(error.message).toContain(`line ${line}, column ${column}`)
})

test.each<[string, JsonPath, string]>([
  ['{"a":[1,{"b":tru}]}', ['a', 1, 'b'], 'within a value'],
  ['{"a":[1,{"b" 1}]}', ['a', 1, 'b'], 'behind a key'],
  ['{"a":[1,{"b":1]}', ['a', 1], 'behind the members of an object'],
  ['{"a":[1,{"b":1}}', ['a'], 'behind the items of an array'],
  ['{"a":1} 2', [], 'behind the document'],
])('%s is refused at the path %j (%s)', (text, path) => {
  expect(refusal(text).path).toEqual(path)
})

test('counts levels of nesting, and refuses more than it was told', () => {
  expect(stringifyJson(parseJson('[{"a":[]}]', { maxDepth: 3 }))).toBe('[{"a":[]}]')
  expect(refusal('[{"a":[[]]}]', 3)).toMatchObject({ code: 'TOO_DEEP', offset: 7 })
})

test.each(['[', '{"a":'])('a million times %s does not overflow the stack', (open) => {
  expect(refusal(open.repeat(1_000_000))).toMatchObject({ code: 'TOO_DEEP', offset: MAX_DEPTH * open.length })
})

test('the deepest accepted value can be walked', () => {
  const text = `${'[{"a":'.repeat(MAX_DEPTH / 2)}1${'}]'.repeat(MAX_DEPTH / 2)}`
  const value = parseJson(text)
  expect(stringifyJson(value)).toBe(text)
  expect(stringifyJson(fromPlain(toPlain(value)))).toBe(text)
})

function refusal(text: string, maxDepth?: number): JsonParseError {
  try {
    parseJson(text, maxDepth === undefined ? {} : { maxDepth })
  } catch (error) {
    if (error instanceof JsonParseError) return error
    throw error
  }
  throw new Error(`${text.slice(0, 80)} was accepted`)
}
