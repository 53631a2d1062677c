import { utf8ToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'
import { evaluateSql } from '../../test/run-sql.ts'
import { diagnoseSql } from '../index.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'

describe('by type of argument', () => {
  testByType([
    [
      "encode(?, 'base64')",
      '"Mg=="',
      '"LTAuMjU="',
      '"dHJ1ZQ=="',
      '"MC41"',
      '"IEFi"',
      '"WyJhIiwxXQ=="',
      '"eyJrIjoiViJ9"',
      U,
      U,
    ],
    // "true" is Base64 of bytes that are no text; the others are not Base64
    ["decode(?, 'base64')", 'null', 'null', 'null', 'null', 'null', 'null', 'null', 'null', U],
  ])
})

describe('decoding', () => {
  test.each([
    ['eyAidGVtcGVyYXR1cmUiOiAzMyB9Cg==', '{"temperature":33}', 'the guide'],
    ['WzEsMi41MF0=', '[1,2.5]', 'an Array'],
    ['ODA=', '80', 'a payload that is a number, by decode(encode(*))'],
    ['ImEi', '"a"', 'a String of JSON'],
    ['bnVsbA==', 'null', 'Null'],
    ['cGxhaW4=', '"plain"', 'no JSON'],
    ['eyJpZCI6MTIzNDU2Nzg5MDEyMzQ1Njc4OTB9', '{"id":12345678901234567890}', 'no digit is lost'],
    ['', '""', 'nothing'],
  ])('%s is %s: %s', (encoded, expected) => {
    expect(evaluateSql("decode(t, 'base64')", JSON.stringify({ t: encoded }))).toBe(expected)
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
    expect(evaluateSql("encode(*, 'base64')", ' {"a" : 1}')).toBe('"IHsiYSIgOiAxfQ=="')
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

describe('Base64', () => {
  test.each([
    // RFC 4648 §10
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('%j is %s', (text, encoded) => {
    expect(encodeBase64(utf8ToBytes(text))).toBe(encoded)
  })

  test('what is encoded is decoded, with padding and without', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes)
        expect(text).toMatch(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)
        expect(decodeBase64(text)).toEqual(bytes)
        expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(bytes)
      }),
    )
  })
})
