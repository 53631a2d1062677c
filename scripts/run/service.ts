import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'
import { layout } from './layout.ts'
import { END_WITH_PARENT, parentPipe } from './parent-pipe.ts'

/** Whoever sets the variable otherwise is heeded. */
const COMPILE_CACHE = layout.compileCache === undefined ? {} : { NODE_COMPILE_CACHE: layout.compileCache }

/** How many of its last lines on standard error are told when a service ends before it was ready. */
const LAST_LINES = 6

export interface ServiceOptions {
  /** What a person calls it: `embedded server`. */
  readonly name: string
  /** The TypeScript program, relative to the project. */
  readonly program: string
  readonly args?: readonly string[]
  /** All of its environment; left out, that of this process. */
  readonly environment?: Readonly<NodeJS.ProcessEnv>
  readonly cwd?: string
  /** A command that runs it, which it is handed to with its arguments: `['nice', '-n', '10']`. */
  readonly runner?: readonly string[]
  /** How long it may take to end when it is asked to; then it is killed. Left out, five seconds. */
  readonly patienceMs?: number
  /** It listens to what {@link Service.write} says. */
  readonly hasInput?: boolean
  /** Gets each line of its standard error; left out, they come out on that of this process. */
  readonly onError?: (line: string) => void
}

/** One of our programs as a process of its own: the embedded server, the console, the fleet, or all of them. */
export class Service implements AsyncDisposable {
  readonly name: string
  readonly #patienceMs: number
  readonly #child: ChildProcess
  readonly #ended: Promise<number | null>
  readonly #lastErrors: string[] = []
  /** Of its standard output, once somebody looks for a line. */
  #lines: Interface | undefined

  constructor({
    name,
    program,
    args = [],
    environment = process.env,
    cwd,
    runner = [],
    patienceMs = 5_000,
    hasInput = false,
    onError = console.error,
  }: ServiceOptions) {
    this.name = name
    this.#patienceMs = patienceMs
    const ours = [process.execPath, ...END_WITH_PARENT, layout.programFile(program), ...args]
    const [command = process.execPath, ...rest] = [...runner, ...ours]
    this.#child = spawn(command, rest, {
      cwd,
      stdio: [hasInput ? 'pipe' : 'ignore', 'pipe', 'pipe', 'pipe'], // the last one is the pipe
      env: { ...COMPILE_CACHE, ...environment, ...parentPipe(3) },
    })
    this.#child.stdio[3]?.on('error', () => {}) // that it ended is told by `ended`
    this.#ended = new Promise((resolve, reject) => this.#child.on('error', reject).on('close', resolve))
    this.#ended.catch(() => {}) // that it could not be started is told by `ready`
    createInterface({ input: this.#child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
      this.#lastErrors.push(line)
      if (this.#lastErrors.length > LAST_LINES) this.#lastErrors.shift()
      onError(line)
    })
  }

  get pid(): number {
    return this.#child.pid ?? 0
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
    return JSON.parse(await this.line((text) => text.startsWith('{"ready":true')))
  }

  /**
   * The first line on standard output that is looked for.
   * @throws {Error} with what the process said last, when it ends first
   */
  async line(isLookedFor: (text: string) => boolean): Promise<string> {
    this.#lines ??= createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })
    const lines = this.#lines
    const found = new Promise<string>((resolve) => {
      lines.on('line', function look(text) {
        if (!isLookedFor(text)) return
        lines.off('line', look)
        resolve(text)
      })
    })
    const ended = this.#ended.then((code) => {
      const said = this.#lastErrors.join('\n') || `it ended with exit code ${code}`
      throw new Error(`The ${this.name} did not start: ${said}`)
    })
    const text = await Promise.race([found, ended])
    ended.catch(() => {}) // from here on its end is the caller's business, by `ended`
    return text
  }

  /** Says a line to one that has input. */
  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  /**
   * Asks it to end, and waits. A process that does not listen is killed.
   * @returns the exit code
   */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal)
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), this.#patienceMs)
    const code = await this.#ended.catch(() => null)
    clearTimeout(patience)
    return code
  }

  /** Ends it as a crash does. */
  kill(): void {
    this.signal('SIGKILL')
  }

  /** Nothing happens once it has ended. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}
