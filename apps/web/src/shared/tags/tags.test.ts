import { expect, test } from 'vitest'
import { pairsRule, recordOf } from '../form/pairs-field.tsx'
import { tagsChange } from './change-tags.ts'
import { ownTags, TAG_RULES } from './tag-rules.ts'

test.each([
  ['', 'x', [], 'A tag needs a key.', undefined],
  ['aws:x', '', [], 'Keys that begin with aws: are reserved by AWS.', undefined],
  ['AWS:x', '', [], 'Keys that begin with aws: are reserved by AWS.', undefined],
  ['team', '', ['team'], 'Another tag has this key.', undefined],
  ['team', '', ['Team'], undefined, undefined],
  ['größe', 'soft & warm', [], undefined, 'Only letters, digits, blanks and _ . : / = + - @.'],
  ['k'.repeat(129), 'v'.repeat(257), [], /At most 128/, /At most 256/],
])('the tag %s=%s beside %s', (key, value, others, wrongKey, wrongValue) => {
  const problem = TAG_RULES.problemOf({ key, value }, others)
  const like = (text: string | RegExp | undefined) => (text instanceof RegExp ? expect.stringMatching(text) : text)
  expect(problem).toEqual({ key: like(wrongKey), value: like(wrongValue) })
})

test('a line of which nothing was written is none; fifty tags are, and no more', () => {
  const pairs = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, value: '' }))
  expect(pairsRule(TAG_RULES)([...pairs, { key: '', value: '' }])).toBeUndefined()
  expect(pairsRule(TAG_RULES)([...pairs, { key: 'more', value: '' }])).toBe('At most 50 tags; these are 51.')
  expect(
    recordOf([
      { key: 'a', value: '' },
      { key: '', value: '' },
    ]),
  ).toEqual({ a: '' })
})

test('what AWS gave is told from what people gave', () => {
  const tags = { team: 'halls', 'aws:cloudformation:stack-name': 'x' }
  expect(ownTags(tags)).toEqual({ team: 'halls' })
})

test('a change is what differs: what somebody else gave meanwhile is in neither part', () => {
  expect(tagsChange({ a: '1', b: '2', same: 'x' }, { a: '9', c: '', same: 'x' })).toEqual({
    set: { a: '9', c: '' },
    remove: ['b'],
    expected: { a: '1', b: '2' },
  })
})
