import type { BulkChange, TagsChange } from '@thingdeck/contract'
import { expect, test, vi } from 'vitest'
import type { Clock } from '../../../clock.ts'
import { MemoryDocuments } from '../../../stores/documents/memory-documents.ts'
import type { KindContext } from '../kinds/kind.ts'
import { BulkChangeEngine } from './bulk-change-engine.ts'
import { BulkChangeStore } from './bulk-change-store.ts'
import { type KeptLine, summaryOf } from './kept-bulk-change.ts'

const AT = '2030-01-01T00:00:00.000Z'
const CHANGE: TagsChange = { kind: 'tags', set: {}, remove: ['a'] }
/** A busy machine takes its time. */
const WAIT = { timeout: 20_000 }
const LOOKED_MS = 500

/** One that a process left, and an engine that is told to look at it; time goes on while a target is looked at alone. */
async function left(lines: readonly KeptLine[], prepare: (target: string, context: KindContext) => void = () => {}) {
  let nowMs = Date.parse(AT)
  const clock: Clock = { nowMs: () => nowMs, after: () => {} }
  const documents = new MemoryDocuments()
  const store = new BulkChangeStore(documents)
  const bulkChange: BulkChange = {
    bulkChangeId: 'one',
    request: { change: CHANGE, dryRun: true },
    startedBy: 'Ada',
    startedAt: AT,
    state: 'running',
    workedMs: 3_000,
    ...summaryOf(lines),
  }
  const starter = { person: { id: 'ada', name: 'Ada', role: 'admin' as const }, requestId: 'r-1' }
  await store.create({ bulkChange, starter, wanted: 'go', workedAt: AT }, { lines }, () => {})
  const engine = new BulkChangeEngine({
    store,
    clock,
    id: 'another',
    kindOf: () => ({
      prepare: async (target, _, context) => {
        prepare(target, context)
        nowMs += LOOKED_MS
        return { outcome: 'unchanged' }
      },
      apply: () => Promise.reject(new Error('A dry run writes nothing')),
      written: () => [],
    }),
    find: () => {
      throw new Error('Its targets are known')
    },
    onWrite: async () => {},
    onError: (error) => {
      throw error
    },
  })
  return { store, documents, engine }
}

test('a dry run that is gone on with counts what targets share with the one that had it', async () => {
  const changes = [{ path: '$.certificates.c' }]
  const takenBy: (string | undefined)[] = []
  const { store, engine } = await left(
    [
      { target: 'a', outcome: 'would-change', changes },
      { target: 'b', outcome: 'waiting' },
    ],
    (target, { take }) => void takenBy.push(take('$.certificates.c', target)),
  )
  await engine.look('one')
  await vi.waitUntil(async () => (await store.head('one'))?.bulkChange.endedAt !== undefined, WAIT)
  expect(takenBy).toEqual(['a'])
  // How long both worked on it, and not what was between them.
  expect((await store.head('one'))?.bulkChange.workedMs).toBe(3_000 + LOOKED_MS)
})

test('one that ended as its process did, before the list had it, is in the list as one that has ended', async () => {
  const { store, documents, engine } = await left([])
  await documents.update('bulk-change-one', (before) => {
    const kept = before as NonNullable<Awaited<ReturnType<typeof store.head>>> // what the store wrote
    return { ...kept, bulkChange: { ...kept.bulkChange, state: 'done', endedAt: AT } }
  })
  expect(await store.list()).toMatchObject([{ state: 'running' }])
  await engine.look('one')
  await vi.waitUntil(async () => (await store.list()).every(({ state }) => state === 'done'), WAIT)
  expect(await store.list()).toMatchObject([{ state: 'done', endedAt: AT }])
})
