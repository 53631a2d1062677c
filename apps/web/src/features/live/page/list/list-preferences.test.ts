import { expect, test } from 'vitest'
import { DEFAULT_PREFERENCES, readPreferences } from './list-preferences.ts'

test('the detail takes room by the window until somebody sets how much', () => {
  expect(readPreferences({}).detailPx).toBeUndefined()
  expect(readPreferences({ detailPx: 'wide' }).detailPx).toBeUndefined()
  expect(readPreferences({ detailPx: 240 }).detailPx).toBe(240)
  expect(DEFAULT_PREFERENCES).not.toHaveProperty('detailPx')
})
