import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BufferFiles } from './buffer-files.ts'

const records = (...texts: string[]) => texts.map((text) => Buffer.from(text))

test.runIf(process.platform === 'linux')('a disk that takes half of a record garbles none that is taken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firehose-buffers-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const files = new BufferFiles(folder)
  await files.append('s', records('first,'))
  const { size } = await stat(files.pathOf('s.open'))
  noFileBeyond(size + 15) // a whole record, and some of another
  const refused = files.append('s', records('refused,', 'refused as well,'))
  await expect(refused)
    .rejects.toThrow('EFBIG')
    .finally(() => noFileBeyond('unlimited'))
  expect((await stat(files.pathOf('s.open'))).size).toBe(size)
  await files.append('s', records('second,', 'third'))
  expect(String(await files.content(await files.seal('s', '1')))).toBe('first,second,third')
  files.close()
})

/** Of this process. */
const noFileBeyond = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`])
