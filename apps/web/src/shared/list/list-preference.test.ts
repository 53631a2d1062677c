import { expect, test } from 'vitest'
import { isVisible, listPreference } from './list-preference.ts'

const NOTHING = { pageSize: undefined, wrapLines: false, columns: {}, widths: {} }

test.each([
  [
    '{"pageSize":100,"wrapLines":true,"columns":{"arn":true},"widths":{"name":320}}',
    {
      pageSize: 100,
      wrapLines: true,
      columns: { arn: true },
      widths: { name: 320 },
    },
  ],
  ['{"pageSize":50,"visibleContent":["name"]}', { ...NOTHING, pageSize: 50 }], // of an older release
  ['{"pageSize":"x","columns":{"arn":7},"widths":{"name":"wide"}}', NOTHING],
  ['[1]', NOTHING],
])('what is stored as %s is %j', (stored, expected) => {
  const name = `test-${stored.length}`
  localStorage.setItem(`thingdeck.${name}-list`, stored)
  expect(listPreference(name).get()).toEqual(expected)
})

test('of a column that nobody chose about the list decides', () => {
  const column = { id: 'arn', header: 'ARN', cell: () => null }
  expect(isVisible({ wrapLines: false, columns: {}, widths: {} }, column, false)).toBe(true)
  expect(isVisible({ wrapLines: false, columns: {}, widths: {} }, { ...column, isHiddenAtFirst: true }, false)).toBe(
    false,
  )
  expect(isVisible({ wrapLines: false, columns: { arn: false }, widths: {} }, column, false)).toBe(false)
})

test('in a narrow window the least important columns are hidden, but for those that a person chose', () => {
  const column = { id: 'arn', header: 'ARN', isHiddenNarrow: true, cell: () => null }
  expect(isVisible({ wrapLines: false, columns: {}, widths: {} }, column, false)).toBe(true)
  expect(isVisible({ wrapLines: false, columns: {}, widths: {} }, column, true)).toBe(false)
  expect(isVisible({ wrapLines: false, columns: { arn: true }, widths: {} }, column, true)).toBe(true)
})

test('a list has one store, however often it is asked for', () => {
  expect(listPreference('same')).toBe(listPreference('same'))
})
