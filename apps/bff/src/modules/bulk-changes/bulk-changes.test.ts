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
  let begun = 0
  const bulkChanges = new BulkChanges({
    store,
    engine: { live: () => undefined, look: async () => {} },
    // All changes here are of the one kind.
    kinds: { of: () => kind as ReturnType<Kinds['of']>, check: () => {} },
    clock: { nowMs: () => Date.parse(AT), after: () => {} },
    newId: () => `begun-${++begun}`,
  })
  return { bulkChanges, store }
}

const changes = [{ path: '$.desired.speed', beforeText: '1', afterText: '2' }]

test('what was under way when one was cancelled can be looked at again, and undone', async () => {
  const { bulkChanges } = await ended([{ target: 'a', outcome: 'under-way', by: 'gone', changes }], 'cancelled')
  expect(await bulkChanges.undo('one', true, STARTER)).toMatchObject({ total: 1, undoOf: 'one' })
  expect(await bulkChanges.retry('one')).toMatchObject({ state: 'running', counts: { 'under-way': 1 } })
})

test('what failed, and had no turn when it was to be retried, is undone as well: something of it may be done', async () => {
  const lines: KeptLine[] = [
    { target: 'begun', outcome: 'cancelled', changes },
    { target: 'not-begun', outcome: 'cancelled' },
  ]
  const { bulkChanges } = await ended(lines, 'cancelled')
  expect(await bulkChanges.undo('one', false, STARTER)).toMatchObject({ total: 1 })
})

const HALF: readonly KeptLine[] = [
  { target: 'a', outcome: 'changed', changes },
  { target: 'b', outcome: 'failed', code: 'X', message: 'It failed' },
]

test('one that was undone is not gone on with: what it changed then no undo would put back', async () => {
  const { bulkChanges, store } = await ended(HALF, 'done')
  await bulkChanges.undo('one', false, STARTER)
  const refusal = { code: 'NOTHING_LEFT', message: expect.stringContaining('undid the bulk change one already') }
  await expect(bulkChanges.retry('one')).rejects.toMatchObject(refusal)
  expect(await bulkChanges.results('one', { offset: 0, limit: 9 })).toMatchObject({ results: HALF })
  // Nobody may know the undo any more.
  await store.changeHead('begun-1', (kept) => ({ ...kept, bulkChange: { ...kept.bulkChange, undoOf: 'another' } }))
  await expect(bulkChanges.retry('one')).rejects.toMatchObject(refusal)
})

test('of somebody who undoes one and somebody who goes on with it at the same moment one does', async () => {
  const { bulkChanges, store } = await ended(HALF, 'done')
  const [undo, retry] = await Promise.allSettled([bulkChanges.undo('one', false, STARTER), bulkChanges.retry('one')])
  expect([undo.status, retry.status].toSorted()).toEqual(['fulfilled', 'rejected'])
  const isUndone = undo.status === 'fulfilled'
  expect((await store.list()).length).toBe(isUndone ? 2 : 1)
  const one = await bulkChanges.find('one')
  expect({ state: one.state, counts: one.counts }).toEqual(
    isUndone
      ? { state: 'done', counts: { changed: 1, failed: 1 } }
      : { state: 'running', counts: { changed: 1, waiting: 1 } },
  )
})

test('by whom one was undone is still known after a retry that came at the same moment', async () => {
  const { bulkChanges, store } = await ended(HALF, 'done')
  const { bulkChangeId: undoneBy } = await bulkChanges.undo('one', false, STARTER)
  const note = (more: Partial<BulkChange>) =>
    store.changeHead('one', ({ bulkChange: { undoneBy: _, ...bulkChange }, ...kept }) => ({
      ...kept,
      bulkChange: { ...bulkChange, ...more },
    }))
  await note({}) // it is in the list, and not noted yet
  const list = store.list.bind(store)
  store.list = async () => {
    store.list = list
    await note({ undoneBy })
    return list()
  }
  await expect(bulkChanges.retry('one')).rejects.toMatchObject({ code: 'NOTHING_LEFT' })
  expect(await bulkChanges.find('one')).toMatchObject({ state: 'done', endedAt: AT, undoneBy })
})

test('what a dry run of an undo found is not done once somebody went on with what it undoes', async () => {
  const { bulkChanges, store } = await ended(HALF, 'done')
  const tried = await bulkChanges.undo('one', true, STARTER)
  const found = await store.head(tried.bulkChangeId)
  if (found) await store.changeLines(found, (line) => ({ ...line, outcome: 'would-change' }))
  const end = (bulkChangeId: string, endedAt: string) =>
    store.changeHead(bulkChangeId, (kept) => ({ ...kept, bulkChange: { ...kept.bulkChange, endedAt } }))
  await end(tried.bulkChangeId, AT)
  await bulkChanges.retry('one')
  await end('one', '2030-01-01T00:00:01.000Z')
  await expect(bulkChanges.apply(tried.bulkChangeId, STARTER)).rejects.toMatchObject({
    code: 'NOTHING_LEFT',
    message: expect.stringContaining('Somebody went on with the bulk change one'),
  })
  expect(await bulkChanges.undo('one', false, STARTER)).toMatchObject({ undoOf: 'one' })
})

test('of two people who undo the same at the same time one does, also by what a dry run of it found', async () => {
  const { bulkChanges, store } = await ended([{ target: 'a', outcome: 'changed', changes }], 'done')
  const tried = await bulkChanges.undo('one', true, STARTER)
  const found = await store.head(tried.bulkChangeId)
  if (found) await store.changeLines(found, (line) => ({ ...line, outcome: 'would-change' }))
  await store.changeHead(tried.bulkChangeId, (kept) => ({ ...kept, bulkChange: { ...kept.bulkChange, endedAt: AT } }))

  const grace = { person: { id: 'grace', name: 'Grace', role: 'admin' as const }, requestId: 'r-2' }
  const asked = await Promise.allSettled([
    bulkChanges.undo('one', false, STARTER),
    bulkChanges.undo('one', false, grace),
    bulkChanges.apply(tried.bulkChangeId, grace),
  ])
  const done = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(done).toMatchObject([{ undoOf: 'one' }])
  const words = `${done[0]?.startedBy} undid the bulk change one already`
  expect(refused).toMatchObject(Array(2).fill({ code: 'NOTHING_LEFT', message: expect.stringContaining(words) }))
  expect(await bulkChanges.find('one')).toMatchObject({ undoneBy: done[0]?.bulkChangeId })
  await expect(bulkChanges.undo('one', false, grace)).rejects.toMatchObject({ code: 'NOTHING_LEFT' })
})

test('a token begins one: what comes of that has none', async () => {
  const { bulkChanges, store } = await ended([{ target: 'a', outcome: 'changed', changes }], 'done')
  const request = { targets: { thingNames: ['a'] }, change: CHANGE, dryRun: false, clientRequestToken: 'once' }
  await store.changeHead('one', ({ bulkChange, ...kept }) => ({
    ...kept,
    bulkChange: { ...bulkChange, request: { change: CHANGE, dryRun: false, clientRequestToken: 'once' } },
  }))
  expect(await bulkChanges.start(request, STARTER)).toMatchObject({ bulkChangeId: 'one' })
  const undo = await bulkChanges.undo('one', false, STARTER)
  expect(undo).toMatchObject({ undoOf: 'one', request: { dryRun: false } })
  expect(undo.request).not.toHaveProperty('clientRequestToken')
})

test('a token is that of one request: with another, what was begun by it is no answer', async () => {
  const { bulkChanges, store } = await ended([], 'done')
  const asked = { change: CHANGE, dryRun: false, clientRequestToken: 'twice' }
  const targets = { thingNames: ['a', 'b'] }
  const begun = await bulkChanges.start({ ...asked, targets, requestsPerSecond: 5 }, STARTER)
  // The order of members says nothing.
  expect(await bulkChanges.start({ requestsPerSecond: 5, targets, ...asked }, STARTER)).toEqual(begun)
  const code = 'TOKEN_USED'
  for (const other of [
    { ...asked, targets: { thingNames: ['a', 'c'] }, requestsPerSecond: 5 },
    { ...asked, targets, requestsPerSecond: 5, change: { ...CHANGE, valueText: '3' } },
    { ...asked, targets, requestsPerSecond: 5, dryRun: true },
  ])
    await expect(bulkChanges.start(other, STARTER)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(begun.bulkChangeId),
    })
  expect(await store.list()).toHaveLength(2)
})

/** What begins to make the thing `a`. */
const beginningOf =
  (bulkChanges: BulkChanges) =>
  (clientRequestToken: string, dryRun = false) => {
    const change = { kind: 'create' as const, source: 'pumps.csv' }
    const targets = { newThings: [{ thingName: 'a' }] }
    return bulkChanges.start({ targets, change, dryRun, clientRequestToken }, STARTER)
  }

test('new things are made by one at a time', async () => {
  const { bulkChanges } = await ended([], 'done')
  const begin = beginningOf(bulkChanges)
  expect(await begin('once')).toMatchObject({ bulkChangeId: 'begun-1', total: 1 })
  expect(await begin('once')).toMatchObject({ bulkChangeId: 'begun-1', total: 1 })
  await expect(begin('another')).rejects.toMatchObject({
    code: 'NAME_TAKEN',
    message: 'a is one of the new things of pumps.csv, begun by Ada, which has not ended: wait for it, or cancel it.',
  })
  expect(await begin('dry', true)).toMatchObject({ request: { dryRun: true } })
})

test('of two who begin the same new things at the same moment one does', async () => {
  const { bulkChanges } = await ended([], 'done')
  const begin = beginningOf(bulkChanges)
  const asked = await Promise.allSettled([begin('one'), begin('other')])
  const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  expect(refused).toMatchObject([{ code: 'NAME_TAKEN' }])
})

test('new things that somebody makes are not made by a retry, or by what a dry run found', async () => {
  const { bulkChanges, store } = await ended([], 'done')
  const begin = beginningOf(bulkChanges)
  const endWith = async (bulkChangeId: string, outcome: 'cancelled' | 'would-change') => {
    const head = await store.head(bulkChangeId)
    if (head) await store.changeLines(head, (line) => ({ ...line, outcome }))
    await store.changeHead(bulkChangeId, (kept) => ({ ...kept, bulkChange: { ...kept.bulkChange, endedAt: AT } }))
  }
  const cancelled = await begin('cancelled')
  await endWith(cancelled.bulkChangeId, 'cancelled')
  const tried = await begin('tried', true)
  await endWith(tried.bulkChangeId, 'would-change')

  const making = await begin('making')
  await expect(bulkChanges.retry(cancelled.bulkChangeId)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  await expect(bulkChanges.apply(tried.bulkChangeId, STARTER)).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  await endWith(making.bulkChangeId, 'cancelled')
  expect(await bulkChanges.retry(cancelled.bulkChangeId)).toMatchObject({ state: 'running' })
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

test('of those that are over the oldest are forgotten where they take too much, whatever the latest takes', async () => {
  const documents = new MemoryDocuments()
  const store = new BulkChangeStore(documents, { mostBytes: 2_500 })
  const lines = (bytes: number): KeptLine[] => [{ target: 'a', outcome: 'changed', message: 'x'.repeat(bytes) }]
  const begin = async (bulkChangeId: string, bytes: number) => {
    const bulkChange: BulkChange = {
      bulkChangeId,
      request: { change: CHANGE, dryRun: false },
      startedBy: 'Ada',
      startedAt: AT,
      state: 'running',
      ...summaryOf(lines(bytes)),
    }
    const head = { bulkChange, starter: STARTER, wanted: 'go', workedAt: AT } as const
    await store.create(head, { lines: lines(bytes) }, () => {})
  }
  const end = (bulkChangeId: string) =>
    store.changeHead(bulkChangeId, (kept) => ({ ...kept, bulkChange: { ...kept.bulkChange, endedAt: AT } }))
  const known = async () => (await store.list()).map(({ bulkChangeId }) => bulkChangeId)
  for (const id of ['one', 'two', 'three']) await begin(id, 1_000)
  await end('one')
  await end('two')
  expect(await known()).toEqual(['three', 'two', 'one'])
  await end('three')
  expect(await known()).toEqual(['three', 'two'])
  expect(await store.head('one')).toBeUndefined()
  await begin('large', 9_000)
  expect(await known(), 'one that goes on is not weighed').toEqual(['large', 'three', 'two'])
  await end('large')
  expect(await known()).toEqual(['large'])
})
