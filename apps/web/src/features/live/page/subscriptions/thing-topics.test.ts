import { expect, test } from 'vitest'
import { thingSubscriptions, topicsOf, USUAL_TOPICS } from './thing-topics.ts'

const TYPES = [
  { thingTypeName: 'pump', topicFilters: ['plant/${thingName}/#', 'alarm/${thingName}'] },
  { topicFilters: ['v1/${thingName}/#'] },
]

test.each([
  [TYPES, 'pump', TYPES[0]?.topicFilters, 'type'],
  [TYPES, 'lamp', ['v1/${thingName}/#'], 'others'],
  [TYPES, undefined, ['v1/${thingName}/#'], 'others'],
  [[], 'pump', USUAL_TOPICS, 'usual'],
])('%#: the topics of a thing', (types, thingTypeName, templates, by) => {
  expect(topicsOf(types, thingTypeName)).toEqual({ templates, thingTypeName, by })
})

test('with its name, its shadows, its coming and going, each once', () => {
  const templates = ['plant/${thingName}/#', '$aws/things/${thingName}/shadow/#']
  expect(thingSubscriptions('pump-7', templates).map(({ filter }) => filter)).toEqual([
    'plant/pump-7/#',
    '$aws/things/pump-7/shadow/#',
    '$aws/events/presence/+/pump-7',
  ])
})

test('what a long name makes too long is left out', () => {
  const long = 'x'.repeat(128)
  const filters = thingSubscriptions(long, ['a/${thingName}/${thingName}/#']).map(({ filter }) => filter)
  expect(filters).toEqual([`$aws/things/${long}/shadow/#`, `$aws/events/presence/+/${long}`])
})
