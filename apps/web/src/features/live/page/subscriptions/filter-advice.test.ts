import { expect, test } from 'vitest'
import { adviceOn, whyNotSubscribe } from './filter-advice.ts'

const DT = [{ filter: 'dt/#', qos: 0 }] as const

test.each([
  ['dt/a#', '+ and # must fill a whole level.'],
  ['dt/#/a', '# can only be the last level.'],
  ['dt/#', 'You are subscribed to this filter already.'],
  ['a/b/c/d/e/f/g/h/i', 'At most 7 slashes are allowed, this has 8.'],
  [
    '$aws/rules/a',
    'AWS IoT Core sends nothing to clients on this reserved topic, and may close the connection that asks for it.',
  ],
  ['$share/group', 'A topic filter must follow the share name.'],
  ['cmd/#', undefined],
  ['$aws/events/#', undefined],
])('%s: %s', (filter, expected) => {
  expect(whyNotSubscribe(filter, DT)).toBe(expected)
})

test.each([
  ['#', /does not reach topics that begin with \$/, ['$aws/events/#', '$aws/things/+/shadow/#']],
  ['+/status', /does not reach topics that begin with \$/, ['$aws/events/#', '$aws/things/+/shadow/#']],
  ['dt/pump-1/#', /dt\/# takes in everything/, []],
  ['$share/ops/cmd/#', /“ops” share these messages/, []],
  ['cmd/#', /retained messages only for a filter without wildcards/, []],
])('%s: %s', (filter, words, offers) => {
  const advice = adviceOn(filter, DT)
  expect(advice?.text).toMatch(words)
  expect(advice?.offers).toEqual(offers)
})

test('where wildcards bring nothing retained, the page that shows it is a click away', () => {
  expect(adviceOn('cmd/+/state', DT)?.page?.href).toBe('/retained-messages?prefix=cmd/')
})

test('what is subscribed to already is not offered', () => {
  expect(adviceOn('#', [{ filter: '$aws/events/#', qos: 0 }])?.offers).toEqual(['$aws/things/+/shadow/#'])
  expect(adviceOn('cmd/pump-1', DT)).toBeUndefined()
})
