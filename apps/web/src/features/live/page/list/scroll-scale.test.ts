import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterScroll, isScaled, scaleOf, toListPx, toScrollTop } from './scroll-scale.ts'

const scales = fc
  .record({ rows: fc.integer({ min: 100, max: 5_000_000 }), viewPx: fc.integer({ min: 24, max: 2_000 }) })
  .map(({ rows, viewPx }) => scaleOf(rows, 24, viewPx, 1_000_000))

test('a list that a browser can lay out is scrolled as it is', () => {
  const scale = scaleOf(1_000, 24, 600)
  expect(isScaled(scale)).toBe(false)
  expect(toListPx(scale, 12_345)).toBe(12_345)
  expect(afterScroll(scale, 0, 0, 20_000)).toBe(20_000)
})

test('the ends of the bar are the ends of the list', () => {
  fc.assert(
    fc.property(scales, (scale) => {
      expect(toListPx(scale, 0)).toBe(0)
      expect(toListPx(scale, scale.spacePx - scale.viewPx)).toBeCloseTo(scale.fullPx - scale.viewPx, 3)
    }),
  )
})

test('a place in the list, on the bar and back, is the same place', () => {
  fc.assert(
    fc.property(scales, fc.double({ min: 0, max: 1, noNaN: true }), (scale, share) => {
      const listPx = share * (scale.fullPx - scale.viewPx)
      expect(toListPx(scale, toScrollTop(scale, listPx))).toBeCloseTo(listPx, 3)
    }),
  )
})

test('a turn of the wheel moves by pixels also where the bar stands for more', () => {
  const scale = scaleOf(1_000_000, 24, 600, 1_000_000)
  expect(afterScroll(scale, 5_000_000, 208_000, 208_100)).toBe(5_000_100)
  expect(afterScroll(scale, 50, 20, 0)).toBe(30)
  expect(afterScroll(scale, 10, 20, 0)).toBe(0)
})

test('a drag of the bar points to a place', () => {
  const scale = scaleOf(1_000_000, 24, 600, 1_000_000)
  expect(afterScroll(scale, 0, 0, 499_700)).toBeCloseTo((scale.fullPx - 600) / 2, 0)
})
