import { expect, test } from 'vitest'
import { checkTagsAsSeen } from './tags-as-seen.ts'

const seen = { env: 'test', owner: 'ada' }

test.each([
  ['another value', { env: 'prod', owner: 'ada' }, "gave the tag env the value 'prod'"],
  ['taken away', { owner: 'ada' }, 'took the tag env away'],
])('a tag that somebody changed since is not changed again: %s', (_, now, words) => {
  const change = { set: { env: 'stage' }, remove: [], expected: { env: 'test' } }
  expect(() => checkTagsAsSeen(now, change)).toThrow(words)
  expect(() => checkTagsAsSeen(seen, change)).not.toThrow()
})

test('a new tag that is there by now is not overwritten; one that somebody changed is not taken away', () => {
  expect(() => checkTagsAsSeen(seen, { set: { owner: 'bo' }, remove: [], expected: {} })).toThrow("the value 'ada'")
  const removal = { set: {}, remove: ['env'], expected: { env: 'test' } }
  expect(() => checkTagsAsSeen({ env: 'prod' }, removal)).toThrow("the value 'prod'")
})

test('what is as wanted already, what is not touched, and who says nothing of what they saw are let through', () => {
  expect(() =>
    checkTagsAsSeen({ env: 'stage' }, { set: { env: 'stage' }, remove: ['owner'], expected: seen }),
  ).not.toThrow()
  expect(() =>
    checkTagsAsSeen({ ...seen, constructor: 'x' }, { set: { env: 'a' }, remove: [], expected: seen }),
  ).not.toThrow()
  expect(() => checkTagsAsSeen({ env: 'prod' }, { set: { env: 'a' }, remove: [] })).not.toThrow()
  expect(() => checkTagsAsSeen(undefined, { set: { env: 'a' }, remove: [], expected: {} })).not.toThrow()
})
