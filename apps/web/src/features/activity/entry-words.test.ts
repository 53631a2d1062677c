import type { AuditEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { doubtsOf, summaryOf } from './entry-words.ts'

const entry = (change: Partial<AuditEntry>): AuditEntry => ({
  id: '1-0',
  time: '2026-11-22T10:00:00.000Z',
  person: { id: 'p', name: 'Ada', role: 'operator' },
  action: 'UpdateThingShadow',
  resource: { type: 'shadow', id: 'pump-7' },
  requestId: 'r',
  outcome: { status: 200 },
  ...change,
})
const path = '$.desired.on'

test.each([
  [{ changes: [{ path, beforeText: '1', afterText: '2' }] }, 'desired.on 1 → 2'],
  [{ changes: [{ path, afterText: '2' }] }, 'desired.on – → 2'],
  [{ changes: [{ path, afterText: '2' }], isBeforeUnknown: true as const }, 'desired.on ? → 2'],
  [{ changes: [{ path, beforeText: '1' }] }, 'desired.on 1 → removed'],
  [{ changes: [{ path, beforeText: '1' }, { path }], changesLeftOut: 3 }, 'desired.on 1 → removed and 4 more'],
  [{ changes: [] }, 'no value changed'],
  [{}, ''],
  [{ changes: [{ path: '$["a b"]', afterText: `"${'x'.repeat(40)}"` }] }, `["a b"] – → "${'x'.repeat(22)}…`],
])('%j in a line: %s', (change, words) => {
  expect(summaryOf(entry(change))).toBe(words)
})

test.each([
  [{}, []],
  [{ beforeVersion: 4, version: 5 }, []],
  [{ beforeVersion: 4, version: 7 }, [/Somebody else wrote in between: .* version 4, this made version 7/]],
  [{ beforeVersion: 4, version: 7, action: 'DeleteThingShadow' }, []],
  [{ reportedByPage: true as const }, [/By the word of the person's page/]],
  [{ isBeforeUnknown: true as const, changesLeftOut: 2 }, [/could not be read/, /2 further changes/]],
  [{ outcome: { status: 409, code: 'ConflictException' }, changes: [{ path }] }, [/nothing of this was changed/]],
])('what is not for sure of %j', (change, expected) => {
  const doubts = doubtsOf(entry(change))
  expect(doubts).toHaveLength(expected.length)
  for (const [index, pattern] of expected.entries()) expect(doubts[index]).toMatch(pattern)
})
