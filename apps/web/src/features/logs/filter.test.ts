import { expect, test } from 'vitest'
import { isOpenEnded } from '../../shared/iot-logs/log-pages.ts'
import { parseSearch, stringifySearch } from '../../shared/search-params.ts'
import { LOGS_FILTER, rangeOf, toCriteria } from './filter.ts'
import { type LogsFilter, type LogsSearch, validateLogsSearch } from './search.ts'

const TOKENS: LogsFilter = {
  client: 'pump-7',
  thing: 'pump-7',
  topic: 'dt/+/#',
  event: 'Publish-In',
  level: 'ERROR',
  status: 'Failure',
  reason: 'AUTHORIZATION_FAILURE',
  trace: 't-1',
  rule: 'to-table',
  principal: 'ab12',
  ip: '198.51.100.20',
  text: 'Authorization',
}
const WHOLE: LogsSearch = { ...TOKENS, group: 'mine/logs', last: '24h', tail: '1', look: ['1772600767089.38'] }

test('every part of the view survives the address and the field', () => {
  expect(validateLogsSearch(parseSearch(stringifySearch({ ...WHOLE })))).toEqual(WHOLE)
  expect(LOGS_FILTER.fromQuery(LOGS_FILTER.toQuery(TOKENS))).toEqual(TOKENS)
})

test('what an address cannot mean is left out', () => {
  const raw = { level: 'LOUD', status: 'no', last: '3y', from: 'then', tail: 'yes', look: 'x', client: '' }
  expect(validateLogsSearch(raw)).toEqual({})
})

test('a text without a property is looked for in the whole entry', () => {
  const { text } = LOGS_FILTER.fromQuery({ operation: 'and', tokens: [{ operator: ':', value: ' refused ' }] })
  expect(text).toBe('refused')
})

const NOW_MS = Date.UTC(2026, 2, 4, 12)

test.each<[LogsFilter, string, string, boolean]>([
  [{}, '2026-03-04T11:00:00.000Z', '2026-03-04T12:00:00.000Z', true],
  [{ last: '15m' }, '2026-03-04T11:45:00.000Z', '2026-03-04T12:00:00.000Z', true],
  [{ from: '2026-03-01T00:00:00Z' }, '2026-03-01T00:00:00.000Z', '2026-03-04T12:00:00.000Z', true],
  [
    { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
    '2026-03-01T00:00:00.000Z',
    '2026-03-02T00:00:00.000Z',
    false,
  ],
  [{ to: '2026-03-02T00:00:00Z' }, '2026-03-01T23:00:00.000Z', '2026-03-02T00:00:00.000Z', false],
])('%j is from %s to %s', (filter, from, to, goesOn) => {
  const range = rangeOf(filter, NOW_MS)
  expect([new Date(range.fromMs).toISOString(), new Date(range.toMs).toISOString()]).toEqual([from, to])
  expect(isOpenEnded(filter)).toBe(goesOn)
})

test('the API is asked for what the filter says, and for nothing else', () => {
  const asked = Object.entries(toCriteria({ event: 'Connect', level: 'ERROR', client: 'a' }))
  expect(asked.filter(([, value]) => value !== undefined)).toEqual([
    ['clientId', 'a'],
    ['eventTypes', ['Connect']],
    ['levels', ['ERROR']],
  ])
})
