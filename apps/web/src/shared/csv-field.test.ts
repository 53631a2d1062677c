// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvField, isFormula } from './csv-field.ts'

test.each([
  ['=HYPERLINK("http://evil.example","x")', '"\'=HYPERLINK(""http://evil.example"",""x"")"'],
  ['@SUM(1)', "'@SUM(1)"],
  ['+cmd|calc', "'+cmd|calc"],
  [' =1+1', "' =1+1"],
  ['\ufeff=1', "'\ufeff=1"],
  ['＝1+1', "'＝1+1"],
  ['\tx', "'\tx"],
  ["'=1", "''=1"],
  ['-5.25e3', '-5.25e3'],
  ['+7', '+7'],
  ['-', "'-"],
  ['a=b', 'a=b'],
  ["'t was", "'t was"],
  ['one,"two"', '"one,""two"""'],
])('%j is the field %s', (text, field) => {
  expect(csvField(text)).toBe(field)
})

test('what was written can be had again, and is no formula', () => {
  const unit = fc.constantFrom('=', '-', '+', '@', "'", ' ', '\t', '\r', '\n', '"', ',', '1', 'a', '\ufeff', '＝')
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const field = csvField(text)
      const cell = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field
      expect(isFormula(cell) && !cell.startsWith("'")).toBe(false)
      expect(cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell).toBe(text)
    }),
  )
})
