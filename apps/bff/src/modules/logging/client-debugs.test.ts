import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LoggingLevel } from '@thingdeck/contract'
import pino from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Documents } from '../../stores/documents/documents.ts'
import { FileDocuments } from '../../stores/documents/file-documents.ts'
import { MemoryDocuments } from '../../stores/documents/memory-documents.ts'
import { ClientDebugs } from './client-debugs.ts'
import { DebugRecords, type EndedDebug } from './debug-records.ts'

const MINUTE_MS = 60_000
const BY = { person: { id: 'p', name: 'Ada', role: 'operator' as const }, requestId: 'r' }

/** Levels as AWS keeps them, and what was asked. */
function levelsOf(initial: Readonly<Record<string, LoggingLevel>> = {}) {
  const levels = new Map(Object.entries(initial))
  const asked: string[] = []
  let failure: Error | undefined
  return {
    levels,
    asked,
    failWith: (error: Error | undefined) => {
      failure = error
    },
    levelOf: async (clientId: string) => levels.get(clientId),
    async setLevelOf(clientId: string, level: LoggingLevel | undefined) {
      asked.push(`${clientId} ${level ?? 'none'}`)
      if (failure) throw failure
      if (level === undefined) levels.delete(clientId)
      else levels.set(clientId, level)
    },
  }
}

function heldClock() {
  let nowMs = Date.UTC(2026, 2, 4)
  return {
    nowMs: () => nowMs,
    after() {},
    pass: (ms: number) => {
      nowMs += ms
    },
  }
}

function consoleOn(documents: Documents, levels: ReturnType<typeof levelsOf>, clock: ReturnType<typeof heldClock>) {
  let count = 0
  const name = Math.random().toString(36)
  const ended: EndedDebug[] = []
  const debugs = new ClientDebugs({
    records: new DebugRecords(documents),
    levels,
    clock,
    newId: () => `${name}-${count++}`,
    log: pino({ level: 'silent' }),
    onEnded: async (each) => void ended.push(each),
  })
  return { debugs, ended }
}

async function fileDocuments() {
  const folder = await mkdtemp(join(tmpdir(), 'client-debugs-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return () => FileDocuments.open(join(folder, 'shared.json'))
}

describe.each<[string, LoggingLevel | undefined]>([
  ['no level of its own', undefined],
  ['a level of its own', 'WARN'],
  ['a level that is off', 'DISABLED'],
])('a client with %s', (_, before) => {
  test('is logged at DEBUG, and when the time is over as it was before', async () => {
    const levels = levelsOf(before ? { 'pump-7': before } : {})
    const clock = heldClock()
    const { debugs, ended } = consoleOn(new MemoryDocuments(), levels, clock)
    await debugs.start({ clientId: 'pump-7', minutes: 15 }, BY)
    expect(levels.levels.get('pump-7')).toBe('DEBUG')
    clock.pass(15 * MINUTE_MS - 1)
    await debugs.sweep()
    expect(levels.levels.get('pump-7')).toBe('DEBUG')
    clock.pass(1)
    await debugs.sweep()
    expect(levels.levels.get('pump-7')).toBe(before)
    expect(ended).toMatchObject([{ clientId: 'pump-7', how: 'put-back' }])
    expect((await debugs.list()).clientDebugs).toMatchObject([{ state: 'put-back', startedBy: 'Ada' }])
  })
})

test('it is put back by the console that comes after the one that began it', async () => {
  const open = await fileDocuments()
  const levels = levelsOf({ 'pump-7': 'INFO' })
  const clock = heldClock()
  await consoleOn(await open(), levels, clock).debugs.start({ clientId: 'pump-7', minutes: 1 }, BY)
  clock.pass(10 * MINUTE_MS) // nobody ran
  const { debugs, ended } = consoleOn(await open(), levels, clock)
  await debugs.sweep()
  expect(levels.levels.get('pump-7')).toBe('INFO')
  expect(ended).toHaveLength(1)
})

test('several consoles put it back once', async () => {
  const documents = new MemoryDocuments()
  const levels = levelsOf()
  const clock = heldClock()
  const consoles = [1, 2, 3].map(() => consoleOn(documents, levels, clock))
  await consoles[0]?.debugs.start({ clientId: 'pump-7', minutes: 1 }, BY)
  clock.pass(MINUTE_MS)
  await Promise.all(consoles.map(({ debugs }) => debugs.sweep()))
  expect(levels.asked).toEqual(['pump-7 DEBUG', 'pump-7 none'])
  expect(consoles.flatMap(({ ended }) => ended)).toHaveLength(1)
})

test('a level that somebody else has set meanwhile is theirs', async () => {
  const levels = levelsOf({ 'pump-7': 'INFO' })
  const clock = heldClock()
  const { debugs, ended } = consoleOn(new MemoryDocuments(), levels, clock)
  await debugs.start({ clientId: 'pump-7', minutes: 1 }, BY)
  levels.levels.set('pump-7', 'ERROR')
  clock.pass(MINUTE_MS)
  await debugs.sweep()
  expect(levels.levels.get('pump-7')).toBe('ERROR')
  expect(ended).toMatchObject([{ how: 'changed-meanwhile' }])
})

test('DEBUG that an admin sets for good while it runs stays', async () => {
  const levels = levelsOf()
  const clock = heldClock()
  const { debugs } = consoleOn(new MemoryDocuments(), levels, clock)
  await debugs.start({ clientId: 'pump-7', minutes: 1 }, BY)
  await debugs.levelSet('pump-7')
  clock.pass(MINUTE_MS)
  await debugs.sweep()
  expect(levels.levels.get('pump-7')).toBe('DEBUG')
  expect((await debugs.list()).clientDebugs).toMatchObject([{ state: 'changed-meanwhile' }])
})

test('what cannot be put back is tried again, and says why not so far', async () => {
  const levels = levelsOf()
  const clock = heldClock()
  const { debugs, ended } = consoleOn(new MemoryDocuments(), levels, clock)
  await debugs.start({ clientId: 'pump-7', minutes: 1 }, BY)
  clock.pass(MINUTE_MS)
  levels.failWith(new Error('AWS is away'))
  await debugs.sweep()
  expect((await debugs.list()).clientDebugs).toMatchObject([
    { state: 'putting-back', failure: expect.stringContaining('AWS is away') },
  ])
  levels.failWith(undefined)
  clock.pass(MINUTE_MS)
  await debugs.sweep()
  expect(levels.levels.has('pump-7')).toBe(false)
  expect(ended).toHaveLength(1)
})

test('what could not be begun leaves nothing behind', async () => {
  const levels = levelsOf()
  levels.failWith(new Error('LimitExceededException'))
  const { debugs } = consoleOn(new MemoryDocuments(), levels, heldClock())
  await expect(debugs.start({ clientId: 'pump-7', minutes: 1 }, BY)).rejects.toThrow('LimitExceeded')
  expect((await debugs.list()).clientDebugs).toEqual([])
})

test('it is gone on with, stopped early, and not begun where it is logged so already', async () => {
  const levels = levelsOf({ 'lamp-1': 'DEBUG' })
  const clock = heldClock()
  const { debugs } = consoleOn(new MemoryDocuments(), levels, clock)
  const first = await debugs.start({ clientId: 'pump-7', minutes: 15 }, BY)
  clock.pass(10 * MINUTE_MS)
  const again = await debugs.start({ clientId: 'pump-7', minutes: 15 }, BY)
  expect(again).toMatchObject({ id: first.id, untilMs: first.sinceMs + 25 * MINUTE_MS })
  expect((await debugs.extend(first.id, 1)).untilMs).toBe(again.untilMs)
  expect(await debugs.stop(first.id)).toMatchObject({ how: 'put-back' })
  expect(levels.levels.has('pump-7')).toBe(false)
  await expect(debugs.stop(first.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(debugs.start({ clientId: 'lamp-1', minutes: 1 }, BY)).rejects.toMatchObject({ code: 'ALREADY_LOGGED' })
})

test('a console that remembers nothing puts back what runs before it ends', async () => {
  const levels = levelsOf()
  const { debugs } = consoleOn(new MemoryDocuments(), levels, heldClock())
  await debugs.start({ clientId: 'pump-7', minutes: 15 }, BY)
  await debugs.close()
  expect(levels.levels.has('pump-7')).toBe(false)
})
