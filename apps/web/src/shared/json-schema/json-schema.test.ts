import { isJsonObject, JsonObject, parseJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { readSchema, schemaAt, validate } from './json-schema.ts'

const schemaOf = (text: string) => {
  const read = readSchema(text)
  if (!read.ok) throw new Error(read.message)
  return read.schema
}

// JSON Schema Validation (draft 2020-12), section 6, and Core, section 10.
test.each([
  ['{"type":"integer"}', '1.0', []],
  ['{"type":"integer"}', '1.5', ['must be integer']],
  ['{"type":"integer"}', '12345678901234567890', []],
  ['{"type":["string","null"]}', 'null', []],
  ['{"type":["string","null"]}', '1', ['must be string or null']],
  ['{"enum":["auto",1]}', '1.0', []],
  ['{"enum":["auto",1]}', '"off"', ['must be one of "auto", 1']],
  ['{"const":{"a":1,"b":2}}', '{"b":2,"a":1}', []],
  ['{"minimum":5,"exclusiveMaximum":10}', '10', ['must be less than 10']],
  ['{"minimum":5}', '"x"', []],
  ['{"minLength":2}', '"😀"', ['must have at least 2 characters']],
  ['{"pattern":"^v\\\\d+$"}', '"v1"', []],
  ['{"pattern":"^v\\\\d+$"}', '"w"', ['must match ^v\\d+$']],
  ['{"required":["a"]}', '{}', ['needs the key a']],
  ['{"properties":{"a":{"type":"string"}}}', '{"a":1,"b":2}', ['a: must be string']],
  [
    '{"properties":{"a":true},"additionalProperties":false}',
    '{"a":1,"b":2}',
    ['b: is not a key that the schema knows'],
  ],
  ['{"items":{"type":"number"},"maxItems":2}', '[1,"x",3]', ['1: must be number', 'must have at most 2 items']],
  ['{"anyOf":[{"type":"string"},{"minimum":3}]}', '2', ['fits none of the alternatives']],
  ['{"oneOf":[{"type":"number"},{"minimum":3}]}', '4', ['fits 2 of the alternatives instead of one']],
  ['{"not":{"const":0}}', '0', ['must not be this']],
  ['{"allOf":[{"minimum":1},{"maximum":2}]}', '3', ['must be at most 2']],
])('%s with %s: %j', (schema, value, expected) => {
  const found = validate(schemaOf(schema), parseJson(value))
  expect(found.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))).toEqual(
    expected,
  )
})

test.each([
  ['{"$ref":"#/$defs/x"}', '/$ref is not supported here'],
  ['{"properties":{"a":{"if":{}}}}', '/properties/a/if is not supported here'],
  ['{"type":"float"}', '/type is none of null, boolean, object, array, number, string, integer'],
  ['{"pattern":"("}', '/pattern is no regular expression'],
  ['[]', 'A schema is an object'],
  ['{', undefined],
])('%s is refused', (text, message) => {
  const read = readSchema(text)
  expect(read.ok).toBe(false)
  if (!read.ok && message !== undefined) expect(read.message).toBe(message)
})

test('the schema of a key is found along its properties', () => {
  const schema = schemaOf('{"properties":{"lamp":{"properties":{"on":{"type":"boolean"}}}}}')
  expect(schemaAt(schema, ['lamp', 'on'])).toEqual(JsonObject.from([['type', 'boolean']]))
  expect(schemaAt(schema, ['lamp', 'off'])).toBeUndefined()
  expect(isJsonObject(schemaAt(schema, []))).toBe(true)
})
