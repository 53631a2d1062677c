import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { ensureRedis } from '../../../scripts/ensure-redis.ts'
import { freePort } from '../../../scripts/run/free-port.ts'

/** A real Redis of the test's own, with nothing in it and nothing kept. */
export interface TestRedis extends AsyncDisposable {
  readonly url: string
  /** Ends it as a crash does. */
  stop(): Promise<void>
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>
}

export async function startRedis(): Promise<TestRedis> {
  const program = ensureRedis()
  const port = await freePort()
  const spawnServer = () =>
    spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  let server: ReturnType<typeof spawnServer>

  async function start(): Promise<void> {
    server = spawnServer()
    for await (const line of createInterface({ input: server.stdout })) {
      if (/ready to accept connections/i.test(line)) break
    }
    server.stdout.resume()
    const socket = connect(port, '127.0.0.1') // or it ended, and the lines with it
    await once(socket, 'connect')
    socket.destroy()
  }
  async function stop(): Promise<void> {
    if (server.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
  }

  await start()
  return { url: `redis://127.0.0.1:${port}`, start, stop, [Symbol.asyncDispose]: stop }
}
