import { expect, test } from 'vitest'
import { fromQuery, NO_FILTER, toQuery } from './filter.ts'
import type { ThingsFilter } from './search.ts'

const token = (propertyKey: string | undefined, operator: string, value: string) => ({
  ...(propertyKey === undefined ? {} : { propertyKey }),
  operator,
  value,
})

type Row = [ReturnType<typeof token>[], ThingsFilter, string]

test.each<Row>([
  [[], {}, 'nothing'],
  [[token('type', '=', 'pump'), token('type', '=', 'lamp')], { type: 'lamp' }, 'a thing has one type: the last'],
  [[token(undefined, ':', 'ump')], { has: 'ump' }, 'a text is a part of a name'],
  [[token(undefined, ':', '*ump*')], { has: 'ump' }, 'as people write it'],
  [[token(undefined, ':', 'pump*')], { begins: 'pump' }, 'a beginning'],
  [[token('name', '^', 'pu'), token('name', ':', 'mp')], { has: 'mp' }, 'one condition on the name: the last'],
  [[token('name', '=', 'pump-7'), token('type', '=', 'pump')], { name: 'pump-7', type: 'pump' }, 'all have to hold'],
  [[token('connection', '=', 'connected')], { connection: 'connected' }, 'connected'],
  [[token('connection', '=', 'perhaps')], {}, 'a connection that is none'],
  [
    [token('attribute:site', '=', 'a'), token('attribute:at', '^', 'b'), token('attribute:site', '=', 'a')],
    { a: ['site=a', 'at^b'] },
    'several attributes, each once',
  ],
])('%j → %j (%s)', (tokens, expected) => {
  expect(fromQuery({ tokens, operation: 'and' })).toEqual({ ...NO_FILTER, ...expected })
})

test.each<ThingsFilter>([
  {},
  { name: 'pump-7' },
  { begins: 'pump', type: 'pump', group: 'north', connection: 'disconnected', a: ['site=a=b', 'at^b'] },
])('%j and back', (filter) => {
  expect(fromQuery(toQuery(filter))).toEqual({ ...NO_FILTER, ...filter })
})
