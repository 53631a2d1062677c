import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '../../shared/search-params.ts'
import { fromRange, toRange } from '../../shared/time-range.ts'
import { fromQuery, toApiQuery, toQuery } from './filter.ts'
import { type ActivityFilter, validateActivitySearch } from './search.ts'

const FILTER: ActivityFilter = {
  thing: 'pump-7',
  shadow: '(classic)',
  person: 'Ada',
  action: 'UpdateThingShadow',
  outcome: 'refused',
  bulkChange: 'j-1',
  from: '2026-11-22T10:00:00.000Z',
  to: '2026-11-22T11:00:00.000Z',
}

test('every filter survives the address and the field', () => {
  expect(validateActivitySearch(parseSearch(stringifySearch({ ...FILTER })))).toEqual(FILTER)
  const { from, to, ...tokens } = FILTER
  expect(fromQuery(toQuery(FILTER))).toEqual(tokens)
  expect(fromRange(toRange(FILTER, 0))).toEqual({ from, to, last: undefined })
  expect(fromRange(toRange({ last: '24h' }, 0))).toEqual({ last: '24h', from: undefined, to: undefined })
  expect(toQuery({}).tokens).toEqual([])
})

test('what an address cannot mean is left out', () => {
  expect(validateActivitySearch({ outcome: 'maybe', last: '3y', from: 'yesterday', look: 'x', thing: '' })).toEqual({})
})

test('a text without a property is a thing, and the last token of a kind counts', () => {
  const token = (value: string, propertyKey?: string) => ({ operator: '=', value, ...(propertyKey && { propertyKey }) })
  const { thing, person } = fromQuery({
    operation: 'and',
    tokens: [token('a'), token(' pump-7 '), token('Ada', 'person')],
  })
  expect({ thing, person }).toEqual({ thing: 'pump-7', person: 'Ada' })
})

test('a span counts back from now', () => {
  const nowMs = Date.parse('2026-11-22T12:00:00.000Z')
  expect(toApiQuery({ last: '1h', thing: 'a' }, nowMs)).toEqual({ thing: 'a', from: '2026-11-22T11:00:00.000Z' })
})
