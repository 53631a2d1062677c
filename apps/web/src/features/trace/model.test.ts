import type { IotLogEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { matchesOf, notLogged, placeOf, sinceStart, traceOf } from './model.ts'

const START_MS = Date.UTC(2026, 2, 4, 5, 6, 7)

const entry = (afterMs: number, eventType: string, members: Partial<IotLogEntry> = {}): IotLogEntry => ({
  eventId: `${eventType} ${afterMs} ${members.clientId ?? ''}`,
  at: new Date(START_MS + afterMs).toISOString(),
  loggedAt: new Date(START_MS + afterMs).toISOString(),
  logStreamName: 's',
  message: '{}',
  eventType,
  logLevel: 'INFO',
  status: 'Success',
  traceId: 't',
  ...members,
})
const failed = { status: 'Failure', logLevel: 'ERROR' }

test('a message: who caused it, what became of it for each receiver, what rules did', () => {
  const trace = traceOf([
    entry(3, 'RuleExecution', { ruleName: 'to-table', ruleAction: 'DynamoAction', ...failed, details: 'no' }),
    entry(2, 'Publish-Out', { clientId: 'b', ...failed, reason: 'AUTHORIZATION_FAILURE' }),
    entry(1, 'Queued', { clientId: 'c' }),
    entry(0, 'Publish-Out', { clientId: 'a' }),
    entry(0, 'Publish-In', { clientId: 'pump-7' }),
    entry(2, 'RuleMatch', { ruleName: 'to-table' }),
    entry(9_000, 'Publish-Out', { clientId: 'c' }),
    entry(1, 'UpdateThingShadow', { thingName: 'pump-7' }),
    entry(1, 'Queued', { clientId: 'd', ...failed }),
  ])
  expect(trace.cause?.clientId).toBe('pump-7')
  expect(trace.entries[0]?.eventType).toBe('Publish-In')
  expect(trace.deliveries.map(({ clientId, fate }) => [clientId, fate])).toEqual([
    ['a', 'delivered'],
    ['c', 'delivered'],
    ['d', 'lost'],
    ['b', 'refused'],
  ])
  expect(trace.rules).toMatchObject([{ ruleName: 'to-table', match: {}, steps: [{ ruleAction: 'DynamoAction' }] }])
  expect(trace.shadows).toHaveLength(1)
  const last = trace.entries.at(-1)
  expect(last && [placeOf(last, trace), sinceStart(last, trace)]).toEqual([1, '+9.000 s'])
  expect(trace.entries[0] && sinceStart(trace.entries[0], trace)).toBe('+0 ms')
})

test('what the level leaves out is said, and nothing where it does not', () => {
  const refused = traceOf([entry(0, 'Publish-Out', { clientId: 'b', ...failed })])
  expect(notLogged(refused, 'ERROR')).toEqual([
    expect.stringContaining('Who published it'),
    expect.stringContaining('To whom it went'),
    expect.stringContaining('Which rules matched'),
  ])
  expect(notLogged(refused, 'INFO')).toEqual([])
  expect(notLogged(refused, undefined)).toEqual([])
  const delivered = traceOf([entry(0, 'Publish-In'), entry(1, 'Publish-Out', { clientId: 'a' })])
  expect(notLogged(delivered, 'DISABLED')).toEqual([expect.stringContaining('Which rules matched')])
})

test('the publish right before is likelier than one after, however near', () => {
  const found = matchesOf([entry(-900, 'Publish-In'), entry(-100, 'Publish-In'), entry(50, 'Publish-In')], START_MS)
  expect(found.map(({ beforeMs }) => beforeMs)).toEqual([100, -50, 900])
})
