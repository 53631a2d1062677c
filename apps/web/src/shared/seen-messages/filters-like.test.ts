import { expect, test } from 'vitest'
import { filtersLike } from './filters-like.ts'

test('filters for what topics have in common come before the topics', () => {
  expect(filtersLike(['plant/pump-7/data', 'plant/pump-8/data', 'plant/state'])).toEqual([
    'plant/+/data',
    'plant/pump-7/data',
    'plant/pump-8/data',
    'plant/state',
  ])
  expect(filtersLike(['lab/north/air', 'lab/south/air'])).toEqual(['lab/+/air', 'lab/north/air', 'lab/south/air'])
})
