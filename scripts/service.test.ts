import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

/** Starts a server, says where, and then does nothing, as a test does that waits in vain. */
const STARTS_ONE = `
  import { startEmbeddedServer } from './scripts/run/embedded-server.ts'
  const { http } = await startEmbeddedServer()
  console.log(http)
  setInterval(() => {}, 1_000)
`

test('a service ends with the process that started it, also where that is killed', async () => {
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '--eval', STARTS_ONE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [http] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  const health = () =>
    fetch(`${http}/_local/health`).then(
      ({ status }) => status,
      () => 'nobody answers',
    )
  expect(await health()).toBe(200)
  parent.kill('SIGKILL')
  await expect.poll(health).toBe('nobody answers')
})
