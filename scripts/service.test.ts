import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'

/** Starts a server, and a broker that it forks, says where, and does nothing then, as a test that waits in vain. */
const STARTS_TWO = `
  import { once } from 'node:events'
  import { startEmbeddedServer } from './scripts/run/embedded-server.ts'
  import { forkProgram } from './scripts/run/fork-program.ts'
  const broker = forkProgram(new URL('bench/broker/ours.ts', ${JSON.stringify(new URL('..', import.meta.url))}))
  const [[{ tcpPort }], { http }] = await Promise.all([once(broker, 'message'), startEmbeddedServer()])
  console.log(JSON.stringify([tcpPort, Number(new URL(http).port)]))
  setInterval(() => {}, 1_000)
`

test('a service and a forked program end with the process that started them, also where that is killed', async () => {
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '--eval', STARTS_TWO], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string]
  const ports: readonly number[] = JSON.parse(line)
  const heard = () => Promise.all(ports.map(isHeard))
  expect(await heard()).toEqual([true, true])
  parent.kill('SIGKILL')
  await expect.poll(heard).toEqual([false, false])
})

async function isHeard(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
