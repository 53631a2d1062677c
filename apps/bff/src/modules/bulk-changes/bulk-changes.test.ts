import type { BulkChange, ShadowChange } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { MemoryDocuments } from '../../stores/documents/memory-documents.ts'
import { BulkChanges } from './bulk-changes.ts'
import { BulkChangeStore } from './engine/bulk-change-store.ts'
import { type KeptLine, summaryOf } from './engine/kept-bulk-change.ts'
import type { Kinds } from './kinds/kinds.ts'
import { createShadowKind } from './kinds/shadow-kind.ts'

const CHANGE: ShadowChange = { kind: 'shadow', path: ['speed'], valueText: '2' }
const STARTER = { person: { id: 'ada', name: 'Ada', role: 'operator' as const }, requestId: 'r-1' }
const AT = '2030-01-01T00:00:00.000Z'

/** One that has come to its end with these lines, where nobody works on bulk changes. */
async function ended(lines: readonly KeptLine[], state: BulkChange['state']) {
  const store = new BulkChangeStore(new MemoryDocuments())
  const bulkChange: BulkChange = {
    bulkChangeId: 'one',
    request: { change: CHANGE, dryRun: false },
    startedBy: 'Ada',
    startedAt: AT,
    endedAt: AT,
    state,
    ...summaryOf(lines),
  }
  await store.create({ bulkChange, starter: STARTER, wanted: 'cancel', workedAt: AT }, { lines }, () => {})
  const kind = createShadowKind({
    shadows: {
      get: () => Promise.reject(new Error('not asked')),
      update: () => Promise.reject(new Error('not asked')),
    },
    arns: { shadow: ({ thingName }) => ({ type: 'shadow', id: thingName }) },
  })
  const bulkChanges = new BulkChanges({
    store,
    engine: { live: () => undefined, look: async () => {} },
    // All changes here are of the one kind.
    kinds: { of: () => kind as ReturnType<Kinds['of']>, check: () => {} },
    clock: { nowMs: () => Date.parse(AT), after: () => {} },
    newId: () => 'other',
  })
  return { bulkChanges, store }
}

const changes = [{ path: '$.desired.speed', beforeText: '1', afterText: '2' }]

test('what was under way when one was cancelled can be looked at again, and undone', async () => {
  const { bulkChanges } = await ended([{ target: 'a', outcome: 'under-way', by: 'gone', changes }], 'cancelled')
  expect(await bulkChanges.undo('one', true, STARTER)).toMatchObject({ total: 1, undoOf: 'one' })
  expect(await bulkChanges.retry('one')).toMatchObject({ state: 'running', counts: { 'under-way': 1 } })
})

test('a retry that the end of the server cut short can be asked for again', async () => {
  const { bulkChanges, store } = await ended([{ target: 'a', outcome: 'failed', code: 'X' }], 'done')
  const head = await store.head('one')
  if (head) await store.changeLines(head, (line) => ({ ...line, outcome: 'waiting' }))
  expect(await bulkChanges.retry('one')).toMatchObject({ state: 'running', counts: { waiting: 1 } })
})

test('where all is done there is nothing to retry', async () => {
  const { bulkChanges } = await ended([{ target: 'a', outcome: 'changed', changes }], 'done')
  await expect(bulkChanges.retry('one')).rejects.toMatchObject({ code: 'NOTHING_LEFT' })
})
