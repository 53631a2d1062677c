import { validateTopicFilter } from '@thingdeck/topics'
import { expect, test } from 'vitest'
import { suggestFilters, thingOfTopic } from './suggest-filters.ts'

test('a thing that is looked at brings its shadow, jobs and presence', () => {
  const filters = suggestFilters('', ['pump-7']).map(({ filter }) => filter)
  expect(filters).toEqual(
    expect.arrayContaining([
      '$aws/things/pump-7/shadow/#',
      '$aws/things/pump-7/jobs/#',
      '$aws/events/presence/+/pump-7',
    ]),
  )
})

test('so does a thing that is named in what is typed', () => {
  expect(suggestFilters('$aws/things/pump-7', []).map(({ filter }) => filter)).toContain('$aws/things/pump-7/jobs/#')
})

test('all words must occur, in filter or description', () => {
  expect(suggestFilters('jobs pump-7', ['pump-7']).map(({ filter }) => filter)).toEqual(['$aws/things/pump-7/jobs/#'])
  expect(suggestFilters('disconnecting', []).map(({ filter }) => filter)).toEqual(['$aws/events/presence/#'])
})

test('every suggestion can be subscribed to', () => {
  for (const { filter } of suggestFilters('', ['pump-7'])) expect(validateTopicFilter(filter)).toBeUndefined()
})

test.each([
  ['$aws/things/pump-7/shadow/update/delta', 'pump-7'],
  ['$aws/things/pump-7', 'pump-7'],
  ['dt/hall/pump-7', undefined],
])('%s is about %s', (topic, thing) => {
  expect(thingOfTopic(topic)).toBe(thing)
})
