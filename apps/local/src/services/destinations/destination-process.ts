import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { setPriority, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import { DESTINATION_START_MS } from '../../foundation/destination-start.ts'
import { lazily } from '../../foundation/lazily.ts'

export interface DestinationProcessOptions {
  /** For messages to people: `DynamoDB`. */
  readonly title: string
  /** What it runs; it tells that it listens on `SOCKET` by `ready`, and ends once its parent is gone. */
  readonly program: URL
  readonly environment: Readonly<Record<string, string>>
  /** The folder that keeps its data, which it finds in `DATA_FOLDER`; undefined where it keeps none. */
  readonly folder: string | undefined
  readonly log: Logger
}

const STOP_TIMEOUT_MS = 5_000
/** Of Unix: what destinations do never comes before what the broker does. */
const NICENESS = 5

/**
 * A server in a process of its own: started when it is first asked for, and again when it is asked for after it died.
 */
export class DestinationProcess {
  readonly #options: DestinationProcessOptions
  #socket: () => Promise<string>
  #child: ChildProcess | undefined
  /** Resolves once what was there before is gone. */
  #cleared: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(options: DestinationProcessOptions) {
    this.#options = options
    this.#socket = lazily(() => this.#start())
  }

  /**
   * Where it listens: a socket that nobody but the owner of this process can reach.
   * @throws {Error} where the server does not start
   */
  socket(): Promise<string> {
    return this.#socket()
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Forgets all that it keeps. */
  reset(): void {
    const { folder } = this.#options
    const child = this.#forget()
    child?.kill('SIGKILL')
    this.#cleared = Promise.all([this.#cleared, child && exited(child)]).then(() => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    })
    this.#cleared.catch((error: unknown) => this.#options.log.error({ err: error }, 'a destination was not emptied'))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const child = this.#forget()
    if (child) {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      if (child.connected) child.disconnect()
      await exited(child)
      clearTimeout(timer)
    }
    await this.#cleared
  }

  #forget(): ChildProcess | undefined {
    const child = this.#child
    this.#child = undefined
    this.#socket = lazily(() => this.#start())
    return child
  }

  async #start(): Promise<string> {
    const { title, program, environment, folder, log } = this.#options
    await this.#cleared
    if (this.#isClosed) throw new Error(`${title} was closed`)
    if (folder !== undefined) makeOwn(folder)
    const { PATH = '', TMPDIR = '' } = process.env
    const place = mkdtempSync(join(tmpdir(), 'thingdeck-'))
    const socket = process.platform === 'win32' ? `\\\\.\\pipe\\${basename(place)}` : join(place, 'socket')
    const child = fork(program, {
      execArgv: [],
      env: { PATH, TMPDIR, SOCKET: socket, ...environment, ...(folder !== undefined && { DATA_FOLDER: folder }) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child = child
    if (child.stderr) createInterface(child.stderr).on('line', (line) => log.debug({ line }, `${title} says`))
    child.once('exit', (code, signal) => {
      rmSync(place, { recursive: true, force: true })
      if (this.#child !== child) return // it was told to
      this.#forget()
      log.error({ code, signal }, `${title} died; it is started again when it is asked for`)
    })
    // A server that is running keeps no program alive that has done what it wanted to do.
    child.unref()
    await ready(child, title)
    if (child.pid !== undefined) lowerPriority(child.pid)
    child.channel?.unref()
    log.info({ pid: child.pid }, `${title} was started`)
    return socket
  }
}

/** Messages of devices are in it: nobody else on the machine may read them, also where an earlier release made it. */
function makeOwn(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

async function ready(child: ChildProcess, title: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => {
    reject(new Error(`${title} was not ready within ${DESTINATION_START_MS / 1000} seconds`))
    child.kill('SIGKILL')
  }, DESTINATION_START_MS)
  child.once('error', reject)
  child.once('exit', (code, signal) => reject(new Error(`${title} ended at its start, with ${signal ?? code}`)))
  child.once('message', () => resolve())
  return promise.finally(() => clearTimeout(timer))
}

async function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.ref()
  await once(child, 'exit')
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, NICENESS)
  } catch {
    // it died meanwhile, which is told elsewhere; or this machine has no priorities
  }
}
