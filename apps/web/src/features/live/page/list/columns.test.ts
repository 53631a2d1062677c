import { expect, test } from 'vitest'
import { fittingColumns, gridTemplate } from './columns.ts'

test.each([
  [1_200, ['time', 'own', 'topic', 'client', 'size', 'qos', 'flags']],
  [850, ['time', 'own', 'topic', 'size', 'qos', 'flags']],
  [640, ['time', 'topic', 'size', 'qos']],
  [300, ['time', 'topic']],
])('%i px wide: %j', (widthPx, expected) => {
  expect(fittingColumns(['time', 'own', 'topic', 'client', 'size', 'qos', 'flags'], widthPx)).toEqual(expected)
})

test('a width that somebody dragged holds; the payload takes what is left', () => {
  expect(gridTemplate(['time', 'topic'], 240)).toBe('20px 96px 240px minmax(0, 3fr)')
  expect(gridTemplate(['topic'], undefined)).toBe('20px minmax(160px, 2fr) minmax(0, 3fr)')
})
