import { type EmbeddedServerReady, embeddedServer, sdkOf } from '../../../../scripts/run/embedded-server.ts'
import { Service } from '../../../../scripts/run/service.ts'
import type { Local } from '../../src/index.ts'

/** Nothing of the developer's own settings. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, TMPDIR }
}

/** The size that no file of the process can grow beyond: to a program that writes it is a disk that takes no more. */
export interface DiskRoom {
  readonly fileBytes: number
}

/** The shell counts in blocks of 512 bytes (POSIX, `ulimit -f`); Node does not end by the signal that goes with it. */
const runnerOf = (room: DiskRoom | undefined): string[] =>
  room ? ['sh', '-c', 'ulimit -f "$0" && exec "$@"', String(Math.floor(room.fileBytes / 512))] : []

export interface FailedStart {
  /** Null where a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A start that fails: its exit code and what it said. */
export async function failingStart(...args: string[]): Promise<FailedStart> {
  return failure(args)
}

/** A start that fails for want of room. */
export async function failingStartOnFullDisk(room: DiskRoom, ...args: string[]): Promise<FailedStart> {
  return failure(args, room)
}

async function failure(args: readonly string[], room?: DiskRoom): Promise<FailedStart> {
  const [said, errors]: [string[], string[]] = [[], []]
  const service = new Service({
    ...embeddedServer(),
    args,
    environment: bareEnvironment(),
    runner: runnerOf(room),
    onError: (line) => errors.push(line),
  })
  const listen = (line: string) => {
    said.push(line)
    return false // there is no line to wait for: it ends first, of which the rejection tells
  }
  await service.line(listen).catch(() => {})
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
  return { code: await service.ended, stdout: text(said), stderr: text(errors) }
}

/** The server as a process of its own, on free ports. */
export class ServerProcess {
  readonly ready: EmbeddedServerReady
  readonly #service: Service
  readonly #errors: readonly string[]

  constructor(ready: EmbeddedServerReady, service: Service, errors: readonly string[]) {
    this.ready = ready
    this.#service = service
    this.#errors = errors
  }

  /** What it said on standard error. */
  get errors(): string {
    return this.#errors.join('\n')
  }

  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
    const errors: string[] = []
    const service = new Service({
      ...embeddedServer({ args: ['--log-level', 'error', ...args] }),
      environment: { ...bareEnvironment(), ...env },
      onError: (line) => {
        errors.push(line)
        console.error(line)
      },
    })
    return new ServerProcess(await service.ready<EmbeddedServerReady>(), service, errors)
  }

  /** What a test's clients need, as if the server ran in this process. */
  get local(): Pick<Local, 'sdk' | 'urls'> {
    const { http, https, mqtts, ws, wss, oidcIssuer } = this.ready
    return { sdk: sdkOf(this.ready), urls: { http, https, mqtts, ws, wss, oidcIssuer } }
  }

  /**
   * Waits as long as it takes to end: one that is killed because the machine is busy has not ended in order.
   * @returns the exit code
   */
  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.#service.signal(signal)
    return this.#service.ended
  }
}
