import { expect, test } from 'vitest'
import { type GroupContent, mergeGroup } from './merge-group.ts'

const content = (change: Partial<GroupContent> = {}): GroupContent => ({
  description: 'halls',
  attributes: { city: 'Kiel', floor: '1' },
  queryString: '',
  ...change,
})

test('what each changed alone is both there', () => {
  const theirs = content({ description: 'all halls', attributes: { city: 'Kiel', floor: '1', lit: 'yes' } })
  const mine = content({ attributes: { city: 'Bremen' } })
  expect(mergeGroup(content(), theirs, mine)).toEqual({
    merged: content({ description: 'all halls', attributes: { city: 'Bremen', lit: 'yes' } }),
    conflicts: [],
  })
})

test('where both changed the same differently, mine stands and both are told', () => {
  const theirs = content({ attributes: { city: 'Hamburg' }, queryString: 'thingName:a' })
  const mine = content({ attributes: { city: 'Bremen', floor: '2' }, queryString: 'thingName:b' })
  expect(mergeGroup(content(), theirs, mine)).toEqual({
    merged: mine,
    conflicts: [
      { key: 'Attribute city', theirs: 'Hamburg', mine: 'Bremen' },
      { key: 'Attribute floor', theirs: undefined, mine: '2' },
      { key: 'Query', theirs: 'thingName:a', mine: 'thingName:b' },
    ],
  })
})

test('the same change of both is none', () => {
  const both = content({ description: 'x', attributes: {} })
  expect(mergeGroup(content(), both, both)).toEqual({ merged: both, conflicts: [] })
})
