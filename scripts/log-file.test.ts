import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LogFile } from './run/log-file.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thingdeck-log-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const read = (path: string) => readFileSync(path, 'utf8')

test('what is full is kept beside the new one, and what was before that is let go', () => {
  const path = join(folder, 'logs', 'a.log')
  const log = new LogFile(path, { mostBytes: 8, onFault: expect.fail })
  for (const line of ['one', 'two', 'three', 'four', 'a line longer than all']) log.write(line)
  expect([read(`${path}.1`), read(path)]).toEqual(['four\n', 'a line longer than all\n'])
})

test('one that an earlier start left goes on, for its owner alone', () => {
  const path = join(folder, 'b.log')
  writeFileSync(path, 'before\n')
  chmodSync(path, 0o644)
  new LogFile(path, { onFault: expect.fail }).write('after')
  expect(read(path)).toBe('before\nafter\n')
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('a file that cannot be written ends nothing, and is told of once', () => {
  const path = join(folder, 'c.log')
  writeFileSync(path, '')
  const told: string[] = []
  // Where a folder is needed there is a file: every write fails, as on a full disk.
  const log = new LogFile(join(path, 'd.log'), { onFault: (sentence) => told.push(sentence) })
  log.write('one')
  log.write('two')
  expect(told).toEqual([expect.stringContaining('d.log cannot be written')])
})
