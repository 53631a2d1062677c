import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import { computeDelta } from './delta.ts'

// Rows marked "verified" are those of moto's test suite that its authors ran against AWS (marker aws_verified).
test.each<[desired: string | undefined, reported: string | undefined, delta: string | undefined, source: string]>([
  ['{"led":"on"}', undefined, '{"led":"on"}', 'no reported section [verified]'],
  ['{"online":true}', '{"online":false}', '{"online":true}', 'a boolean flips [verified]'],
  ['{"enabled":true}', '{"online":false,"enabled":true}', undefined, 'only reported does not count [verified]'],
  ['{"enabled":true}', '{"online":true}', '{"enabled":true}', 'a key that is not reported [verified]'],
  ['{"l":["1"]}', '{"l":["1","2"]}', '{"l":["1"]}', 'the whole array [verified]'],
  ['{"l":[["1"]]}', '{"l":[["1"],["2"]]}', '{"l":[["1"]]}', 'nested arrays [verified]'],
  ['{"a":{"b":["c","d"]}}', '{"a":{"b":["d"]}}', '{"a":{"b":["c","d"]}}', 'an array in an object [verified]'],
  ['{"a":{"b":{"c":"d2"}}}', '{"a":{"b":{"c":"d","e":"f"}}}', '{"a":{"b":{"c":"d2"}}}', 'path to the root [verified]'],
  ['{"a":1,"b":{"c":{}},"d":{}}', undefined, '{"a":1,"b":{"c":{}},"d":{}}', 'empty objects [verified]'],
  [
    '{"lights":{"color":{"r":255,"g":255}}}',
    '{"lights":{"color":{"r":255,"g":0}}}',
    '{"lights":{"color":{"g":255}}}',
    'guide, delta state',
  ],
  ['{"l":[1,2]}', '{"l":[2,1]}', '{"l":[1,2]}', 'order of elements counts'],
  ['{"l":[{"b":1,"a":2}]}', '{"l":[{"a":2.0,"b":1}]}', undefined, 'order of keys does not'],
  ['{"n":1}', '{"n":1.0}', undefined, 'numbers by value [Greengrass shadow manager]'],
  ['{"n":12345678901234567890}', '{"n":12345678901234567891}', '{"n":12345678901234567890}', 'all digits count'],
  ['{"n":1}', '{"n":"1"}', '{"n":1}', 'types never equal each other'],
  ['{"n":0}', '{"n":false}', '{"n":0}', 'types never equal each other'],
  ['{"o":{"k":1}}', '{"o":[1]}', '{"o":{"k":1}}', 'an object against an array'],
  ['{"o":{}}', '{"o":{"k":1}}', undefined, 'an empty wish is fulfilled by any object'],
  ['{"o":{}}', '{"o":1}', '{"o":{}}', 'but not by a scalar'],
  [undefined, '{"a":1}', undefined, 'nothing desired'],
])('desired %s, reported %s: delta %s (%s)', (desired, reported, expected) => {
  const delta = computeDelta(section(desired), section(reported))
  expect(delta && stringifyJson(delta)).toBe(expected)
})

function section(text: string | undefined): JsonObject | undefined {
  const value = text === undefined ? undefined : parseJson(text)
  return isJsonObject(value) ? value : undefined
}
