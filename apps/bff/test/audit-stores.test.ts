import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuditEntry, CLASSIC_SHADOW } from '@thingdeck/contract'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createLogger } from '../src/logger.ts'
import { createAuditTrail } from '../src/plugins/audit/audit-trail.ts'
import { compareEntryIds } from '../src/stores/audit/audit-query.ts'
import type { AuditStore, NewAuditEntry } from '../src/stores/audit/audit-store.ts'
import { verify } from '../src/stores/audit/chain.ts'
import { FileAuditStore } from '../src/stores/audit/file-audit-store.ts'
import { MemoryAuditStore } from '../src/stores/audit/memory-audit-store.ts'
import { RedisAuditStore } from '../src/stores/audit/redis-audit-store.ts'
import { connectedRedis, startRedis, type TestRedis } from './redis.ts'

const shadow = (id: string) => ({ type: 'shadow', id })
const entry = (change: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
  person: { id: 'p-1', name: 'Ada', role: 'operator' },
  action: 'UpdateThingShadow',
  resource: shadow('pump-1'),
  requestId: 'r-1',
  outcome: { status: 200 },
  ...change,
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'thingdeck-audit-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

const silent = createLogger('silent')
let redis: TestRedis
let accounts = 0
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(async () => redis[Symbol.asyncDispose]())

/** Every store is empty: that in Redis, too, under an account of its own. */
const STORES: Record<string, (keeps: number) => Promise<AuditStore>> = {
  memory: async (keeps) => new MemoryAuditStore({ keeps }),
  file: async (keeps) => FileAuditStore.open({ path: join(await folder(), 'a.jsonl'), keeps, onUnreadable() {} }),
  redis: async (keeps) => {
    accounts += 1
    const opened = await connectedRedis({ url: redis.url, account: `a${accounts}`, region: 'r', logger: silent })
    onTestFinished(() => opened.close())
    return new RedisAuditStore(opened, keeps)
  },
}

describe.each(Object.entries(STORES))('the trail in %s', (kind, open) => {
  test('says what it is, gives ids that grow, and reads newest first', async () => {
    const store = await open(100)
    const added: AuditEntry[] = []
    for (const thingName of ['a', 'b', 'c']) added.push(await store.add(entry({ resource: shadow(thingName) })))
    const page = await store.page({}, undefined, 10)
    expect(page).toEqual({ entries: added.toReversed(), store: kind, keeps: 100 })
    const [first, second] = added
    expect(compareEntryIds(first?.id ?? '', second?.id ?? '')).toBeLessThan(0)
    expect(Math.abs(Date.parse(first?.time ?? '') - Date.now())).toBeLessThan(60_000)
  })

  test('pages by cursor, with every entry once, though others are added meanwhile', async () => {
    const store = await open(100)
    for (let n = 0; n < 7; n += 1) await store.add(entry({ resource: shadow(`t-${n}`) }))
    const seen: (string | undefined)[] = []
    let cursor: string | undefined
    do {
      const page = await store.page({}, cursor, 3)
      seen.push(...page.entries.map(({ resource }) => resource?.id))
      cursor = page.nextCursor
      await store.add(entry({ resource: shadow('late') }))
    } while (cursor !== undefined)
    expect(seen).toEqual(['t-6', 't-5', 't-4', 't-3', 't-2', 't-1', 't-0'])
  })

  test.each([
    [{ thing: 'pump-2' }, ['2']],
    [{ thing: 'pump-1' }, ['3', '1']],
    [{ resourceType: 'shadow' }, ['3', '2', '1']],
    [{ resourceType: 'shadow', resourceId: 'pump-1' }, ['1']],
    [{ resourceId: 'pump-2/x' }, ['2']],
    [{ shadow: 'config' }, ['3']],
    [{ shadow: CLASSIC_SHADOW, thing: 'pump-1' }, ['1']],
    [{ person: 'grace' }, ['4']],
    [{ person: 'p-9' }, ['4']],
    [{ action: 'DeleteThingShadow' }, ['2']],
    [{ outcome: 'refused' as const }, ['2']],
    [{ outcome: 'done' as const, thing: 'pump-2' }, []],
    [{ bulkChange: 'j-1' }, ['3']],
    [{}, ['4', '3', '2', '1']],
  ])('finds %j', async (query, expected) => {
    const store = await open(100)
    await store.add(entry({ requestId: '1' }))
    const refused = { status: 409, code: 'ConflictException' }
    await store.add(
      entry({ requestId: '2', resource: shadow('pump-2/x'), action: 'DeleteThingShadow', outcome: refused }),
    )
    await store.add(entry({ requestId: '3', resource: shadow('pump-1/config'), bulkChangeId: 'j-1' }))
    const { resource: _, ...nothing } = entry()
    await store.add({
      ...nothing,
      requestId: '4',
      action: 'SignIn',
      person: { id: 'p-9', name: 'Grace', role: 'admin' },
    })
    const { entries } = await store.page(query, undefined, 10)
    expect(entries.map(({ requestId }) => requestId)).toEqual(expected)
  })

  test('a time may be given from and to', async () => {
    const store = await open(100)
    const { time } = await store.add(entry())
    const later = new Date(Date.parse(time) + 1).toISOString()
    const found = async (query: object) => (await store.page(query, undefined, 10)).entries.length
    expect([await found({ from: time, to: later }), await found({ from: later }), await found({ to: time })]).toEqual([
      1, 0, 0,
    ])
  })

  test('what was refused never pushes out what was done', async () => {
    const store = await open(20)
    for (let n = 0; n < 10; n += 1) await store.add(entry({ resource: shadow(`done-${n}`) }))
    const outcome = { status: 403, code: 'ROLE_REQUIRED' }
    for (let n = 0; n < 1_000; n += 1) await store.add(entry({ resource: shadow(`refused-${n}`), outcome }))
    const done = await store.page({ outcome: 'done' }, undefined, 100)
    expect(done.entries.map(({ resource }) => resource?.id)).toEqual(
      Array.from({ length: 10 }, (_, n) => `done-${9 - n}`),
    )
    const refused = await store.page({ outcome: 'refused' }, undefined, 100)
    expect(refused.entries.map(({ resource }) => resource?.id)).toEqual(['refused-999', 'refused-998'])
  })

  test('can be told to be whole, also when its oldest entries are gone', async () => {
    const store = await open(20)
    expect(await verify(store.stored(), await store.heads())).toMatchObject({ isWhole: true, verified: 0 })
    for (let n = 0; n < 50; n += 1) {
      await store.add(entry(n % 3 === 0 ? { outcome: { status: 409, code: 'ConflictException' } } : {}))
    }
    const verification = await verify(store.stored(), await store.heads())
    expect(verification).toMatchObject({ isWhole: true, unchained: 0 })
    expect(verification.verified).toBeGreaterThanOrEqual(20)
  })

  test('lets go of the oldest, in the end', async () => {
    const store = await open(100)
    for (let n = 0; n < 1_000; n += 1) await store.add(entry({ resource: shadow(`t-${n}`) }))
    let cursor: string | undefined
    const names: (string | undefined)[] = []
    do {
      const page = await store.page({}, cursor, 200)
      names.push(...page.entries.map(({ resource }) => resource?.id))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(names[0]).toBe('t-999')
    expect(names.length).toBeGreaterThanOrEqual(100)
    expect(names.length).toBeLessThanOrEqual(300) // Redis lets go by the block
    expect(new Set(names).size).toBe(names.length)
  })
})

test('memory is bounded by bytes too', async () => {
  const store = new MemoryAuditStore({ keeps: 100, keepsBytes: 5_000 })
  const changes = [{ path: '$.desired.a', afterText: JSON.stringify('x'.repeat(1_000)) }]
  for (let n = 0; n < 20; n += 1) await store.add(entry({ resource: shadow(`t-${n}`), changes }))
  const { entries } = await store.page({}, undefined, 100)
  expect(entries.map(({ resource }) => resource?.id)).toEqual(['t-19', 't-18', 't-17'])
})

test('ids grow though the clock is put back', async () => {
  let nowMs = 1_000
  const store = new MemoryAuditStore({ keeps: 9, nowMs: () => nowMs })
  await store.add(entry())
  nowMs = 500
  await store.add(entry())
  expect((await store.page({}, undefined, 9)).entries.map(({ id }) => id)).toEqual(['1000-1', '1000-0'])
})

describe('the file', () => {
  const open = (path: string, rotateBytes?: number, onUnreadable = (_file: string, _lines: number) => {}) =>
    FileAuditStore.open({ path, keeps: 100, onUnreadable, ...(rotateBytes !== undefined && { rotateBytes }) })

  test('is read again by the next process, and read by nobody else', async () => {
    const path = join(await folder(), 'deep', 'audit.jsonl')
    const before = await open(path)
    const added = await before.add(entry({ changes: [{ path: '$.desired.a', afterText: '1' }] }))
    await before.close()
    const after = await open(path)
    expect((await after.page({}, undefined, 9)).entries).toEqual([added])
    const next = await after.add(entry())
    expect(compareEntryIds(added.id, next.id)).toBeLessThan(0)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  test('is taken from everybody else, where it was there before', async () => {
    const path = join(await folder(), 'audit.jsonl')
    const paths = [path, `${path}.1`, `${path}.refused`]
    for (const each of paths) {
      await writeFile(each, '')
      await chmod(each, 0o644)
    }
    await open(path)
    for (const each of paths) expect((await stat(each)).mode & 0o777).toBe(0o600)
  })

  test('a line that was cut off costs that line alone, and is told', async () => {
    const path = join(await folder(), 'audit.jsonl')
    const before = await open(path)
    await before.add(entry({ resource: shadow('whole') }))
    await before.close()
    await writeFile(path, `${await readFile(path, 'utf8')}{"id":"1-0","ti`)
    const told: unknown[] = []
    const after = await open(path, undefined, (file, lines) => told.push([file, lines]))
    await after.add(entry({ resource: shadow('next') }))
    await after.close()
    expect(told).toEqual([[path, 1]])
    const again = await open(path)
    const { entries } = await again.page({}, undefined, 9)
    expect(entries.map(({ resource }) => resource?.id)).toEqual(['next', 'whole'])
  })

  test('what somebody changed, took out or cut off is found', async () => {
    const path = join(await folder(), 'audit.jsonl')
    const store = await open(path)
    const added: AuditEntry[] = []
    for (let n = 0; n < 5; n += 1) added.push(await store.add(entry({ resource: shadow(`t-${n}`) })))
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    const verification = async (change: (lines: string[]) => string[]) => {
      await writeFile(path, `${change([...lines]).join('\n')}\n`)
      const { isWhole, firstBroken } = await verify(store.stored(), await store.heads())
      return { isWhole, firstBroken }
    }
    const broken = (index: number | undefined, why: string) => ({
      isWhole: false,
      firstBroken: { ...(index !== undefined && { id: added[index]?.id }), why },
    })
    expect(await verification((all) => all)).toEqual({ isWhole: true, firstBroken: undefined })
    expect(await verification((all) => all.with(2, (all[2] ?? '').replace('Ada', 'Eve')))).toEqual(broken(2, 'changed'))
    expect(await verification((all) => all.toSpliced(2, 1))).toEqual(broken(3, 'missing'))
    expect(await verification((all) => all.slice(0, 4))).toEqual(broken(undefined, 'missing'))
    expect(await verification((all) => all.with(1, '{"id":'))).toEqual(broken(undefined, 'unreadable'))
    const { chain: _, ...unchained } = added[3] ?? {}
    expect(await verification((all) => all.with(3, JSON.stringify(unchained)))).toEqual(broken(3, 'changed'))
  })

  test('a line that is no entry is left out of pages, which say so', async () => {
    const path = join(await folder(), 'audit.jsonl')
    const before = await open(path)
    await before.add(entry({ resource: shadow('one') }))
    const forged = { ...entry(), id: '9999999999999-0', time: '2020-01-01T00:00:00Z', person: 'x' }
    await writeFile(path, `${await readFile(path, 'utf8')}${JSON.stringify(forged)}\n`)
    const after = await open(path)
    await after.add(entry({ resource: shadow('two') }))
    const page = await after.page({}, undefined, 9)
    expect(page.entries.map(({ resource }) => resource?.id)).toEqual(['two', 'one'])
    expect(page.unreadable).toBe(1)
  })

  test('what an earlier release wrote is read, and stands before the chain', async () => {
    const path = join(await folder(), 'audit.jsonl')
    const { resource: _, ...rest } = entry()
    const earlier = { id: '1-0', time: '2026-01-01T00:00:00.000Z', ...rest, thingName: 'pump-1', jobId: 'j-1' }
    await writeFile(path, `${JSON.stringify(earlier)}\n`)
    const store = await open(path)
    await store.add(entry())
    const { entries } = await store.page({ thing: 'pump-1' }, undefined, 9)
    expect(entries.map(({ bulkChangeId }) => bulkChangeId)).toEqual([undefined, 'j-1'])
    expect(await verify(store.stored(), await store.heads())).toMatchObject({
      isWhole: true,
      verified: 1,
      unchained: 1,
    })
  })

  test('is put aside when it has grown, and both are read', async () => {
    const path = join(await folder(), 'audit.jsonl')
    const before = await open(path, 1_000)
    for (let n = 0; n < 6; n += 1) await before.add(entry({ resource: shadow(`t-${n}`) }))
    await before.close()
    expect((await stat(path)).size).toBeLessThanOrEqual(1_000)
    expect((await stat(`${path}.1`)).size).toBeLessThanOrEqual(1_000)
    const { entries } = await (await open(path, 1_000)).page({}, undefined, 9)
    expect(entries[0]?.resource?.id).toBe('t-5')
    expect(entries.length).toBeGreaterThan(3)
  })

  test('an entry that cannot be written stands in the log as an error, and can be read until the process ends', async () => {
    const path = join(await folder(), 'audit.jsonl')
    const store = await open(path)
    await rm(path)
    await rm(join(path, '..'), { recursive: true })
    const log: string[] = []
    await createAuditTrail(store, createLogger('info', { write: (line) => log.push(line) })).record(entry())
    expect(log.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: 50,
        audit: true,
        notKept: true,
        resource: { type: 'shadow', id: 'pump-1' },
        action: 'UpdateThingShadow',
        err: { code: 'ENOENT' },
      },
    ])
    expect((await store.page({}, undefined, 9)).entries).toHaveLength(1)
  })

  test('a file that cannot be had is told before anything begins', async () => {
    const path = await folder()
    await expect(open(path)).rejects.toMatchObject({ code: 'EISDIR' })
  })
})

test('an entry keeps what two sides of the largest shadow need, and says how much it leaves out', async () => {
  const store = new MemoryAuditStore({ keeps: 9 })
  const changes = Array.from({ length: 10 }, (_, n) => ({
    path: `$.desired.k${n}`,
    afterText: `"${'x'.repeat(9_000)}"`,
  }))
  await createAuditTrail(store, silent).record(entry({ changes }))
  const [kept] = (await store.page({}, undefined, 9)).entries
  expect([kept?.changes?.length, kept?.changesLeftOut]).toEqual([7, 3])
})

test('a rare entry in Redis is searched for over several pages', async () => {
  const opened = await connectedRedis({ url: redis.url, account: 'rare', region: 'r', logger: silent })
  onTestFinished(() => opened.close())
  const store = new RedisAuditStore(opened, 50_000)
  await store.add(entry({ resource: shadow('rare') }))
  await Promise.all(Array.from({ length: 10_500 }, () => store.add(entry())))
  const first = await store.page({ thing: 'rare' }, undefined, 10)
  expect(first).toMatchObject({ entries: [], nextCursor: expect.stringMatching(/^\d+-\d+$/) })
  const second = await store.page({ thing: 'rare' }, first.nextCursor, 10)
  expect(second.entries.map(({ resource }) => resource?.id)).toEqual(['rare'])
  expect(second.nextCursor).toBeUndefined()
})

describe('the stream in Redis', () => {
  const openTwo = async (account: string) => {
    const open = () => connectedRedis({ url: redis.url, account, region: 'r', logger: silent })
    const [one, other] = [await open(), await open()]
    onTestFinished(async () => void (await Promise.all([one.close(), other.close()])))
    return { one, stores: [new RedisAuditStore(one, 1_000), new RedisAuditStore(other, 1_000)] as const }
  }

  test('is one chain, though two consoles add to it at the same time', async () => {
    const { stores } = await openTwo('two')
    await Promise.all(
      Array.from({ length: 200 }, (_, n) => stores[n % 2 === 0 ? 0 : 1].add(entry({ resource: shadow(`t-${n}`) }))),
    )
    const [store] = stores
    expect(await verify(store.stored(), await store.heads())).toMatchObject({ isWhole: true, verified: 200 })
    expect((await store.page({}, undefined, 500)).entries).toHaveLength(200)
  })

  test('what somebody else wrote there is left out of pages, which say so, and breaks the chain', async () => {
    const { one, stores } = await openTwo('strange')
    const [store] = stores
    await store.add(entry())
    await one.ask((client) => client.xAdd(one.key('audit'), '*', { entry: '{"person":"x"}' }))
    await store.add(entry({ resource: shadow('after') }))
    const page = await store.page({}, undefined, 9)
    expect([page.entries.length, page.unreadable]).toEqual([2, 1])
    const { isWhole, firstBroken } = await verify(store.stored(), await store.heads())
    expect([isWhole, firstBroken?.why]).toEqual([false, 'unreadable'])
  })

  test('what an earlier release wrote is read, and stands before the chain', async () => {
    const { one, stores } = await openTwo('earlier')
    const [store] = stores
    const { resource: _, ...rest } = entry()
    const earlier = JSON.stringify({ ...rest, thingName: 'pump-1', shadowName: 'config', jobId: 'j-1' })
    await one.ask((client) => client.xAdd(one.key('audit'), '*', { entry: earlier }))
    await store.add(entry())
    const { entries } = await store.page({ shadow: 'config' }, undefined, 9)
    expect(entries).toMatchObject([{ resource: { type: 'shadow', id: 'pump-1/config' }, bulkChangeId: 'j-1' }])
    expect(await verify(store.stored(), await store.heads())).toMatchObject({
      isWhole: true,
      verified: 1,
      unchained: 1,
    })
  })
})

test.runIf(process.platform === 'linux')('a disk that takes half of a line swallows no other', async () => {
  const path = join(await folder(), 'a.jsonl')
  const unreadable: [file: string, lines: number][] = []
  const open = () =>
    FileAuditStore.open({ path, keeps: 9, onUnreadable: (file, lines) => void unreadable.push([file, lines]) })
  const store = await open()
  const added = [await store.add(entry({ requestId: '1' }))]
  noFileBeyond((await stat(path)).size + 20)
  await expect(store.add(entry({ requestId: '2' })))
    .rejects.toThrow('EFBIG')
    .finally(() => noFileBeyond('unlimited'))
  for (const requestId of ['3', '4']) added.push(await store.add(entry({ requestId })))
  await store.close()
  const reopened = await open()
  expect((await reopened.page({}, undefined, 9)).entries).toEqual(added.toReversed())
  expect(unreadable).toEqual([[path, 1]])
  await reopened.close()
})

/** Of this process. */
const noFileBeyond = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
