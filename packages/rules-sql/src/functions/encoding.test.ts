import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'
import { evaluateSql } from '../../test/run-sql.ts'
import { diagnoseSql } from '../index.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('by type of argument', () => {
  const texts = ['2', '-0.25', 'true', '0.5', ' Ab', '["a",1]', '{"k":"V"}']
  const [int = '', decimal = '', boolean = '', numeric = '', text = '', array = '', object = ''] = texts.map(
    (each) => `"${base64(each)}"`,
  )
  testByType([
    ["encode(?, 'base64')", int, decimal, boolean, numeric, text, array, object, U, U],
    // "true" is Base64 of bytes that are no text; the others are not Base64
    ["decode(?, 'base64')", 'null', 'null', 'null', 'null', 'null', 'null', 'null', 'null', U],
  ])
})

describe('decoding', () => {
  test.each([
    ['{ "temperature": 33 }\n', '{"temperature":33}', 'the guide'],
    ['[1,2.50]', '[1,2.5]', ''],
    ['80', '80', 'a payload that is a number, by decode(encode(*))'],
    ['"a"', '"a"', ''],
    ['null', 'null', ''],
    ['plain', '"plain"', 'no JSON'],
    ['{"id":12345678901234567890}', '{"id":12345678901234567890}', 'no digit is lost'],
    ['', '""', ''],
  ])('Base64 of %j is %s', (text, expected) => {
    expect(evaluateSql("decode(t, 'base64')", JSON.stringify({ t: base64(text) }))).toBe(expected)
  })

  testExamples([
    ['decode("eyAidGVtcGVyYXR1cmUiOiAzMyB9Cg==", "base64").temperature', '33', 'the guide'],
    ['decode("YQ", "base64")', '"a"', 'padding may be missing, as in Java'],
    ['decode("YQ=", "base64")', 'null'],
    ['decode("Y", "base64")', 'null'],
    ['decode("Y Q=", "base64")', 'null'],
    ['decode("_-==", "base64")', 'null', 'the alphabet of URLs'],
    ['decode("/w==", "base64")', 'null', 'no UTF-8'],
  ])

  test('a payload of any bytes is encoded as it is', () => {
    expect(evaluateSql("encode(*, 'base64')", ' {"a" : 1}')).toBe(`"${base64(' {"a" : 1}')}"`)
    expect(evaluateSql("decode(encode(*, 'base64'), 'base64')", '80')).toBe('80')
    expect(evaluateSql("decode(encode(*, 'base64'), 'base64') > 50", '80')).toBe('true')
  })

  test('a scheme that does not exist is refused', () => {
    const { errors } = diagnoseSql("SELECT decode(t, 'hex') AS x FROM 'a'", '2016-03-23')
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining("With two arguments the scheme is 'base64'"),
    ])
  })
})

test('Base64 of any bytes is what the server has', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const text = encodeBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(text)).toEqual(bytes)
      expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(bytes)
    }),
  )
})
