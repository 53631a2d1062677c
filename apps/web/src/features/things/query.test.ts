import { describe, expect, test } from 'vitest'
import { notIndexed } from './fields.ts'
import { isInTokens, thingsFilter } from './filter.ts'
import { readJob, requireJob } from './job-filter.ts'
import { readQuery, registrySearch, wholeQuery, withCondition } from './query.ts'
import { type ThingsFilter, validateThingsSearch } from './search.ts'

const FILTER = thingsFilter()

const token = (propertyKey: string | undefined, operator: string, value: string) => ({
  ...(propertyKey === undefined ? {} : { propertyKey }),
  operator,
  value,
})

describe('tokens and what they look for', () => {
  test.each<[ReturnType<typeof token>[], ThingsFilter, string]>([
    [[], {}, 'nothing'],
    [[token('thingTypeName', '=', 'pump')], { query: 'thingTypeName:pump' }, 'a type'],
    [[token(undefined, ':', 'ump')], { query: 'thingName:*ump*' }, 'a text is a part of a name'],
    [[token(undefined, ':', 'main:pump')], { query: 'thingName:*main\\:pump*' }, 'a name may have a colon'],
    [[token(undefined, ':', 'pump*')], { query: 'thingName:pump*' }, 'a beginning, as people write it'],
    [
      [token(undefined, ':', 'shadow.reported.battery < 20')],
      { query: 'shadow.reported.battery < 20' },
      'a query is one, wherever it is typed',
    ],
    [[token('connectivity.connected', '!=', 'true')], { query: 'NOT connectivity.connected:true' }, 'a negation'],
    [
      [token('within', '=', '1h'), token('thingName', '^', 'a')],
      { query: 'thingName:a*', within: '1h' },
      'a span has no word in a query',
    ],
    [[token('within', '=', '9y')], {}, 'a span that is none'],
    [
      [token('job', '=', ' fw-2 FAILED '), token('thingName', '^', 'a')],
      { query: 'thingName:a*', job: 'fw-2 FAILED' },
      'a job has no word in a query',
    ],
    [
      [token('connectivity.timestamp', '>', '2026-03-09T12:00:00Z')],
      { query: 'connectivity.timestamp > 1773057600000' },
      'a moment',
    ],
    [[token('any', '=', 'north')], { query: 'north' }, 'any field'],
    [
      [token('attributes.site', '=', 'hall/2'), token('any', '!^', '/a')],
      { query: 'attributes.site:hall?2 AND NOT *', meant: ['attributes.site = hall/2', '* !^ /a'] },
      'what a query has no place for is kept beside it',
    ],
    [[token('attributes.site', '=', '*')], { query: 'attributes.site:*' }, 'has the attribute'],
  ])('%j → %j (%s)', (tokens, expected) => {
    expect(FILTER.fromQuery({ tokens, operation: 'and' })).toEqual({ ...FILTER.none, ...expected })
  })

  test('a span among which any is enough becomes a moment', () => {
    const { query, within } = FILTER.fromQuery({
      operation: 'or',
      tokens: [token('thingTypeName', '=', 'pump'), token('within', '=', '1h')],
    })
    expect(within).toBeUndefined()
    expect(query).toMatch(/^thingTypeName:pump OR connectivity\.timestamp > \d{13}$/)
  })

  test('a job holds beside that of which any is enough, as far as tokens can say it', () => {
    const filter = { query: 'thingName:a OR thingName:b', job: 'fw-2' }
    const shown = FILTER.toQuery(filter)
    expect(shown).toMatchObject({ operation: 'and', tokenGroups: [{ operation: 'or' }, { propertyKey: 'job' }] })
    expect(FILTER.fromQuery(shown)).toMatchObject({ query: '(thingName:a OR thingName:b)', job: 'fw-2' })
    expect(isInTokens(filter)).toBe(true)
    expect(isInTokens({ ...filter, query: 'thingName:a OR (thingName:b AND thingName:c)' })).toBe(false)
  })

  test.each<ThingsFilter>([
    {},
    { query: 'thingTypeName:pump AND (attributes.site:a OR attributes.site:b)', within: '24h' },
    { query: 'thingTypeName:pump OR (thingName:x* AND NOT attributes.site:b)' },
    { query: 'thingName:x*', job: 'fw-2' },
    {
      query: 'attributes.at:* AND (attributes.site:hall?2 OR attributes.site:hall?3)',
      meant: ['attributes.at = /dev', 'attributes.site = hall/2'],
    },
  ])('%j and back', (filter) => {
    expect(FILTER.fromQuery(FILTER.toQuery(filter))).toEqual({ ...FILTER.none, ...filter })
  })

  test('what is more than conditions has no tokens', () => {
    expect(FILTER.toQuery({ query: 'NOT (a:1 OR b:2)' }).tokenGroups).toEqual([])
    expect(FILTER.toQuery({ query: 'a:(' }).tokenGroups).toEqual([])
  })
})

test.each([
  [{ type: 'pump', connection: 'connected' }, 'thingTypeName:pump AND connectivity.connected:true'],
  [{ a: ['site=a=b', 'at^b'], has: 'x' }, 'thingName:*x* AND attributes.site:"a=b" AND attributes.at:b*'],
  [{ query: 'a:1 OR b:2', type: 'pump' }, '(a:1 OR b:2) AND thingTypeName:pump'],
  [{ query: 'a:1 OR b:2' }, 'a:1 OR b:2'],
  [{ connection: 'perhaps' }, undefined],
])('a link with %j asks for %s', (raw, query) => {
  expect(validateThingsSearch(raw).query).toBe(query)
})

test.each<[Record<string, unknown>, ThingsFilter]>([
  [
    { a: ['site=hall/2', 'at^b'] },
    { query: 'attributes.site:hall?2 AND attributes.at:b*', meant: ['attributes.site = hall/2'] },
  ],
  // A query as somebody wrote it means what it says.
  [{ query: 'attributes.site:hall?2' }, { query: 'attributes.site:hall?2' }],
  [
    { query: 'NOT (thingName:a OR attributes.site:hall?2)', meant: 'attributes.site = hall/2' },
    { query: 'NOT (thingName:a OR attributes.site:hall?2)', meant: ['attributes.site = hall/2'] },
  ],
  // What the query no longer says is no longer meant.
  [{ query: 'attributes.site:hall?23', meant: 'attributes.site = hall/2' }, { query: 'attributes.site:hall?23' }],
  [{ query: 'attributes.site:hall', meant: ['attributes.site = hall', 'x'] }, { query: 'attributes.site:hall' }],
])('an address with %j keeps what was meant', (raw, expected) => {
  expect(validateThingsSearch(raw)).toMatchObject({ ...expected })
  expect(validateThingsSearch(raw).meant).toEqual(expected.meant)
})

test.each([
  [undefined, 'thingTypeName:pump'],
  ['a:1', 'a:1 AND thingTypeName:pump'],
  ['a:1 OR b:2', '(a:1 OR b:2) AND thingTypeName:pump'],
  ['NOT (a:1)', 'NOT a:1 AND thingTypeName:pump'],
  ['NOT (a:1 OR b:2)', '(NOT (a:1 OR b:2)) AND thingTypeName:pump'],
])('%s and a condition is %s', (query, expected) => {
  expect(withCondition(query, { field: 'thingTypeName', operator: '=', value: 'pump' })).toBe(expected)
})

test('a whole query has a moment in place of the span', () => {
  expect(wholeQuery({ query: 'a:1', within: '1h' }, 3_600_001)).toBe('a:1 AND connectivity.timestamp > 1')
  expect(wholeQuery({}, 0)).toBe('*')
})

test.each<[ThingsFilter, object, string[]]>([
  [{}, {}, []],
  [
    { query: 'thingName:*ump* AND thingTypeName:pump AND attributes.a:b*' },
    { has: 'ump', type: 'pump', attributes: [{ name: 'a', operator: '^', value: 'b' }] },
    [],
  ],
  [
    { query: 'thingGroupNames:north AND connectivity.connected:false AND thingTypeName:pump', within: '1h' },
    { type: 'pump' },
    ['connection changed within 1h', 'group north', 'connection disconnected'],
  ],
  [{ query: 'a:1 OR b:2' }, {}, ['a:1 OR b:2']],
  [
    { query: 'attributes.a:b?c', meant: ['attributes.a = b/c'] },
    { attributes: [{ name: 'a', operator: '=', value: 'b/c' }] },
    [],
  ],
  [{ query: 'attributes.a:* AND thingName:a*b' }, {}, ['a any value', 'name : a*b']],
  [{ query: 'a:(' }, {}, ['a:(']],
])('without an index, %j asks the registry for %j', (filter, expected, leftOut) => {
  expect(registrySearch(filter)).toEqual({ filter: { attributes: [], ...expected }, leftOut })
})

test('what is not indexed is known before it is searched', () => {
  const read = readQuery(
    'connectivity.connected:true shadow.name.config.reported.a:1 shadow.reported.b > 2 thingName:a',
  )
  const fields = read.error ? [] : read.fields
  const status = { status: 'ACTIVE', connectivity: false } as const
  expect(notIndexed(fields, status)).toEqual({
    connectivity: true,
    shadows: true,
    namedShadows: ['config'],
    fields: ['connectivity.connected', 'shadow.name.config.reported.a', 'shadow.reported.b'],
  })
  expect(notIndexed(fields, { ...status, connectivity: true, shadows: true, namedShadows: ['config'] })).toBeUndefined()
})

test('a job is its id, or its id and a status; what is neither is said', () => {
  expect(readJob('fw-2')).toEqual({ jobId: 'fw-2' })
  expect(requireJob('fw-2 failed')).toEqual({ jobId: 'fw-2', jobStatus: 'FAILED' })
  expect(() => requireJob('fw-2 broken')).toThrow(/‘fw-2 FAILED’\. Statuses are QUEUED, /)
})
