import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Local } from '../../src/index.ts'

type ChildProcess = ChildProcessByStdio<null, Readable, Readable>

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** What the server prints when its ports answer. */
export interface Ready {
  readonly ready: true
  readonly http: string
  readonly https: string
  readonly mqtts: string
  readonly ws: string
  readonly wss: string
  readonly oidcIssuer: string
  readonly oidcClientId: string
  readonly identityPoolId: string
  readonly account: string
  readonly region: string
  readonly dataDir: string
  readonly rootCaPath: string
}

/** The size that no file of the process can grow beyond: to a program that writes it is a disk that takes no more. */
export interface DiskRoom {
  readonly fileBytes: number
}

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}, room?: DiskRoom): ChildProcess {
  const { PATH, HOME, TMPDIR } = process.env
  // The shell counts in blocks of 512 bytes (POSIX, `ulimit -f`); Node does not end by the signal that goes with it.
  const limited = room && ['-c', 'ulimit -f "$0" && exec "$@"', String(Math.floor(room.fileBytes / 512))]
  const command = [process.execPath, MAIN, ...args]
  const [program = '', ...rest] = limited ? ['sh', ...limited, ...command] : command
  return spawn(program, rest, {
    env: { PATH, HOME, TMPDIR, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** A start that fails: its exit code and what it said. */
export async function failingStart(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return failure(start(args))
}

/** A start that fails for want of room. */
export async function failingStartOnFullDisk(
  room: DiskRoom,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  return failure(start(args, {}, room))
}

async function failure(child: ChildProcess): Promise<{ code: number; stdout: string; stderr: string }> {
  const [[code], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}

/** The server as a process of its own, on free ports. */
export class ServerProcess {
  readonly ready: Ready
  readonly #child: ChildProcess
  #errors = ''

  constructor(ready: Ready, child: ChildProcess) {
    this.ready = ready
    this.#child = child
    child.stderr.on('data', (chunk) => {
      this.#errors += String(chunk)
    })
  }

  /** What it said on standard error since it answers. */
  get errors(): string {
    return this.#errors
  }

  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}, room?: DiskRoom): Promise<ServerProcess> {
    const ports = ['--port', '0', '--mqtt-port', '0', '--https-port', '0']
    const child = start([...ports, '--log-level', 'error', ...args], env, room)
    // A disk that is full on purpose is told of at length.
    if (!room) child.stderr.pipe(process.stderr)
    for await (const line of createInterface(child.stdout)) return new ServerProcess(JSON.parse(line), child)
    throw new Error(`The server ended with code ${child.exitCode}`)
  }

  /** What a test's clients need, as if the server ran in this process. */
  get local(): Pick<Local, 'sdk' | 'urls'> {
    const { http, https, mqtts, ws, wss, oidcIssuer, region } = this.ready
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    return { sdk: { endpoint: http, region, credentials }, urls: { http, https, mqtts, ws, wss, oidcIssuer } }
  }

  /** @returns the exit code */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    const [code] = await ended
    return code
  }
}
