import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { vi } from 'vitest'
import { ensureRedis } from '../../../scripts/ensure-redis.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { openRedis, type Redis, type RedisOptions } from '../src/stores/redis.ts'

/** A shell that becomes the program, and beside it one that kills it when the pipe to this process, however it ends, closes. */
const ENDING_WITH_US = '(read -r _ <&3; kill -9 $$) 2>/dev/null & exec "$0" "$@" 3<&-'

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
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const spawnServer = () =>
    spawn('sh', ['-c', ENDING_WITH_US, program, ...options], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    }).on('exit', function letGo(this: ChildProcess) {
      this.stdio[3]?.destroy() // its id may come to be another's
    })
  let server: ReturnType<typeof spawnServer>

  async function start(): Promise<void> {
    server = spawnServer()
    const output = server.stdout as Readable // as it was told
    for await (const line of createInterface({ input: output })) {
      if (/ready to accept connections/i.test(line)) break
    }
    output.resume()
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

/** One that has answered: for its first connection a busy machine may need longer than a console waits. */
export async function connectedRedis(options: RedisOptions): Promise<Redis> {
  const redis = openRedis(options)
  await vi.waitFor(() => redis.ask((client) => client.ping()), 20_000)
  return redis
}
