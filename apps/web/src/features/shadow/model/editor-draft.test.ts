import { parseJson, stringifyJson } from '@thingdeck/json'
import { formatState, readShadow } from '@thingdeck/shadows'
import { expect, test } from 'vitest'
import { carryOver, draftState, setInDraft, startDraft, typeInDraft } from './editor-draft.ts'

const stateOf = (desired: string) => readShadow(parseJson(`{"version": 1, "state": {"desired": ${desired}}}`)).state
const textOf = (draft: ReturnType<typeof startDraft>) => {
  const state = draftState(draft)
  return state && stringifyJson(formatState(state))
}

test('the same texts mean the same object, and other texts another', () => {
  const live = stateOf('{"a": 1, "list": [{"b": 2}]}')
  const draft = typeInDraft(startDraft(live), 'desired', '{"a": 2, "list": [{"b": 2}]}', live)
  expect(draftState(draft)).toBe(draftState({ ...draft, mergedKeys: 7 }))
  const next = typeInDraft(draft, 'desired', '{"a": 3}', live)
  expect(textOf(next)).toBe('{"desired":{"a":3}}')
  expect(textOf(draft)).toBe('{"desired":{"a":2,"list":[{"b":2}]}}')
})

test('nulls are gone at every depth, but for those in arrays', () => {
  const live = stateOf('{"a": 1}')
  const text = '{"a": null, "b": {"c": null, "d": 1}, "e": [null, {"f": null, "g": 1}]}'
  expect(textOf(typeInDraft(startDraft(live), 'desired', text, live))).toBe(
    '{"desired":{"b":{"d":1},"e":[null,{"g":1}]}}',
  )
})

test('what the draft was made from merges nothing into it', () => {
  const live = stateOf('{"a": 1, "b": 2}')
  const draft = setInDraft(startDraft(live), ['desired', 'a'], parseJson('5'), live)
  expect(carryOver(draft, live)).toBe(draft)
  expect(textOf(carryOver(draft, stateOf('{"a": 1, "b": 3}')))).toBe('{"desired":{"a":5,"b":3}}')
})

test('a conflict is gone when the service goes back to what the draft was made from', () => {
  const live = stateOf('{"a": 1}')
  const draft = setInDraft(startDraft(live), ['desired', 'a'], parseJson('5'), live)
  const disputed = carryOver(draft, stateOf('{"a": 7}'))
  expect(disputed.conflicts).toHaveLength(1)
  const back = carryOver({ ...disputed, base: live }, live)
  expect(back.conflicts).toEqual([])
  expect(textOf(back)).toBe('{"desired":{"a":5}}')
})

test('what was typed upon an older text takes nothing back that arrived in between', () => {
  const before = stateOf('{"a": 1}')
  const live = stateOf('{"a": 2, "b": 1}')
  const upon = startDraft(before)
  const typed = typeInDraft(startDraft(live), 'desired', '{"a": 1, "c": 3}', live, upon)
  expect(textOf(typed)).toBe('{"desired":{"a":2,"c":3,"b":1}}')
  expect([typed.mergedKeys, typed.conflicts]).toEqual([2, []])
  const disputed = typeInDraft(startDraft(live), 'desired', '{"a": 9}', live, upon)
  expect(disputed.conflicts.map(({ path }) => path)).toEqual([['desired', 'a']])
})

test('no JSON typed upon an older text stays as it was typed, and is merged once it is JSON', () => {
  const before = stateOf('{"a": 1}')
  const live = stateOf('{"a": 2, "b": 1}')
  const broken = typeInDraft(startDraft(live), 'desired', '{"a": 1, "c"', live, startDraft(before))
  expect(broken.texts.desired.text).toBe('{"a": 1, "c"')
  expect(textOf(typeInDraft(broken, 'desired', '{"a": 1, "c": 3}', live))).toBe('{"desired":{"a":2,"c":3,"b":1}}')
})
