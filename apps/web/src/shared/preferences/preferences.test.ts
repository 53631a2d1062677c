import { beforeEach, expect, test, vi } from 'vitest'
import { setPagePerson } from '../session/page-person.ts'
import { createPersonalPreference, createPreference } from './preferences.ts'

const SIZES = ['small', 'large'] as const
const parse = (stored: unknown) => SIZES.find((size) => size === stored) ?? 'small'

beforeEach(() => localStorage.clear())

test('a choice is kept, and whoever follows it hears of it', () => {
  const preference = createPreference('size', parse)
  const heard = vi.fn()
  const stop = preference.subscribe(heard)
  expect(preference.get()).toBe('small')
  preference.set('large')
  expect(preference.get()).toBe('large')
  expect(createPreference('size', parse).get()).toBe('large')
  stop()
  preference.set('small')
  expect(heard).toHaveBeenCalledTimes(1)
})

test.each(['', 'nonsense', '{"size":"large"}', '"huge"'])('%j in the storage is the default', (text) => {
  localStorage.setItem('thingdeck.size', text)
  expect(createPreference('size', parse).get()).toBe('small')
})

test('the same value is the same object, as React needs it', () => {
  const preference = createPreference('list', (stored) => (Array.isArray(stored) ? stored : []))
  preference.set([1])
  expect(preference.get()).toBe(preference.get())
})

test('where storage is forbidden a choice lasts as long as the page', () => {
  const forbidden = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError')
  })
  const preference = createPreference('forbidden', parse)
  preference.set('large')
  expect(preference.get()).toBe('large')
  forbidden.mockRestore()
})

test('what is personal is not seen by the next person, and is there when the first is back', () => {
  localStorage.setItem('thingdeck.draft', '"large"') // of an earlier release: whose it was is not known
  const draft = createPersonalPreference('draft', parse)
  setPagePerson('ada')
  expect(draft.get()).toBe('small')
  draft.set('large')
  setPagePerson('grace')
  expect(draft.get()).toBe('small')
  setPagePerson('ada')
  expect(draft.get()).toBe('large')
  expect(localStorage.getItem('thingdeck.draft')).toBeNull()
})
