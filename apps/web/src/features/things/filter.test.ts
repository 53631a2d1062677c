import { expect, test } from 'vitest'
import { fromQuery, toQuery } from './filter.ts'
import type { ThingsFilter } from './search.ts'

const token = (propertyKey: string | undefined, value: string) => ({
  ...(propertyKey === undefined ? {} : { propertyKey }),
  operator: '=',
  value,
})

test.each<[ReturnType<typeof token>[], ThingsFilter, string]>([
  [[], {}, 'nothing'],
  [[token(undefined, 'pump-7')], { name: 'pump-7' }, 'a text is a name'],
  [[token('type', 'pump'), token('type', 'lamp')], { type: 'lamp' }, 'AWS filters by one type: the last'],
  [
    [token('attribute:site', 'hall-2'), token('attribute:model', 'x1')],
    { attr: 'model', value: 'x1' },
    'AWS filters by one attribute: the last',
  ],
  [[token('type', 'pump'), token('attribute:site', 'a')], { type: 'pump', attr: 'site', value: 'a' }, 'both'],
  [[token('type', 'pump'), token(undefined, 'pump-7')], { name: 'pump-7' }, 'a name stands alone'],
  [[token('name', 'pump-7'), token('type', 'pump')], { type: 'pump' }, 'and gives way to a filter added later'],
])('%j → %j (%s)', (tokens, expected) => {
  expect(fromQuery({ tokens, operation: 'and' })).toEqual({
    name: undefined,
    type: undefined,
    attr: undefined,
    value: undefined,
    ...expected,
  })
})

test.each([{}, { name: 'pump-7' }, { type: 'pump', attr: 'site', value: 'a' }])('%j and back', (filter) => {
  expect(fromQuery(toQuery(filter))).toMatchObject(filter)
})
