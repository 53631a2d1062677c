import { expect, test } from 'vitest'
import { formatPath, fromPlain, getAt, jsonEquals, jsonIdentical, parseJson, stringifyJson, toPlain } from './index.ts'

test('the example of the README', () => {
  const text = '{"serial":12345678901234567890,"10":1.50,"9":{"__proto__":[true,null]}}'
  const value = parseJson(text)
  expect(stringifyJson(value)).toBe(text)
  expect(getAt(value, ['9', '__proto__', 0])).toBe(true)
  expect(formatPath(['9', '__proto__', 0])).toBe('$["9"].__proto__[0]')

  expect(jsonEquals(parseJson('[1, 1e2]'), parseJson('[1.0, 100]'))).toBe(true)
  expect(jsonIdentical(parseJson('[1, 1e2]'), parseJson('[1.0, 100]'))).toBe(false)
  expect(jsonEquals(parseJson('9007199254740993'), parseJson('9007199254740992'))).toBe(false)
  expect(toPlain(fromPlain({ on: true, count: 2n ** 64n }))).toEqual({ on: true, count: 2 ** 64 })

  expect(() => parseJson('{"a": 1,}')).toThrow(
    "Expected a property name in double quotes, found '}' at line 1, column 9",
  )
})
