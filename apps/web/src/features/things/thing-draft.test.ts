// @vitest-environment node
import { expect, test } from 'vitest'
import { chosen, draftOf, merged, wishOf } from './thing-draft.ts'

const thing = (version: number, attributes: Record<string, string>, thingTypeName = 'pump') => ({
  version,
  attributes,
  thingTypeName,
})

const typed = (draft: ReturnType<typeof draftOf>, name: string, value: string) => ({
  ...draft,
  lines: draft.lines.map((line) => (line.name === name ? { ...line, value } : line)),
})

test('what somebody else changed is taken over, and the line that is being typed stays where it is', () => {
  const begun = typed(draftOf(thing(1, { a: '1', b: '1' })), 'a', '2')
  const after = merged(begun, thing(2, { a: '1', b: '3', c: '4' }))
  expect(wishOf(after)).toEqual({ thingTypeName: 'pump', attributes: { a: '2', b: '3', c: '4' } })
  expect(after).toMatchObject({ version: 2, conflicts: [], taken: ['b', 'c'] })
  expect(after.lines[0]?.id).toBe(begun.lines[0]?.id)
})

test('what both changed is asked about, also where a third version comes before it is decided', () => {
  const begun = typed(draftOf(thing(1, { a: '1' })), 'a', '2')
  const second = merged(begun, thing(2, { a: '3' }))
  expect(second.conflicts).toMatchObject([{ key: 'a', base: '1', theirs: '3', mine: '2' }])
  expect(wishOf(second).attributes).toEqual({ a: '2' })
  const third = merged(second, thing(3, { a: '3', b: '1' }))
  expect(third.conflicts).toHaveLength(1)
  expect(wishOf(chosen(third, 'a', 'theirs')).attributes).toEqual({ a: '3', b: '1' })
  expect(wishOf(chosen(third, 'a', 'mine')).attributes).toEqual({ a: '2', b: '1' })
  expect(chosen(third, 'a', 'base').conflicts).toEqual([])
})

test('a line that has no name yet is not lost', () => {
  const begun = draftOf(thing(1, {}))
  const typing = { ...begun, lines: [{ id: 'new', name: '', value: 'hall-2' }] }
  expect(merged(typing, thing(2, { b: '1' })).lines.map(({ value }) => value)).toEqual(['hall-2', '1'])
})
