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
  [[token(undefined, '=', 'pump-7')], { name: 'pump-7' }, 'a text is a name'],
  [[token(undefined, '=', 'pump-7*')], { name: 'pump-7' }, 'wildcards do nothing here'],
  [[token('type', '=', 'pump'), token('type', '=', 'lamp')], { type: 'lamp' }, 'AWS filters by one type: the last'],
  [
    [token('attribute:site', '=', 'hall-2'), token('attribute:model', '^', 'x1')],
    { a: ['model^x1'] },
    'AWS filters by one attribute: the last',
  ],
  [[token('type', '=', 'pump'), token('attribute:site', '=', 'a')], { type: 'pump', a: ['site=a'] }, 'both'],
  [[token('type', '=', 'pump'), token(undefined, '=', 'pump-7')], { name: 'pump-7' }, 'a name stands alone'],
  [[token('name', '=', 'pump-7'), token('type', '=', 'pump')], { type: 'pump' }, 'and gives way to a later filter'],
])('in the registry, %j → %j (%s)', (tokens, expected) => {
  expect(fromQuery({ tokens, operation: 'and' }, 'registry')).toEqual({ ...NO_FILTER, ...expected })
})

test.each<Row>([
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
])('in the index, %j → %j (%s)', (tokens, expected) => {
  expect(fromQuery({ tokens, operation: 'and' }, 'index')).toEqual({ ...NO_FILTER, ...expected })
})

test.each<ThingsFilter>([
  {},
  { name: 'pump-7' },
  { begins: 'pump', type: 'pump', group: 'north', connection: 'disconnected', a: ['site=a=b', 'at^b'] },
])('%j and back', (filter) => {
  expect(fromQuery(toQuery(filter), 'index')).toEqual({ ...NO_FILTER, ...filter })
})
