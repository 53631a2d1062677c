import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '../../../scripts/any-character.ts'
import { formatSharedSubscription, matchedFilter, parseSharedSubscription } from './shared-subscription.ts'
import { TopicFilterError } from './topic-error.ts'
import { isTopicFilter, validateTopicFilter } from './topic-filter.ts'
import { MQTT_TOPIC_LIMITS } from './topic-limits.ts'
import { validateTopicName } from './topic-name.ts'

test.each<[string, string | undefined, number, string]>([
  ['dt/pump-7/t', undefined, 0, ''],
  ['a//b', undefined, 0, 'MQTT 5.0 §4.7.1.1: adjacent slashes make an empty level'],
  ['/', undefined, 0, 'MQTT 5.0 §4.7.3'],
  ['', 'EMPTY', 0, '[MQTT-4.7.3-1]'],
  ['a/b+/c', 'WILDCARD_IN_TOPIC', 1, '[MQTT-4.7.1-1]'],
  ['a/#', 'WILDCARD_IN_TOPIC', 1, '[MQTT-4.7.1-1]'],
  ['a/\0', 'NUL', 1, '[MQTT-4.7.3-2]'],
  ['a/\ud83d', 'LONE_SURROGATE', 1, '[MQTT-1.5.4-1]'],
  ['a/\udca7\ud83d', 'LONE_SURROGATE', 1, '[MQTT-1.5.4-1]'],
  ['1/2/3/4/5/6/7/8', undefined, 0, 'AWS quotas: 7 slashes'],
  ['1/2/3/4/5/6/7/8/9', 'TOO_MANY_SLASHES', 8, 'AWS quotas: 7 slashes'],
  ['$aws/rules/r/1/2/3/4/5/6/7/8', undefined, 0, 'AWS quotas: without the Basic Ingest prefix'],
  ['$aws/rules/r/1/2/3/4/5/6/7/8/9', 'TOO_MANY_SLASHES', 11, 'AWS quotas'],
  ['x'.repeat(256), undefined, 0, 'AWS quotas: 256 bytes'],
  ['x'.repeat(257), 'TOO_LONG', 0, 'AWS quotas: 256 bytes'],
  ['💧'.repeat(64), undefined, 0, 'AWS quotas: bytes, not characters'],
  [`${'💧'.repeat(64)}x`, 'TOO_LONG', 0, 'AWS quotas: bytes, not characters'],
  [`$aws/rules/r/${'x'.repeat(256)}`, undefined, 0, 'AWS quotas: without the Basic Ingest prefix'],
])('topic name %j → %s at level %d (%s)', (input, code, level) => {
  const problem = validateTopicName(input)
  expect(problem?.code).toBe(code)
  expect(problem?.level ?? 0).toBe(level)
})

test.each<[string, string | undefined, number, string]>([
  ['#', undefined, 0, 'MQTT 5.0 §4.7.1.2'],
  ['+/tennis/#', undefined, 0, 'MQTT 5.0 §4.7.1.3'],
  ['sport/tennis#', 'WILDCARD_IN_LEVEL', 1, 'MQTT 5.0 §4.7.1.2'],
  ['sport/tennis/#/ranking', 'HASH_NOT_LAST', 2, 'MQTT 5.0 §4.7.1.2'],
  ['sport+', 'WILDCARD_IN_LEVEL', 0, 'MQTT 5.0 §4.7.1.3'],
  ['sport/##', 'WILDCARD_IN_LEVEL', 1, 'MQTT 5.0 §4.7.1.2'],
  ['+/2/3/4/5/6/7/#', undefined, 0, 'AWS quotas: 7 slashes'],
  ['+/2/3/4/5/6/7/8/#', 'TOO_MANY_SLASHES', 8, 'AWS quotas: 7 slashes'],
  ['$share/g/1/2/3/4/5/6/7/8', undefined, 0, 'AWS quotas: without the $share prefix'],
  [`$share/g/${'x'.repeat(256)}`, undefined, 0, 'AWS quotas: without the $share prefix'],
  [`$share/g/${'x'.repeat(257)}`, 'TOO_LONG', 2, 'AWS quotas'],
  ['$share/g', 'SHARE_FILTER_MISSING', 2, '[MQTT-4.8.2-1]'],
  ['$share/g/', 'SHARE_FILTER_MISSING', 2, '[MQTT-4.8.2-1]'],
  ['$share//f', 'SHARE_NAME', 1, '[MQTT-4.8.2-2]'],
  ['$share/+/f', 'SHARE_NAME', 1, '[MQTT-4.8.2-2]'],
  ['$share/a#/f', 'SHARE_NAME', 1, '[MQTT-4.8.2-2]'],
  [`$share/${'g'.repeat(128)}/f`, undefined, 0, 'AWS IoT guide, Shared subscriptions: 128 characters'],
  [`$share/${'g'.repeat(129)}/f`, 'SHARE_NAME', 1, 'AWS IoT guide, Shared subscriptions: 128 characters'],
  ['$share/g/#/f', 'HASH_NOT_LAST', 2, 'MQTT 5.0 §4.8.2'],
])('topic filter %j → %s at level %d (%s)', (input, code, level) => {
  const problem = validateTopicFilter(input)
  expect(problem?.code).toBe(code)
  expect(problem?.level ?? 0).toBe(level)
})

test('a limit can be changed or switched off', () => {
  const deep = 'a/'.repeat(200)
  expect(validateTopicName(deep, MQTT_TOPIC_LIMITS)).toBeUndefined()
  expect(validateTopicName(deep, { ...MQTT_TOPIC_LIMITS, maxSlashes: 199 })?.code).toBe('TOO_MANY_SLASHES')
  expect(validateTopicFilter('x'.repeat(65_536), MQTT_TOPIC_LIMITS)?.code).toBe('TOO_LONG')
})

/** MQTT 5.0 §4.7.1 as a regular language. */
const GRAMMAR = /^(?=.)(?:(?:\+|[^+#/]*)\/)*(?:\+|#|[^+#/]*)$/
const scraps = fc.string({ unit: fc.constantFrom('a', '+', '#', '/') })

test('accepts exactly the grammar of filters', () => {
  fc.assert(
    fc.property(scraps, (input) => {
      expect(isTopicFilter(input, MQTT_TOPIC_LIMITS)).toBe(GRAMMAR.test(input))
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['$share/workers/dt/+', { shareName: 'workers', topicFilter: 'dt/+' }],
  ['$share/g//', { shareName: 'g', topicFilter: '/' }],
  ['$share', undefined],
  ['$shared/g/f', undefined],
  ['dt/+', undefined],
])('parseSharedSubscription(%j)', (input, expected) => {
  expect(parseSharedSubscription(input)).toEqual(expected)
  if (expected) expect(formatSharedSubscription(expected)).toBe(input)
  expect(matchedFilter(input)).toBe(expected?.topicFilter ?? input)
})

test('a broken $share prefix is an error, not an ordinary filter', () => {
  expect(() => parseSharedSubscription('$share/g')).toThrow(TopicFilterError)
})

test('counts the bytes of UTF-8, as percent-encoding writes them', () => {
  const text = fc.string({ unit: anyCharacter, minLength: 1 }).filter((each) => !/[+#\0]/.test(each))
  fc.assert(
    fc.property(text, (name) => {
      const maxBytes = encodeURIComponent(name).replaceAll(/%../g, '.').length
      expect(validateTopicName(name, { ...MQTT_TOPIC_LIMITS, maxBytes })).toBeUndefined()
      expect(validateTopicName(name, { ...MQTT_TOPIC_LIMITS, maxBytes: maxBytes - 1 })?.code).toBe('TOO_LONG')
    }),
  )
})
