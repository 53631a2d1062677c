// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeBetween, type Registered } from '../../shared/things/thing-attributes.ts'
import { mergeThing, TYPE_KEY, withKey } from './merge-thing.ts'

const thing = (attributes: Record<string, string>, thingTypeName = ''): Registered => ({ thingTypeName, attributes })

test.each([
  ['nobody else', { a: '1' }, { a: '1' }, { a: '2' }, { a: '2' }, [], []],
  ['only they', { a: '1' }, { a: '2', b: '3' }, { a: '1' }, { a: '2', b: '3' }, ['a', 'b'], []],
  ['each another key', { a: '1', b: '1' }, { a: '2', b: '1' }, { a: '1', b: '2' }, { a: '2', b: '2' }, ['a'], []],
  ['both alike', { a: '1' }, { a: '2' }, { a: '2' }, { a: '2' }, [], []],
  ['both, differently', { a: '1' }, { a: '2' }, { a: '3' }, { a: '3' }, [], ['a']],
  ['they removed what I changed', { a: '1' }, {}, { a: '3' }, { a: '3' }, [], ['a']],
  ['I removed what they changed', { a: '1' }, { a: '2' }, {}, {}, [], ['a']],
  ['both added it, differently', {}, { a: '2' }, { a: '3' }, { a: '3' }, [], ['a']],
])('%s', (_, base, theirs, mine, merged, taken, conflicts) => {
  const found = mergeThing(thing(base), thing(theirs), thing(mine))
  expect(found.merged.attributes).toEqual(merged)
  expect(found.taken).toEqual(taken)
  expect(found.conflicts.map(({ key }) => key)).toEqual(conflicts)
})

test('the type is a key like another', () => {
  const found = mergeThing(thing({}, 'pump'), thing({}, 'lamp'), thing({}, ''))
  expect(found.conflicts).toEqual([{ key: TYPE_KEY, base: 'pump', theirs: 'lamp', mine: undefined }])
  expect(withKey(found.merged, TYPE_KEY, 'lamp').thingTypeName).toBe('lamp')
})

const attributes = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('1', '2', '3'))
const things = fc.record({ thingTypeName: fc.constantFrom('', 'pump', 'lamp'), attributes })

/** What AWS makes of an update with `merge` (AWS IoT API reference, AttributePayload). */
function applied(before: Registered, change: ReturnType<typeof changeBetween>): Registered {
  const all = Object.entries({ ...before.attributes, ...change?.attributes })
  return {
    thingTypeName: change?.removeThingType ? '' : (change?.thingTypeName ?? before.thingTypeName),
    attributes: Object.fromEntries(all.filter(([, value]) => value !== '')),
  }
}

test('no change is lost: each key is as one of the two sides has it, and a difference of both is a conflict', () => {
  fc.assert(
    fc.property(things, things, things, (base, theirs, mine) => {
      const { merged, conflicts } = mergeThing(base, theirs, mine)
      const isOpen = (key: string) => conflicts.some((each) => each.key === key)
      for (const key of ['a', 'b', 'c']) {
        const [was, they, me, now] = [base, theirs, mine, merged].map((side) => side.attributes[key])
        expect(isOpen(key)).toBe(they !== was && me !== was && they !== me)
        if (they === was) expect(now).toBe(me)
        else if (me === was) expect(now).toBe(they)
      }
      // What is sent for it leads from what is there to what was agreed on, and to nothing else.
      const sent = changeBetween(theirs, merged)
      expect(applied(theirs, sent)).toEqual(merged)
    }),
  )
})
