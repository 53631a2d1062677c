import { expect, test } from 'vitest'
import { tagNote } from './tag-note.ts'

test('what becomes other beside what stays', () => {
  expect(tagNote({ a: '1', b: '2', c: '3' }, { a: '9', d: '' }, ['b'])).toEqual({
    changes: [
      { path: '$.tags.a', beforeText: '"1"', afterText: '"9"' },
      { path: '$.tags.b', beforeText: '"2"' },
      { path: '$.tags.d', afterText: '""' },
    ],
  })
})

test('nothing is claimed of tags that the console may not read', () => {
  expect(tagNote(undefined, { a: '9' }, ['b'])).toEqual({
    changes: [{ path: '$.tags.a', afterText: '"9"' }, { path: '$.tags.b' }],
    isBeforeUnknown: true,
  })
})
