import { isJsonObject, JsonObject, parseJson } from '@thingdeck/json'
import type { ShadowState } from '@thingdeck/shadows'
import { expect, test } from 'vitest'
import { shareRows, stateRows } from './rows.ts'

const object = (text: string) => {
  const value = parseJson(text)
  return isJsonObject(value) ? value : JsonObject.EMPTY
}
const rowsOf = (desired: string, reported: string, draft?: string) => {
  const state: ShadowState = { desired: object(desired), reported: object(reported) }
  return stateRows({ state, metadata: {} }, draft === undefined ? undefined : { ...state, desired: object(draft) })
}

test('rows of a document that is read again are those that were there', () => {
  const before = rowsOf('{"a": {"x": 1.0}, "b": [1, {"c": null}]}', '{"a": {"x": 1}}')
  const after = rowsOf('{"a": {"x": 1.0}, "b": [1, {"c": null}]}', '{"a": {"x": 1}}')
  expect(shareRows(before, after)).toBe(before)
})

test('only the rows that changed are new', () => {
  const before = rowsOf('{"a": 1, "b": 2, "c": 3}', '{"a": 1}')
  const after = rowsOf('{"a": 1, "b": 2, "c": 3}', '{"a": 1, "b": 7}')
  const shared = shareRows(before, after)
  expect(shared).toEqual(after)
  expect(shared.map((row, index) => row === before[index])).toEqual([true, false, true])
})

test.each([
  ['a value in another spelling', rowsOf('{"a": 1}', '{}'), rowsOf('{"a": 1.0}', '{}')],
  ['a draft', rowsOf('{"a": 1}', '{}'), rowsOf('{"a": 1}', '{}', '{"a": 2}')],
  ['another draft', rowsOf('{"a": 1}', '{}', '{"a": 2}'), rowsOf('{"a": 1}', '{}', '{"a": 3}')],
  ['a removal', rowsOf('{"a": 1}', '{}', '{"a": 2}'), rowsOf('{"a": 1}', '{}', '{}')],
  ['a key that reads alike', rowsOf('{"a": {"b": 1}}', '{}'), rowsOf('{"a.b": 1}', '{}')],
  ['nothing any more', rowsOf('{"a": 1}', '{}'), rowsOf('{}', '{}')],
])('%s is seen', (_, before, after) => {
  expect(shareRows(before, after)).toEqual(after)
})

test('rows in another order are in that order, and the same rows', () => {
  const before = rowsOf('{"a": 1, "b": 2}', '{}')
  const shared = shareRows(before, before.toReversed())
  expect(shared).toEqual(before.toReversed())
  expect(shared[0]).toBe(before[1])
})

test('an age that changed is a change', () => {
  const [row] = rowsOf('{"a": 1}', '{}')
  if (!row) throw new Error('one row')
  const later = [{ ...row, reportedAtMs: 5_000 }]
  expect(shareRows([row], later)).toEqual(later)
})
