import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matches } from './matches.ts'

test.each([
  ['sensor/#', 'sensor/', true, 'AWS IoT guide, MQTT topics'],
  ['sensor/#', 'sensor/temperature', true, 'AWS IoT guide, MQTT topics'],
  ['sensor/#', 'sensor/temperature/room1', true, 'AWS IoT guide, MQTT topics'],
  ['sensor/#', 'sensor', false, 'AWS IoT guide, MQTT topics: unlike MQTT 5.0 §4.7.1.2'],
  ['sensor/+/room1', 'sensor/temperature/room1', true, 'AWS IoT guide, MQTT topics'],
  ['sensor/+/room1', 'sensor/temperature/room2', false, 'AWS IoT guide, MQTT topics'],
  ['sport/tennis/+', 'sport/tennis/player1/ranking', false, 'MQTT 5.0 §4.7.1.3'],
  ['sport/+', 'sport', false, 'MQTT 5.0 §4.7.1.3'],
  ['sport/+', 'sport/', true, 'MQTT 5.0 §4.7.1.3'],
  ['+/+', '/finance', true, 'MQTT 5.0 §4.7.1.3'],
  ['/+', '/finance', true, 'MQTT 5.0 §4.7.1.3'],
  ['+', '/finance', false, 'MQTT 5.0 §4.7.1.3'],
  ['#', '$SYS/monitor', false, '[MQTT-4.7.2-1]'],
  ['+/monitor/Clients', '$SYS/monitor/Clients', false, '[MQTT-4.7.2-1]'],
  ['$SYS/#', '$SYS/monitor', true, 'MQTT 5.0 §4.7.2'],
  ['$aws/things/+/shadow/update', '$aws/things/pump-7/shadow/update', true, 'MQTT 5.0 §4.7.2'],
  ['ACCOUNTS', 'Accounts', false, 'MQTT 5.0 §4.7.3'],
  ['a', 'ab', false, 'a level is matched whole'],
  ['ab', 'a', false, 'a level is matched whole'],
  ['a/+/b', 'a//b', true, 'an empty level is a level'],
  ['#', '/', true, 'two empty levels'],
])('%s | %s → %s (%s)', (filter, topic, expected) => {
  expect(matches(filter, topic)).toBe(expected)
})

test.each([
  ['sport/tennis/player1/#', 'sport/tennis/player1', true],
  ['sport/#', 'sport', true],
  ['+/#', 'sport', true],
  ['+/#', '$SYS', false],
  ['sport/#', 'sports', false],
])('with hashMatchesParent %s | %s → %s (MQTT 5.0 §4.7.1.2)', (filter, topic, expected) => {
  expect(matches(filter, topic, { hashMatchesParent: true })).toBe(expected)
})

const level = fc.constantFrom('', 'a', 'b', 'ab', '$a')
const topics = fc
  .array(level, { minLength: 1, maxLength: 5 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '')
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 5 }), fc.constantFrom([], ['#']))
  .map(([levels, end]) => [...levels, ...end].join('/'))
  .filter((filter) => filter !== '')

function matchesByLevels(filter: readonly string[], topic: readonly string[], hashMatchesParent: boolean): boolean {
  const [pattern, ...patterns] = filter
  const [name, ...names] = topic
  if (pattern === undefined) return name === undefined
  if (pattern === '#') return name !== undefined || hashMatchesParent
  if (name === undefined) return false
  return (pattern === '+' || pattern === name) && matchesByLevels(patterns, names, hashMatchesParent)
}

test('agrees with the definition by levels', () => {
  fc.assert(
    fc.property(filters, topics, fc.boolean(), (filter, topic, hashMatchesParent) => {
      const hidden = topic.startsWith('$') && (filter.startsWith('+') || filter.startsWith('#'))
      const expected = !hidden && matchesByLevels(filter.split('/'), topic.split('/'), hashMatchesParent)
      expect(matches(filter, topic, { hashMatchesParent })).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})
