import { type ChildProcess, spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import { encodeFrame, type Frame, FrameReader } from './frames.ts'
import type { FunctionLog } from './function-log.ts'
import { type FromFunction, INPUT, LIFELINE, OUTPUT, type RuntimeOptions, type ToFunction } from './process-messages.ts'
import type { RuntimeCommand } from './runtimes.ts'

/** How an invocation ended in a process. */
export type Outcome =
  | { readonly kind: 'result'; readonly payload: Buffer; readonly memoryMb: number }
  | { readonly kind: 'error'; readonly payload: Buffer; readonly memoryMb: number }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'stale' }
  /** The process has ended. `how`: `exit status 1`, `signal: killed`. */
  | { readonly kind: 'ended'; readonly how: string }

/** Whether a handler could be loaded. */
export type Initialization =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly payload: Buffer }
  | { readonly kind: 'ended'; readonly how: string }

export interface FunctionProcessOptions extends RuntimeOptions {
  readonly command: RuntimeCommand
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>
  readonly log: FunctionLog
}

/** What functions do never comes before what the broker does. */
const NICENESS = 5
const MAX_BODY_BYTES = 8 * 1024 * 1024
/** So much is read at once, and then no more for so long: a function that logs without end keeps nobody else waiting. */
const PACE_BYTES = 256 * 1024
const PACE_MS = 10
/** What it wrote before its end is read within so long. */
const LAST_WORDS_MS = 500

/** A process that runs one version of a function, one event at a time. */
export class FunctionProcess {
  readonly initialized: Promise<Initialization>
  /** Fulfilled once it is gone. */
  readonly gone: Promise<void>
  readonly log: FunctionLog
  /** Called as the handler begins with the event that is under way. */
  whenBegun: (() => void) | undefined
  readonly #child: ChildProcess
  readonly #initialization = Promise.withResolvers<Initialization>()
  #settle: ((outcome: Outcome) => void) | undefined
  #ended: { readonly how: string } | undefined

  constructor(options: FunctionProcessOptions) {
    this.log = options.log
    this.initialized = this.#initialization.promise
    const { command, environment, root, handler, reloads, maxResultBytes } = options
    const settings: RuntimeOptions = { root, handler, reloads, maxResultBytes }
    const child = spawn(command.program, [...command.arguments, JSON.stringify(settings)], {
      cwd: root,
      env: environment,
      detached: process.platform !== 'win32', // of a group of its own: what it starts goes with it
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    })
    this.#child = child
    child.unref()
    this.gone = goneOf(child)
    child.once('error', (error) => this.#end(error.message))
    child.once('exit', (code, signal) => this.#end(signal === null ? `exit status ${code}` : `signal: ${signal}`))
    child.stdin?.on('error', () => {})
    for (const fd of [INPUT, LIFELINE]) child.stdio[fd]?.on('error', () => {}) // its end is told otherwise
    const frames = new FrameReader<FromFunction>(MAX_BODY_BYTES)
    readPaced(child.stdio[OUTPUT] as Readable, (piece) => this.#read(frames, piece)) // a pipe, as said above
    for (const output of [child.stdout, child.stderr]) {
      if (output) readPaced(output, (piece) => this.log.write(piece.toString().replace(/\n$/, '')))
    }
    for (const stream of child.stdio) if (stream && 'unref' in stream) (stream as { unref(): void }).unref() // sockets
    if (child.pid !== undefined) lowerPriority(child.pid)
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  get hasEnded(): boolean {
    return this.#ended !== undefined
  }

  /** Has it do one event; not before the one before it has ended. */
  invoke(message: Omit<ToFunction, 'kind'>, payload: Uint8Array): Promise<Outcome> {
    return new Promise((resolve) => {
      if (this.#ended) {
        resolve({ kind: 'ended', ...this.#ended })
        return
      }
      this.#settle = resolve
      const input = this.#child.stdio[INPUT]
      if (input && 'write' in input) input.write(encodeFrame({ kind: 'invoke', ...message }, payload))
    })
  }

  /** Ends it at once, with whatever it has started. */
  kill(): void {
    const { pid } = this.#child
    if (this.#ended || pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    } catch {
      // it has ended meanwhile
    }
    this.#ended = { how: 'signal: SIGKILL' }
  }

  #read(frames: FrameReader<FromFunction>, piece: Buffer): void {
    let read: Frame<FromFunction>[]
    try {
      read = frames.read(piece)
    } catch (error) {
      // A function that writes where it should not.
      this.log.write(error instanceof Error ? error.message : String(error))
      this.kill()
      return
    }
    for (const { head, body } of read) this.#hear(head, body)
  }

  #hear(head: FromFunction, payload: Buffer): void {
    switch (head.kind) {
      case 'ready':
        this.#initialization.resolve({ kind: 'ready' })
        return
      case 'unusable':
        this.#initialization.resolve({ kind: 'unusable', payload })
        return
      case 'begun':
        this.whenBegun?.()
        return
      case 'log':
        this.log.write(payload.toString())
        return
      case 'unreadable':
        this.#answer({ kind: 'unreadable', message: head.message })
        return
      case 'stale':
        this.#answer({ kind: 'stale' })
        return
      case 'result':
        this.#answer({ kind: 'result', payload, memoryMb: head.memoryMb })
        return
      case 'error':
        this.#answer({ kind: 'error', payload, memoryMb: head.memoryMb })
        if (head.ends) this.#ended ??= { how: 'exit status 1' } // nothing more may be asked of it
    }
  }

  #answer(outcome: Outcome): void {
    this.#settle?.(outcome)
    this.#settle = undefined
  }

  /** What it wrote before is read first: its last words come before its end. */
  #end(how: string): void {
    this.#ended ??= { how }
    void this.gone.then(() => {
      this.#initialization.resolve({ kind: 'ended', how })
      this.#answer({ kind: 'ended', how })
    })
  }
}

/** Ended, and heard to the end; what it started and left behind may keep its outputs open for ever. */
function goneOf(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  child.once('close', () => resolve())
  child.once('error', () => resolve()) // it could not be started
  child.once('exit', () => setTimeout(resolve, LAST_WORDS_MS))
  return promise
}

function readPaced(stream: Readable, take: (piece: Buffer) => void): void {
  let taken = 0
  stream.on('error', () => {}) // its end is told otherwise
  stream.on('data', (piece: Buffer) => {
    take(piece)
    taken += piece.length
    if (taken < PACE_BYTES) return
    taken = 0
    stream.pause()
    setTimeout(() => stream.resume(), PACE_MS)
  })
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, NICENESS)
  } catch {
    // it has ended meanwhile; or this machine has no priorities
  }
}
