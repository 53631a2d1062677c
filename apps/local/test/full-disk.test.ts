import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failingStartOnFullDisk } from './support/server-process.ts'

// A disk that fills while the server runs is an attack of `bench/hostile`.

const KILOBYTE = 1024

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-full-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a start on a full disk ends with one sentence', async () => {
  for (const fileBytes of [0, 20 * KILOBYTE, 60 * KILOBYTE, 100 * KILOBYTE]) {
    const { code, stdout, stderr } = await failingStartOnFullDisk(
      { fileBytes },
      '--data',
      join(folder, `new-${fileBytes}`),
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^The (disk|database).*--data DIR.*\n$/)
  }
})
