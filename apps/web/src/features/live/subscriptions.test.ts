import { expect, test } from 'vitest'
import { formatSubscriptions, parseSubscriptions, whyNotSubscribe } from './subscriptions.ts'

test.each([
  [
    ['1:dt/#', '0:a:b/+'],
    [
      { filter: 'dt/#', qos: 1 },
      { filter: 'a:b/+', qos: 0 },
    ],
    'a filter may hold colons',
  ],
  [['dt/#', '2:dt/#', '0:', '0:a#'], [], 'what is no subscription is left out'],
  [['-'], [], 'none at all'],
  [['0:dt/#', '1:dt/#'], [{ filter: 'dt/#', qos: 1 }], 'of two for one filter the last'],
])('%j → %j (%s)', (values, expected) => {
  expect(parseSubscriptions(values)).toEqual(expected)
})

test('in the URL and back', () => {
  const requests = [
    { filter: 'dt/#', qos: 1 },
    { filter: '$aws/things/pump-7/shadow/#', qos: 0 },
  ] as const
  expect(parseSubscriptions(formatSubscriptions(requests))).toEqual(requests)
})

test.each([
  ['dt/a#', '+ and # must fill a whole level.'],
  ['dt/#/a', '# can only be the last level.'],
  ['dt/#', 'You are subscribed to this filter already.'],
  ['cmd/#', undefined],
])('%s: %s', (filter, expected) => {
  expect(whyNotSubscribe(filter, [{ filter: 'dt/#', qos: 0 }])).toBe(expected)
})

test('the 51st subscription of a connection is refused', () => {
  const present = Array.from({ length: 50 }, (_, n) => ({ filter: `a/${n}`, qos: 0 as const }))
  expect(whyNotSubscribe('b', present)).toBe('One connection holds at most 50 subscriptions.')
})
