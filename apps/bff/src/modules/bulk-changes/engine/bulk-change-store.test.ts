import type { BulkChange } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { withUnansweredUpdate } from '../../../../test/unanswered-update.ts'
import { BulkChangeStore } from './bulk-change-store.ts'
import { type KeptLine, summaryOf } from './kept-bulk-change.ts'

const AT = '2030-01-01T00:00:00.000Z'
const LINES: readonly KeptLine[] = [{ target: 'fan', outcome: 'waiting' }]

test.each([true, false])(
  'one of which nobody answered that it was kept is there if it was (%s), and else not',
  async (isKept) => {
    const store = new BulkChangeStore(withUnansweredUpdate('bulk-changes', isKept))
    const bulkChange: BulkChange = {
      bulkChangeId: 'one',
      request: { change: { kind: 'tags', set: {}, remove: ['a'] }, dryRun: false },
      startedBy: 'Ada',
      startedAt: AT,
      state: 'running',
      ...summaryOf(LINES),
    }
    const starter = { person: { id: 'ada', name: 'Ada', role: 'admin' as const }, requestId: 'r-1' }
    const head = { bulkChange, starter, wanted: 'go' as const, workedAt: AT }
    const created = await store.create(head, { lines: LINES }, () => {}).catch((error: Error) => error.message)
    expect(created).toEqual(isKept ? { ...head, chunks: 1 } : 'no answer')
    expect(await store.list()).toEqual(isKept ? [bulkChange] : [])
    expect(await store.head('one')).toEqual(isKept ? { ...head, chunks: 1 } : undefined)
    expect(await store.lines({ ...head, chunks: 1 })).toEqual(isKept ? LINES : [])
  },
)
