import { jsonEquals, parseJson } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '../../../scripts/any-character.ts'
import { inputOf, runSql } from '../test/run-sql.ts'
import { Numbers } from './numbers.ts'
import { parseJsonValue } from './payload.ts'
import { stringifyValue } from './stringify.ts'
import { typeOf } from './value.ts'

const NEW = Numbers.of('2016-03-23')
const OLD = Numbers.of('2015-10-08')

test.each([
  ['{"id":12345678901234567890}', '{"id":12345678901234567890}', 'beyond 2^53'],
  ['[9007199254740991,9007199254740993]', '[9007199254740991,9007199254740993]', 'around 2^53'],
  ['[0.1,21.5,3.141592653589793]', '[0.1,21.5,3.141592653589793]', 'doubles'],
  ['0.1234567890123456789012345678901234', '0.1234567890123456789012345678901234', '34 digits'],
  ['[5.0,1e2,-0.0]', '[5,100,0]', 'whole Decimals are Ints'],
  ['[1e-7,1.50]', '[1e-7,1.5]', 'other spellings'],
  ['{"b":1,"10":2,"9":3}', '{"b":1,"10":2,"9":3}', 'keys that look like indexes stay'],
  ['{"1":1,"2":2}', '{"1":1,"2":2}', 'keys that look like indexes'],
  ['{"__proto__":{"x":1},"a":"\\"1\\":2"}', '{"__proto__":{"x":1},"a":"\\"1\\":2"}', 'no key is magic'],
  ['{"a":1,"b":2,"a":3}', '{"a":3,"b":2}', 'the last of two keys, at the place of the first'],
  ['"1e999"', '"1e999"', 'a text of digits'],
])('%s is %s: %s', (text, expected) => {
  const value = parseJsonValue(text, NEW)
  expect(stringifyValue(value)).toBe(expected)
})

test('in 2015-10-08 a number with a point stays a Decimal', () => {
  expect(stringifyValue(parseJsonValue('[5.0,1e2,7,0.50]', OLD))).toBe('[5.0,100.0,7,0.5]')
})

test.each(['', '{', "{'a':1}", '{"a":1e1000}', '\uFEFF{}', `${'['.repeat(1001)}${']'.repeat(1001)}`])(
  '%.20s is not JSON that rules read',
  (text) => {
    expect(parseJsonValue(text, NEW)).toBeUndefined()
  },
)

test('a payload that is all brackets is bounded', () => {
  expect(parseJsonValue('['.repeat(65_536) + ']'.repeat(65_536), NEW)).toBeUndefined()
  expect(parseJsonValue('{"a":'.repeat(1_000_000), NEW)).toBeUndefined()
})

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((double) => JSON.stringify(double)),
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n }).map(String),
  fc
    .tuple(
      fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }),
      fc.bigInt({ min: 0n, max: 10n ** 17n }),
      fc.integer({ min: -99, max: 99 }),
      fc.boolean(),
    )
    .map(([whole, fraction, exponent, has]) => `${whole}.${fraction}${has ? `E${exponent}` : ''}`),
)
const texts = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    numbers,
    fc.string({ unit: anyCharacter }).map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null', '"\\"1\\":"'),
    fc.array(tie('json'), { maxLength: 3 }).map((items) => `[${items.join(' ,')}]`),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom('a', '1', '02', '10', '__proto__', ''), fc.string()), tie('json')), {
        maxLength: 4,
      })
      .map((members) => `{ ${members.map(([key, value]) => `${JSON.stringify(key)} : ${value}`).join(',')}}`),
  ),
})).json as fc.Arbitrary<string>

test('loses no number and no order of keys, whatever the text', () => {
  fc.assert(
    fc.property(texts, fc.constantFrom(NEW, OLD), (text, version) => {
      const value = parseJsonValue(text, version)
      const written = stringifyValue(value)
      const [before, after] = [parseJson(text), parseJson(written)]
      expect(jsonEquals(before, after), `${text} became ${written}`).toBe(true)
      expect(keysIn(written)).toEqual(keysIn(text))
      // Numbers have one representation only.
      expect(parseJsonValue(written, version)).toEqual(value)
    }),
    { numRuns: 1000 },
  )
})

/** In their order; of two with one name the first. */
function keysIn(text: string): unknown {
  return JSON.stringify([...parseJsonKeys(parseJson(text))])
}

function* parseJsonKeys(value: ReturnType<typeof parseJson>): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* parseJsonKeys(item)
  else if (typeof value === 'object' && value !== null && 'entries' in value) {
    for (const [key, member] of value.entries()) {
      yield String(key)
      yield* parseJsonKeys(member)
    }
  }
}

// Source: AWS IoT developer guide, "Working with binary payloads".
test.each([
  ['{"a":1}', 'Object', 'Object'],
  ['[1]', 'Array', 'Binary'],
  ['80', 'Binary', 'Binary'],
  ['"text"', 'Binary', 'Binary'],
  ['null', 'Binary', 'Binary'],
  ['', 'Binary', 'Binary'],
  ['{"a":', 'Binary', 'Binary'],
])('the payload %s is of type %s, in 2015-10-08 of type %s', (text, type, old) => {
  const input = inputOf(text)
  expect([typeOf(input.payload('2016-03-23')), typeOf(input.payload('2015-10-08'))]).toEqual([type, old])
})

test.each([
  ['SELECT *', '', 'bytes have no JSON: they go on as they are'],
  ['SELECT a, topic(1) AS t', '{"t":"plant"}', 'fields of what is not JSON are Undefined'],
  ['SELECT *, 1 AS x', '{"x":1}', 'and it has no members'],
  ['SELECT * AS raw, [*] AS l, {"raw": *} AS o', '{"l":[],"o":{}}', 'nor a place within JSON'],
  ["SELECT encode(*, 'base64') AS data", '{"data":"gIE="}', 'but its bytes can be encoded'],
  ["SELECT VALUE encode(*, 'base64') + a", '', 'Undefined'],
  ['SELECT 1 AS x WHERE a = 1', 'no match', 'no WHERE is met by a field'],
  ['SET @p = * SELECT @p', 'A payload that is not JSON cannot be SET: encode or decode it first', 'nor can it be SET'],
])('of bytes, %s is %s: %s', (sql, expected) => {
  expect(runSql(sql, new Uint8Array([0x80, 0x81]))).toBe(expected)
})

test('bytes that are no JSON are the result of SELECT *', () => {
  const bytes = new Uint8Array([0x80, 0x81])
  expect(inputOf(bytes).payload('2016-03-23')).toBe(bytes)
})

test('a payload that is a number is a value once it is decoded', () => {
  const sql = "SELECT decode(encode(*, 'base64'), 'base64') AS value WHERE decode(encode(*, 'base64'), 'base64') > 50"
  expect(runSql(sql, '80')).toBe('{"value":80}')
})
