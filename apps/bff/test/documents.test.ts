import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../src/logger.ts'
import type { Documents } from '../src/stores/documents/documents.ts'
import { FileDocuments } from '../src/stores/documents/file-documents.ts'
import { FolderDocuments } from '../src/stores/documents/folder-documents.ts'
import { MemoryDocuments } from '../src/stores/documents/memory-documents.ts'
import { RedisDocuments } from '../src/stores/documents/redis-documents.ts'
import type { Redis } from '../src/stores/redis.ts'
import { connectedRedis, startRedis, type TestRedis } from './redis.ts'

let folder: string
let server: TestRedis
let redis: Redis

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documents-'))
  server = await startRedis()
  redis = await connectedRedis({ url: server.url, account: '1', region: 'r', logger: createLogger('fatal') })
})
afterAll(async () => {
  await redis.close()
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

describe.each<[kind: string, open: () => Promise<Documents>]>([
  ['memory', async () => new MemoryDocuments()],
  ['file', () => FileDocuments.open(join(folder, 'shared.json'))],
  ['folder', () => FolderDocuments.open(join(folder, 'many'))],
  ['redis', async () => new RedisDocuments(redis)],
])('%s', (_, open) => {
  test('changes that come at once are all made, and of each document its own', async () => {
    const documents = await open()
    expect(await documents.read('a')).toBeUndefined()
    const add = (name: string, item: number) => documents.update(name, (before) => [...asList(before), item])
    await Promise.all([add('a', 1), add('b', 9), add('a', 2), add('a', 3)])
    expect(asList(await documents.read('a')).sort()).toEqual([1, 2, 3])
    expect(await documents.read('b')).toEqual([9])
  })

  test('what becomes nothing is gone, and may come again', async () => {
    const documents = await open()
    await documents.update('d', () => 1)
    await documents.update('d', () => undefined)
    expect(await documents.read('d')).toBeUndefined()
    await documents.update('d', (before) => [before ?? 'none'])
    expect(await documents.read('d')).toEqual(['none'])
  })

  test('a change that throws changes nothing, and stops none after it', async () => {
    const documents = await open()
    const refused = documents.update('c', () => {
      throw new Error('no')
    })
    const made = documents.update('c', () => 1)
    await expect(refused).rejects.toThrow('no')
    expect(await made).toBe(1)
    expect(await documents.read('c')).toBe(1)
  })
})

test('a file outlives its process, is for its owner alone, and is not written over when it cannot be read', async () => {
  const path = join(folder, 'kept.json')
  await (await FileDocuments.open(path)).update('a', () => ({ kept: true }))
  expect(await (await FileDocuments.open(path)).read('a')).toEqual({ kept: true })
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await writeFile(path, '{ "a": ')
  await expect(FileDocuments.open(path)).rejects.toThrow(SyntaxError)
  await expect(FileDocuments.open(join(folder, 'no', 'such.json'))).rejects.toThrow('ENOENT')
})
