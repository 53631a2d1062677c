import { expect, test } from 'vitest'
import { axisName, type ScaledSeries, sidesOf } from './axes.ts'

const of = (min: number, max: number, axis?: 'left' | 'right'): ScaledSeries => ({ stats: { min, max }, axis })
const temperature = of(14, 16)
const rpm = of(1_450, 1_550)

test.each<[string, readonly ScaledSeries[], readonly string[]]>([
  ['temperature beside rpm', [temperature, rpm], ['left', 'right']],
  ['the first is on the left, though it is the larger', [rpm, temperature], ['left', 'right']],
  ['close together', [temperature, of(20, 90)], ['left', 'left']],
  ['three: at the widest step', [temperature, of(30, 40), rpm], ['left', 'left', 'right']],
  ['below zero counts by its distance', [of(-1_500, -2), temperature], ['left', 'right']],
  ['nothing but zeros, and nothing at all', [temperature, of(0, 0), {}], ['left', 'left', 'left']],
  ['by choice on a scale of its own', [temperature, of(20, 90, 'right')], ['left', 'right']],
  ['by choice together', [of(14, 16, 'left'), of(1_450, 1_550, 'left')], ['left', 'left']],
])('%s', (_, series, sides) => {
  expect(sidesOf(series, false)).toEqual(sides)
})

test('values at the border do not move the axes to and fro', () => {
  const closer = [of(9, 10), of(60, 80)]
  expect(sidesOf(closer, false)).toEqual(['left', 'left'])
  expect(sidesOf(closer, true)).toEqual(['left', 'right'])
})

test('an axis is named by the numbers and paths of its series', () => {
  const lines = [
    { number: 0, side: 'left', name: '$.temperature' },
    { number: 1, side: 'right', name: '$.rpm' },
    { number: 2, side: 'left', name: '$.limit' },
  ] as const
  expect(axisName(lines, 'left')).toBe('1 $.temperature · 3 $.limit')
  expect(axisName(lines, 'right')).toBe('2 $.rpm')
})
