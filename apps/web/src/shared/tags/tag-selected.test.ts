import { expect, test } from 'vitest'
import { tagSelected } from './tag-selected.ts'

const whyNot = (selected: readonly string[], unknown = '') =>
  tagSelected(selected, (id) => (id === unknown ? undefined : `arn:aws:iot:us-east-1:123456789012:${id}`), 'groups')
    .whyNot

test('what cannot be tagged from the list says why', () => {
  expect(whyNot([])).toBe('Select the groups whose tags to change.')
  expect(whyNot(['a', 'b'])).toBeUndefined()
  expect(whyNot(['a', 'b'], 'b')).toMatch(/are not loaded/)
  const long = Array.from({ length: 50 }, (_, index) => `${index}`.padEnd(128, 'x'))
  expect(whyNot(long.slice(0, 40))).toBeUndefined()
  expect(whyNot(long)).toMatch(/name their ARNs there/)
})
