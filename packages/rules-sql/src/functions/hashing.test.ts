import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testByType, testExamples, U } from '../../test/by-type.ts'
import { evaluateSql } from '../../test/run-sql.ts'

const hexadecimal = (name: string, text: string): string => `"${createHash(name).update(text).digest('hex')}"`

describe('by type of argument', () => {
  const texts = ['2', '-0.25', 'true', '0.5', ' Ab', '["a",1]', '{"k":"V"}']
  const [int = '', decimal = '', boolean = '', numeric = '', text = '', array = '', object = ''] = texts.map((each) =>
    hexadecimal('md5', each),
  )
  testByType([['md5(?)', int, decimal, boolean, numeric, text, array, object, U, U]])
})

describe('MD2 has the values of RFC 1319, A.5', () => {
  testExamples([
    ["md2('')", '"8350e5a3e24c153df2275c9f80692773"'],
    ["md2('a')", '"32ec01ec4a6dac72c0ab96fb34c0b5d1"'],
    ["md2('abc')", '"da853b0d3f88d99b30283a69e6ded6bb"'],
    ["md2('message digest')", '"ab4f496bfb2a530b219ff33031fe06b0"'],
    ["md2('abcdefghijklmnopqrstuvwxyz')", '"4e8ddff3650292ab5a4108c3aa47940b"'],
    ["md2('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')", '"da33def2a42df13975352846c30338cd"'],
    ["md2('hello')", '"a9046c73e00331af68917d3804f70655"', 'the guide'],
    ["md5('hello')", '"5d41402abc4b2a76b9719d911017c592"', 'the guide'],
  ])
})

test.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('%s is what OpenSSL computes', (name) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(evaluateSql(`${name}(t)`, JSON.stringify({ t: text }))).toBe(hexadecimal(name, text))
    }),
  )
})
