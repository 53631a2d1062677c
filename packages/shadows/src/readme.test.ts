import { fromPlain, isJsonObject, type JsonObject, parseJson, stringifyJson } from '@thingdeck/json'
import { expect, test } from 'vitest'
import {
  applyUpdate,
  formatStoredShadow,
  formatUpdateRequest,
  getDocument,
  mergeThreeWay,
  parseStoredShadow,
  parseUpdateRequest,
  type StatePatch,
  updateRequestFor,
} from './index.ts'

function object(text: string): JsonObject {
  const value = parseJson(text)
  if (!isJsonObject(value)) throw new Error(`not an object: ${text}`)
  return value
}

function text(patch: StatePatch): string {
  return stringifyJson(fromPlain(patch))
}

test('the example of the README', () => {
  const nowSeconds = 1_700_000_000
  const stored = parseStoredShadow(
    '{"version":7,"state":{"desired":{"limit":9},"reported":{"fan":1}},' +
      '"metadata":{"desired":{"limit":1600000000},"reported":{"fan":1600000000}}}',
  )
  const request = parseUpdateRequest('{"state":{"desired":{"fan":2,"limit":null}},"version":7}')
  const { shadow, accepted, delta } = applyUpdate(stored, request, { nowSeconds })
  expect(stringifyJson(accepted)).toBe(
    '{"state":{"desired":{"fan":2,"limit":null}},' +
      '"metadata":{"desired":{"fan":{"timestamp":1700000000},"limit":{"timestamp":1700000000}}},' +
      '"version":8,"timestamp":1700000000}',
  )
  expect(delta && stringifyJson(delta)).toBe(
    '{"version":8,"timestamp":1700000000,"state":{"fan":2},"metadata":{"fan":{"timestamp":1700000000}}}',
  )
  expect(stringifyJson(getDocument(shadow, { thingName: 'pump-7', nowSeconds }))).toContain('"delta":{"fan":2}')
  expect(formatStoredShadow(shadow)).toBe(
    '{"version":8,"state":{"desired":{"fan":2},"reported":{"fan":1}},' +
      '"metadata":{"desired":{"fan":1700000000},"reported":{"fan":1600000000}}}',
  )

  const base = { desired: object('{"fan":2}') }
  const theirs = { desired: object('{"fan":2,"mode":"eco"}') }
  const draft = { desired: object('{"fan":3}') }
  const { merged, conflicts } = mergeThreeWay(base, theirs, draft)
  expect(conflicts).toEqual([])
  const patch = updateRequestFor(theirs, merged)
  expect(text(patch)).toBe('{"desired":{"fan":3}}')
  expect(stringifyJson(formatUpdateRequest({ state: patch, version: 8, clientToken: 'editor-1' }))).toBe(
    '{"state":{"desired":{"fan":3}},"version":8,"clientToken":"editor-1"}',
  )
  expect(text(updateRequestFor(merged, theirs))).toBe('{"desired":{"fan":2}}')
})
