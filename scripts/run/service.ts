import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'

/** How many of its last lines on standard error are shown when a service ends before it was ready. */
const LAST_LINES = 6

export interface ServiceOptions {
  readonly name: string
  /** The TypeScript program, relative to the project. */
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Its standard error is appended here. */
  readonly logFile: string
}

/** One process of the running product. */
export class Service {
  readonly name: string
  readonly #child: ChildProcess
  readonly #ended: Promise<number | null>
  readonly #log: WriteStream
  readonly #lastErrors: string[] = []

  constructor(options: ServiceOptions) {
    this.name = options.name
    this.#child = spawn(process.execPath, [options.program, ...options.args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
    })
    this.#ended = new Promise((resolve, reject) => this.#child.on('error', reject).on('close', resolve))
    mkdirSync(dirname(options.logFile), { recursive: true })
    this.#log = createWriteStream(options.logFile, { flags: 'a' })
    const errors = createInterface({ input: this.#child.stderr as NodeJS.ReadableStream })
    errors.on('line', (line) => {
      this.#lastErrors.push(line)
      if (this.#lastErrors.length > LAST_LINES) this.#lastErrors.shift()
      this.#log.write(`${line}\n`)
    })
  }

  /** Settles with the exit code when the process has ended. */
  get ended(): Promise<number | null> {
    return this.#ended
  }

  /**
   * The line of JSON that begins with `{"ready":true`.
   * @throws {Error} with what the process said last, when it ends first
   */
  async ready<Ready>(): Promise<Ready> {
    const lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })
    const line = new Promise<string>((resolve) => {
      lines.on('line', (text) => {
        if (text.startsWith('{"ready":true')) resolve(text)
      })
    })
    const ended = this.#ended.then((code) => {
      const said = this.#lastErrors.join('\n') || `it ended with exit code ${code}`
      throw new Error(`The ${this.name} did not start: ${said}`)
    })
    const text = await Promise.race([line, ended])
    ended.catch(() => {}) // from here on its end is the caller's business, by `ended`
    return JSON.parse(text)
  }

  /** Asks it to end, and waits. A process that does not listen within five seconds is killed. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM')
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), 5_000)
    await this.#ended.catch(() => null)
    clearTimeout(patience)
    this.#log.end()
  }
}
