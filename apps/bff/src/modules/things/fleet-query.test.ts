import { expect, test } from 'vitest'
import { type FleetFilter, formatQuery, matchesExactly, parseAttributeFilter } from './fleet-query.ts'

const attribute = (name: string, operator: '=' | '^', value: string): FleetFilter => ({
  attributes: [{ name, operator, value }],
})

test.each<[filter: FleetFilter, query: string, why: string]>([
  [{}, '*', 'no filter is everything'],
  [{ name: 'pump-7' }, 'thingName:pump-7', 'a whole name'],
  [{ namePrefix: 'pump-' }, 'thingName:pump-*', 'the beginning of a name'],
  [{ nameContains: 'a:b' }, 'thingName:*a\\:b*', 'a colon belongs to the name, not to the syntax'],
  [
    { thingTypeName: 'pump', thingGroupName: 'hall-1', connected: false },
    'thingTypeName:pump AND thingGroupNames:hall-1 AND connectivity.connected:false',
    'all have to hold',
  ],
  [
    { disconnectReason: 'CONNECTION_LOST', changedAfter: '2026-03-09T12:00:00.5+01:00' },
    'connectivity.disconnectReason:CONNECTION_LOST AND connectivity.timestamp > 1773054000500',
    'why and since when',
  ],
  [attribute('site', '=', 'hall-2'), 'attributes.site:hall-2', 'an attribute'],
  [attribute('site', '^', 'hall'), 'attributes.site:hall*', 'the beginning of one'],
  [{ names: ['a'], connected: true }, 'thingName:a AND connectivity.connected:true', 'one name'],
  [{ names: ['a', 'b'], query: 'c:1' }, '(c:1) AND (thingName:a OR thingName:b)', 'one of some names'],
  [{ query: 'a:1 OR b:2' }, 'a:1 OR b:2', 'a query as somebody wrote it'],
  [{ query: 'a:1 OR b:2', namePrefix: 'x' }, '(a:1 OR b:2) AND thingName:x*', 'and more'],
])('%j → %s (%s)', (filter, query) => {
  expect(formatQuery(filter)).toBe(query)
})

test.each(['thingName:abc~1', '/re/'])('%s is refused by AWS, in its own words', (query) => {
  expect(formatQuery({ query, namePrefix: 'x' })).toBe(`(${query}) AND thingName:x*`)
})

test.each(['a:1) OR (b:2', '(a:1', 'a:1 OR', ')'])('%s is no query, and becomes none with more behind it', (query) => {
  expect(formatQuery({ query })).toBe(query) // AWS says so itself
  expect(() => formatQuery({ query, namePrefix: 'x' })).toThrow(/^query: Unable to parse query, invalid syntax/)
})

test.each([
  [{ at: 'a/b' }, '=', 'a/b', true],
  [{ at: 'a-b' }, '=', 'a/b', false],
  [{ at: 'A/B' }, '=', 'a/b', true],
  [{ at: 'a/b/c' }, '^', 'a/b', true],
  [{ at: 'a,b/c' }, '^', 'a/b', false],
  [{}, '=', 'a/b', false],
] as const)('%j %s %s: %s', (attributes, operator, value, expected) => {
  expect(matchesExactly({ attributes }, attribute('at', operator, value))).toBe(expected)
})

test.each([
  ['site=hall-2', { name: 'site', operator: '=', value: 'hall-2' }],
  ['site^hall', { name: 'site', operator: '^', value: 'hall' }],
  ['k=a=b', { name: 'k', operator: '=', value: 'a=b' }],
  ['site', undefined],
  ['site=', undefined],
  ['=x', undefined],
])('%s is %j', (text, expected) => {
  expect(parseAttributeFilter(text)).toEqual(expected)
})
