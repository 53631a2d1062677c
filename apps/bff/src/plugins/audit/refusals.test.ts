import { expect, test } from 'vitest'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import { Refusals } from './refusals.ts'

const MINUTE_MS = 60_000

function start() {
  const told: NewAuditEntry[] = []
  const timers: { atMs: number; action: () => void }[] = []
  let nowMs = Date.parse('2026-11-22T10:00:00.000Z')
  const clock = {
    nowMs: () => nowMs,
    after: (delayMs: number, action: () => void) => void timers.push({ atMs: nowMs + delayMs, action }),
  }
  const pass = (ms: number) => {
    nowMs += ms
    for (const timer of timers.splice(0)) timer.atMs <= nowMs ? timer.action() : timers.push(timer)
  }
  return { told, pass, refusals: new Refusals(clock, async (entry) => void told.push(entry)) }
}

const refusal = (change: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  person: { id: 'p-1', name: 'Vera', role: 'viewer' },
  action: 'UpdateThingShadow',
  requestId: 'r-1',
  outcome: { status: 403, code: 'ROLE_REQUIRED' },
  ...change,
})

test('the first is told of at once, and those that follow within a minute as one', () => {
  const { told, pass, refusals } = start()
  expect(refusals.count(refusal())).toBe(false)
  for (let n = 2; n <= 40; n += 1) expect(refusals.count(refusal({ requestId: `r-${n}` }))).toBe(true)
  expect(told).toEqual([])
  pass(MINUTE_MS)
  const since = '2026-11-22T10:00:00.000Z'
  expect(told).toEqual([refusal({ requestId: 'r-40', repeated: { times: 39, since } })])
})

test('whoever goes on for an hour has an entry a minute; whoever stops has none more', () => {
  const { told, pass, refusals } = start()
  refusals.count(refusal())
  for (let minute = 0; minute < 60; minute += 1) {
    for (let n = 0; n < 100; n += 1) expect(refusals.count(refusal())).toBe(true)
    pass(MINUTE_MS)
  }
  expect(told).toHaveLength(60)
  pass(MINUTE_MS)
  expect(told).toHaveLength(60)
  expect(refusals.count(refusal())).toBe(false) // the first again
})

test.each<[what: string, change: Partial<NewAuditEntry>]>([
  ['another person', { person: { id: 'p-2', name: 'Vera', role: 'viewer' } }],
  ['another action', { action: 'DeleteThingShadow' }],
  ['another reason', { outcome: { status: 403, code: 'FOREIGN_ORIGIN' } }],
  ['another resource', { resource: { type: 'shadow', id: 'pump-1' } }],
  ['what was done', { outcome: { status: 200 } }],
  ['a thing of a bulk change', { bulkChangeId: 'b-1' }],
])('%s is another kind', (_what, change) => {
  const { refusals } = start()
  refusals.count(refusal())
  expect(refusals.count(refusal(change))).toBe(false)
})

test('nothing that is counted is lost at the end', async () => {
  const { told, refusals } = start()
  refusals.count(refusal())
  refusals.count(refusal())
  await refusals.flush()
  expect(told).toMatchObject([{ repeated: { times: 1 } }])
})
