import { expect, test } from 'vitest'
import { sparklinePath } from './sparkline.ts'

test.each([
  [[0, 2], 'M0,4L10,0'],
  [[1, 1, 1], 'M0,0L5,0L10,0'],
  [[4, 0, 1], 'M0,0L5,4L10,3'],
  [[0, 0], ''],
  [[], ''],
  [[3], ''],
])('%j → %j', (values, path) => {
  expect(sparklinePath(values, 10, 4)).toBe(path)
})
