import { expect, test } from 'vitest'
import type { SqlVersion } from '../src/index.ts'
import { evaluateSql } from './run-sql.ts'

/** A field for each type that an argument can have; `missing` is Undefined. */
const PAYLOAD = `{
  "int": 2, "decimal": -0.25, "boolean": true, "numeric": "0.5", "text": " Ab",
  "array": ["a", 1], "object": {"k": "V"}, "nul": null
}`

const FIELDS = ['int', 'decimal', 'boolean', 'numeric', 'text', 'array', 'object', 'nul', 'missing'] as const

/** What is Undefined. */
export const U = ''

/**
 * What a call gives for each type of one argument, `?` in `call`, in the order Int 2, Decimal -0.25, Boolean true,
 * String "0.5", String " Ab", Array ["a",1], Object {"k":"V"}, Null, Undefined. Results are JSON; {@link U} is
 * Undefined.
 */
export type TypeRow = readonly [call: string, ...results: Results]
type Results = readonly [string, string, string, string, string, string, string, string, string]

/** A test for each row, whose source is the table of the function in the AWS IoT developer guide. */
export function testByType(rows: readonly TypeRow[], version: SqlVersion = '2016-03-23'): void {
  test.each<TypeRow>(rows)('%s by the type of ?', (call, ...results) => {
    const actual = FIELDS.map((field) => evaluateSql(call.replaceAll('?', field), PAYLOAD, version))
    expect(Object.fromEntries(FIELDS.map((field, index) => [field, actual[index]]))).toEqual(
      Object.fromEntries(FIELDS.map((field, index) => [field, results[index]])),
    )
  })
}

/** A test for each row: an expression, the JSON of what it gives, and where that is written. */
export function testExamples(
  rows: readonly (readonly [expression: string, result: string, source?: string])[],
  version: SqlVersion = '2016-03-23',
): void {
  test.each(rows.map(([expression, result]) => [expression, result] as const))('%s is %s', (expression, result) => {
    expect(evaluateSql(expression, '{}', version)).toBe(result)
  })
}
