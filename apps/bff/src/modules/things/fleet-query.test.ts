import { expect, test } from 'vitest'
import { type FleetFilter, formatQuery, isExactQuery, matchesExactly, parseAttributeFilter } from './fleet-query.ts'

const attribute = (name: string, operator: '=' | '^', value: string): FleetFilter => ({
  attributes: [{ name, operator, value }],
})

test.each<[filter: FleetFilter, query: string, why: string]>([
  [{}, '*', 'no filter is everything'],
  [{ name: 'pump-7' }, 'thingName:"pump-7"', 'a whole name'],
  [{ name: 'AND' }, 'thingName:"AND"', 'a name that is an operator'],
  [{ namePrefix: 'pump-' }, 'thingName:pump-*', 'the beginning of a name'],
  [{ nameContains: 'a:b' }, 'thingName:*a\\:b*', 'a colon belongs to the name, not to the syntax'],
  [{ namePrefix: '-x' }, 'thingName:\\-x*', 'a hyphen in front would mean NOT'],
  [
    { thingTypeName: 'pump', thingGroupName: 'hall-1', connected: false },
    'thingTypeName:"pump" thingGroupNames:"hall-1" connectivity.connected:false',
    'terms without an operator all have to hold',
  ],
  [
    { disconnectReason: 'CONNECTION_LOST', changedAfter: '2026-03-09T12:00:00.5+01:00' },
    'connectivity.disconnectReason:"CONNECTION_LOST" connectivity.timestamp > 1773054000500',
    'why and since when',
  ],
  [attribute('site', '=', 'hall-2'), 'attributes.site:"hall-2"', 'an attribute'],
  [attribute('site', '^', 'hall'), 'attributes.site:hall*', 'the beginning of one'],
  [attribute('at', '=', 'a/b,c'), 'attributes.at:a?b?c', 'the syntax has no / and no ,'],
  [attribute('at', '=', '1/2/3/4/5/6/7'), 'attributes.at:1?2?3?4?5?6*', 'and at most 5 ? a term'],
  [attribute('at', '^', '1/2/3/4/5/6/7'), 'attributes.at:1?2?3?4?5?6*', 'in a beginning too'],
  [attribute('at', '=', '/a'), 'attributes.at:*', 'no value begins with a ?: whatever has the attribute'],
  [attribute('at', '^', '/a'), 'attributes.at:*', 'nor does the beginning of one'],
  [attribute('a,b', '=', 'x'), 'attributes.a\\,b:"x"', 'a field has no wildcards'],
  [attribute('v', '=', '[1]'), 'attributes.v:"[1]"', 'a bracket is no range in quotation marks'],
  [attribute('v', '^', '[1'), 'attributes.v:\\[1*', 'nor behind a backslash'],
])('%j → %s (%s)', (filter, query) => {
  expect(formatQuery(filter)).toBe(query)
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

test.each([
  [{}, true],
  [{ nameContains: 'a:b' }, true],
  [attribute('site', '=', 'hall-2'), true],
  [attribute('at', '=', 'a/b'), false],
])('the query of %j finds nothing else: %s', (filter, isExact) => {
  expect(isExactQuery(filter)).toBe(isExact)
})
