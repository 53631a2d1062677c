import { expect, test } from 'vitest'
import { formatTags, parseTags } from './tag-lines.ts'

test.each([
  ['team=halls\n\n site = north=2 ', { team: 'halls', site: 'north=2' }],
  ['', {}],
  ['team', undefined],
  ['a=1\na=2', undefined],
])('tags %j are %j', (text, tags) => {
  expect(parseTags(text)).toEqual(tags)
})

test('tags are written as they are read', () => {
  const tags = { team: 'halls', empty: '' }
  expect(parseTags(formatTags(tags))).toEqual(tags)
})
