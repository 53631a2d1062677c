import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test.each([
  [['--bogus'], 'There is no --bogus: npm start -- --help lists the options.\n'],
  [['--devices', '3', '-x'], 'There is no -x: npm start -- --help lists the options.\n'],
  [['prot'], 'There is no prot: npm start -- --help lists the options.\n'],
  [['--port'], '--port cannot be given like this: npm start -- --help lists the options.\n'],
])('npm start -- %j ends with one sentence', (args, sentence) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/start.ts', ...args], { encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: sentence })
})
