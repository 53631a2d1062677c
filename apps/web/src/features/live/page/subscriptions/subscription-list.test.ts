import { expect, test } from 'vitest'
import { addSubscription, formatSubscriptions, parseSubscriptions, toRequests } from './subscription-list.ts'

test.each([
  [
    ['1:dt/#', '0:a:b/+'],
    [
      { filter: 'dt/#', qos: 1, mark: 0 },
      { filter: 'a:b/+', qos: 0, mark: 1 },
    ],
    'a filter may hold colons',
  ],
  [['dt/#', '2:dt/#', '0:', '0:a#'], [], 'what is no subscription is left out'],
  [['-'], [], 'none at all'],
  [['0:dt/#', '1:dt/#'], [{ filter: 'dt/#', qos: 1, mark: 0 }], 'of two for one filter the last'],
  [['0m:dt/#'], [{ filter: 'dt/#', qos: 0, muted: true, mark: 0 }], 'muted'],
  [
    ['0.4:a', '1m.4:b', '0:c'],
    [
      { filter: 'a', qos: 0, mark: 4 },
      { filter: 'b', qos: 1, muted: true, mark: 1 },
      { filter: 'c', qos: 0, mark: 2 },
    ],
    'no two have one mark',
  ],
])('%j → %j (%s)', (values, expected) => {
  expect(parseSubscriptions(values)).toEqual(expected)
})

test('in the URL and back', () => {
  const subscriptions = [
    { filter: 'dt/#', qos: 1, mark: 0 },
    { filter: '$aws/things/pump-7/shadow/#', qos: 0, muted: true, mark: 5 },
  ] as const
  expect(formatSubscriptions(subscriptions)).toEqual(['1:dt/#', '0m.5:$aws/things/pump-7/shadow/#'])
  expect(parseSubscriptions(formatSubscriptions(subscriptions))).toEqual(subscriptions)
})

test('a subscription keeps its mark when another goes, and a new one takes the mark that is free', () => {
  const [a, b, c] = parseSubscriptions(['0:a', '0:b', '0:c'])
  const left = [b, c].flatMap((each) => each ?? [])
  expect(a?.mark).toBe(0)
  expect(parseSubscriptions(formatSubscriptions(left)).map(({ mark }) => mark)).toEqual([1, 2])
  expect(addSubscription(left, { filter: 'd', qos: 1 }).map(({ mark }) => mark)).toEqual([1, 2, 0])
})

test('the worker hears nothing of marks', () => {
  expect(toRequests(parseSubscriptions(['1m.3:a']))).toEqual([{ filter: 'a', qos: 1, muted: true }])
})
