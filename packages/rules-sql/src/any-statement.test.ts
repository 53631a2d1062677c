import { parseJson } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryExpression } from '../test/arbitrary-statement.ts'
import { ENVIRONMENT, inputOf } from '../test/run-sql.ts'
import { formatExpression } from './format.ts'
import { FUNCTIONS } from './functions/index.ts'
import { compileRule, type RuleOutcome } from './rule.ts'
import { SqlError } from './sql-error.ts'
import { stringifyValue } from './stringify.ts'
import { isBinary } from './value.ts'

const payloads = fc.oneof(
  fc
    .record(
      {
        a: fc.jsonValue({ maxDepth: 2 }),
        b: fc.oneof(fc.array(fc.integer(), { maxLength: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
        temperature: fc.oneof(fc.integer(), fc.constantFrom('12', '-1.5E3', 'true', '')),
        value: fc.constantFrom(null, true, 0.1, 12345678901),
        topic: fc.string(),
      },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value).replace('12345678901', '12345678901234567890.5')),
  fc.constantFrom('', '7', '[1,{"a":2},"x"]', '{"10":1,"9":{"__proto__":[1e300]},"a":[[[]]]}'),
  fc.uint8Array({ maxLength: 8 }),
)

/** Puts calls of every function that asks nobody in the place of the few that statements are generated with. */
const pure = FUNCTIONS.filter(({ kind }) => kind === 'pure')
const calls = fc.array(fc.constantFrom(...pure), { minLength: 3, maxLength: 3 })

/** All that expressions are generated with. */
const VARIABLES =
  'SET @a = temperature, @b = b, @temperature = 1.5, @value = "x", @set = null, @exists = true, @topic = topic(), @_x1 = a, @cast = 7'

test('whatever the expression and the message, a run has an outcome that is JSON or bytes', () => {
  let ran = 0
  fc.assert(
    fc.property(arbitraryExpression, calls, payloads, fc.boolean(), (expression, functions, payload, isOld) => {
      const value = formatExpression(expression).replaceAll(/\b(abs|get|topic)\(/g, (_call, name: string) => {
        return `${functions[['abs', 'get', 'topic'].indexOf(name)]?.name}(`
      })
      const outcome = outcomeOf(`${VARIABLES} SELECT VALUE (${value})`, payload, isOld)
      if (outcome?.kind !== 'result') return
      ran += 1
      if (outcome.result === undefined || isBinary(outcome.result)) return
      expect(() => parseJson(stringifyValue(outcome.result))).not.toThrow()
    }),
    { numRuns: 3000 },
  )
  expect(ran).toBeGreaterThan(500)
})

/** Undefined for a statement that is refused. */
function outcomeOf(sql: string, payload: string | Uint8Array, isOld: boolean): RuleOutcome | undefined {
  try {
    return compileRule(sql, { sqlVersion: isOld ? '2015-10-08' : '2016-03-23' }).run(inputOf(payload), ENVIRONMENT)
  } catch (error) {
    if (error instanceof SqlError) return undefined
    throw error
  }
}
