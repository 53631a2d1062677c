import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { KeptFile } from './kept-file.ts'

function makeFile() {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'data.json')
  return { file: new KeptFile(path), path }
}

test('half a file is replaced by the last that was whole', () => {
  const { file, path } = makeFile()
  writeFileSync(path, '{"streams":1}')
  expect(file.copy()).toBe(true)
  writeFileSync(path, '{"streams"')
  expect(file.copy()).toBe(false)
  file.restore()
  expect(readFileSync(path, 'utf8')).toBe('{"streams":1}')
})

test('a whole file stays, and half of one goes where there was never more', () => {
  const { file, path } = makeFile()
  file.restore()
  expect(existsSync(path)).toBe(false)
  writeFileSync(path, '')
  file.restore()
  expect(existsSync(path)).toBe(false)
  writeFileSync(path, '{}')
  file.restore()
  expect(readFileSync(path, 'utf8')).toBe('{}')
})
