import { expect, test } from 'vitest'
import { matches, parseReservedTopic, parseSharedSubscription, TopicFilterTrie, validateTopicName } from './index.ts'

test('the example of the README', () => {
  const subscriptions = new TopicFilterTrie<string>()
  subscriptions.add('dt/+/temperature', 'dashboard')
  subscriptions.add('dt/pump-7/#', 'pump-7')
  expect(subscriptions.matching('dt/pump-7/temperature').sort()).toEqual(['dashboard', 'pump-7'])

  expect(matches('dt/#', 'dt')).toBe(false)
  expect(validateTopicName('dt/+/temperature')).toEqual({
    code: 'WILDCARD_IN_TOPIC',
    level: 1,
    message: 'A topic name cannot contain + or #',
  })
  expect(parseSharedSubscription('$share/workers/dt/#')).toEqual({ shareName: 'workers', topicFilter: 'dt/#' })
  expect(parseReservedTopic('$aws/things/pump-7/shadow/update/delta')).toEqual({
    kind: 'shadow',
    thingName: 'pump-7',
    operation: 'update',
    suffix: 'delta',
  })
})
