import { isJsonObject, JsonObject, stringifyJson } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identical, leafPaths, object, patches, states, updated } from '../test/arbitrary-state.ts'
import { updateRequestFor } from './draft.ts'
import { formatState } from './shadow.ts'
import { checkUpdateRequest, formatPatch, formatUpdateRequest } from './update-request.ts'

test('the update made for a draft turns the base into the draft', () => {
  fc.assert(
    fc.property(states, states, (base, draft) => identical(updated(base, updateRequestFor(base, draft)), draft)),
  )
})

test('an unchanged draft needs no update, and a needed one is a valid request', () => {
  fc.assert(
    fc.property(states, states, (base, draft) => {
      expect(updateRequestFor(base, base)).toEqual({})
      const state = updateRequestFor(base, draft)
      const document = formatUpdateRequest({ state })
      expect(formatUpdateRequest(checkUpdateRequest(document))).toEqual(document)
      expect(formatPatch(state).size === 0).toBe(identical(base, draft))
    }),
  )
})

test('no smaller update would do: each key that it names matters', () => {
  fc.assert(
    fc.property(states, states, (base, draft) => {
      const patch = updateRequestFor(base, draft)
      for (const name of ['desired', 'reported'] as const) {
        for (const path of leafPaths(patch[name] ?? JsonObject.EMPTY)) {
          const smaller = { ...patch, [name]: without(patch[name] ?? JsonObject.EMPTY, path) }
          expect(identical(updated(base, smaller), draft)).toBe(false)
        }
      }
    }),
  )
})

function without(object: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const child = object.get(key)
  return rest.length > 0 && isJsonObject(child) ? object.with(key, without(child, rest)) : object.without(key)
}

test.each([
  ['{"a":{"x":1,"y":2},"b":3}', '{"a":{"x":1},"c":4}', '{"desired":{"b":null,"a":{"y":null},"c":4}}'],
  ['{"a":{"x":1}}', '{"a":{}}', '{"desired":{"a":{"x":null}}}'],
  ['{"a":{"x":1}}', '{"a":null}', '{"desired":{"a":null}}'],
  ['{"a":1}', '{}', '{"desired":{"a":null}}'],
  ['{"l":[1,2]}', '{"l":[1]}', '{"desired":{"l":[1]}}'],
  ['{"n":1}', '{"n":1.0}', '{"desired":{"n":1.0}}'],
  ['{"a":1,"b":2}', '{"b":2,"a":1}', '{}'],
])('from %s to %s the update is %s', (base, draft, expected) => {
  const patch = updateRequestFor({ desired: object(base) }, { desired: object(draft) })
  expect(stringifyJson(formatPatch(patch))).toBe(expected)
})

test('undo takes back my change and nothing else', () => {
  fc.assert(
    fc.property(states, patches, (before, patch) => {
      const after = updated(before, patch)
      expect(identical(updated(after, updateRequestFor(after, before)), before)).toBe(true)
    }),
  )
  const mine = updateRequestFor({ desired: object('{"a":2,"c":{"x":1}}') }, { desired: object('{"a":1}') })
  expect(stringifyJson(formatState(updated({ desired: object('{"a":2,"b":5,"c":{"x":1}}') }, mine)))).toBe(
    '{"desired":{"a":1,"b":5}}',
  )
})
