import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../../../../scripts/any-character.ts'
import { ENVIRONMENT, inputOf } from '../../test/run-sql.ts'
import { Numbers } from '../numbers.ts'
import { parseJsonValue } from '../payload.ts'
import { RuleFailure } from '../rule-failure.ts'
import type { FunctionContext, PureFunction } from '../rule-function.ts'
import { DEFAULT_SQL_VERSION, SQL_VERSIONS, type SqlVersion } from '../sql-version.ts'
import { stringifyValue } from '../stringify.ts'
import { isArray, isObject, membersOf, typeOf, type Value } from '../value.ts'
import { FUNCTIONS } from './index.ts'

const NUMBERS = Numbers.of('2016-03-23')
const SPECIAL_TEXTS = [
  '',
  '0',
  '-0',
  '1e999',
  '-1E-999',
  '12345678901234567890123456789012345678901234567890',
  'true',
  '(a|b)*$',
  '$1',
  '[',
  'yyyy-MM-dd HH:mm:ss z',
  'Europe/Berlin',
  'base64',
  'enrichArray',
  'AQL/',
  '\ud83d',
  '😀é\u0000',
]

const { value: values } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Value>(undefined, null, true, false, new Uint8Array([1, 255])),
    fc.maxSafeInteger(),
    fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }).map((int) => NUMBERS.parse(String(int))),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => NUMBERS.fromDouble(double)),
    fc.constantFrom(...SPECIAL_TEXTS),
    fc.string({ unit: anyCharacter, maxLength: 20 }),
    fc.json({ maxDepth: 2 }).map((json) => parseJsonValue(json, NUMBERS)),
    fc
      .array(tie('value'), { maxLength: 4 })
      .map((items) => items.filter((item) => !(item instanceof Uint8Array) && item !== undefined)),
  ),
}))

function contextOf(sqlVersion: SqlVersion): FunctionContext {
  const input = inputOf('{"a":1}', { mqtt: { userProperties: [['a', 'b']] } })
  let steps = 0
  return {
    sqlVersion,
    numbers: Numbers.of(sqlVersion),
    message: input.message,
    environment: ENVIRONMENT,
    spend: (count) => {
      if (!(count >= 0)) throw new TypeError(`${count} is no count of steps`)
      steps += count
      if (steps > 100_000) throw new RuleFailure('TOO_MANY_STEPS', 'enough')
    },
  }
}

/** The result, or the failure that ends the rule; whatever else is thrown is a fault. */
function resultOf(called: PureFunction, args: readonly Value[], sqlVersion: SqlVersion): Value | RuleFailure {
  try {
    return called.call(args, contextOf(sqlVersion))
  } catch (error) {
    if (error instanceof RuleFailure) return error
    throw error
  }
}

/** What is wrong with a value that it has no right to be. */
function faultOf(value: Value): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return `${value} is no number`
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return `${value} has two representations`
  const parts = isArray(value) ? value : isObject(value) ? Array.from(membersOf(value), ([, member]) => member) : []
  if (parts.some((part) => part === undefined || part instanceof Uint8Array)) return `${typeOf(value)} holds no value`
  return parts.map(faultOf).find((fault) => fault !== undefined)
}

const pure = FUNCTIONS.filter((each): each is PureFunction => each.kind === 'pure')

describe('with any arguments there is a value of the language, or the rule ends', () => {
  test.each(pure)('$name', (called) => {
    const counts = { minLength: called.minArgs, maxLength: Math.min(called.maxArgs, 4) }
    fc.assert(
      fc.property(fc.array(values, counts), fc.constantFrom(...SQL_VERSIONS), (args, sqlVersion) => {
        const result = resultOf(called, args, sqlVersion)
        if (result instanceof RuleFailure) return
        expect(faultOf(result)).toBeUndefined()
        if (called.isConstant) {
          // It was a value before.
          expect(stringifyValue(resultOf(called, args, sqlVersion) as Value)).toBe(stringifyValue(result))
        }
        called.findFault?.(
          args.map((value) => ({ value })),
          sqlVersion,
        )
      }),
      { numRuns: 150 },
    )
  })
})

describe('what is said to be wrong with arguments is Undefined, or ends the rule', () => {
  const faulted = pure.filter(({ findFault }) => findFault !== undefined)
  test.each(faulted)('$name', (called) => {
    const counts = { minLength: called.minArgs, maxLength: called.maxArgs }
    fc.assert(
      fc.property(fc.array(values, counts), (args) => {
        const fault = called.findFault?.(
          args.map((value) => ({ value })),
          DEFAULT_SQL_VERSION,
        )
        if (fault === undefined) return
        const result = resultOf(called, args, DEFAULT_SQL_VERSION)
        expect(result === undefined || result instanceof RuleFailure).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})
