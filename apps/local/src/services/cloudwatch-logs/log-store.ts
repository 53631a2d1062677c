import { Worker } from 'node:worker_threads'
import { AwsError } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import type { Clock } from '../../foundation/clock.ts'
import type { IntegrityReport } from '../../foundation/database-check.ts'
import type { LogOperationTable } from './log-operations.ts'
import type { FromLogThread, LogBatch, LogThreadOptions, ToLogThread, WrittenBatch } from './log-thread-messages.ts'

type OperationName = keyof LogOperationTable & string
type InputOf<Name extends OperationName> = Parameters<LogOperationTable[Name]>[0]
type OutputOf<Name extends OperationName> =
  ReturnType<LogOperationTable[Name]> extends Generator<void, infer Output>
    ? Output
    : ReturnType<LogOperationTable[Name]>

/** Tells when nobody waits for an answer any more. */
export type OnHangUp = (hangUp: () => void) => () => void

export interface LogStoreOptions extends LogThreadOptions {
  readonly clock: Clock
  readonly log: Logger
  /** Told of each batch of the server's own entries when it was written, or could not be. */
  readonly onWritten: (batch: WrittenBatch, error: unknown) => void
}

/** A thread that failed, as with a damaged file, is not started anew for each batch of entries. */
const RESTART_AFTER_MS = 10_000

interface Waiting {
  readonly resolve: (output: string) => void
  readonly reject: (error: unknown) => void
}

/**
 * The store of logs as the server sees it. A thread of its own keeps it, in an SQLite file of its own, so that neither
 * writing nor a long search keeps messages waiting; it is started when there is first something to do.
 */
export class LogStore {
  readonly #options: LogStoreOptions
  #thread: Worker | undefined
  readonly #waiting = new Map<number, Waiting>()
  /** What the thread has not answered for yet, in the order in which it was sent. */
  #unwritten: WrittenBatch[] = []
  #lastId = 0
  #failure: { readonly error: Error; readonly untilMs: number } | undefined
  #isClosing = false

  constructor(options: LogStoreOptions) {
    this.#options = options
  }

  /** Whether there was anything to do yet. */
  get isStarted(): boolean {
    return this.#thread !== undefined
  }

  /**
   * Does an operation in the thread, which keeps the order of calls. What it wrote is durable when this is fulfilled.
   * @throws {AwsError} as the operation says; ServiceUnavailableException where the store cannot be used
   */
  async call<Name extends OperationName>(
    name: Name,
    input: InputOf<Name>,
    onHangUp: OnHangUp = () => () => {},
  ): Promise<OutputOf<Name>> {
    const id = this.#nextId()
    const message = { id, name, input: JSON.stringify(input), nowMs: this.#options.clock() }
    const stopListening = onHangUp(() => {
      this.#send({ kind: 'cancel', id })
      this.#settle(id)?.reject(new AwsError('OperationAbortedException', 'The caller has left before the answer'))
    })
    try {
      return JSON.parse(await this.#ask({ kind: 'call', ...message })) // written by the operation of that name
    } finally {
      stopListening()
    }
  }

  async checkIntegrity(): Promise<IntegrityReport> {
    return JSON.parse(await this.#ask({ kind: 'check', id: this.#nextId() })) // as checkIntegrity reported it
  }

  /** Hands entries over; `onWritten` is told how that ended. */
  write(batch: LogBatch): void {
    this.#unwritten.push({ logGroupName: batch.logGroupName, entries: batch.messages.length, size: batch.size })
    this.#send({ kind: 'write', batch, nowMs: this.#options.clock() })
  }

  reset(): void {
    this.#send({ kind: 'reset' })
  }

  /** @throws what closing the database throws */
  async close(): Promise<void> {
    const thread = this.#thread
    if (thread) await this.#end(thread)
    this.#isClosing = true
  }

  async #end(thread: Worker): Promise<void> {
    thread.ref()
    const closed = Promise.withResolvers<void>()
    thread.on('message', (message: FromLogThread) => {
      if (message.kind === 'closed' && message.error !== undefined) closed.reject(message.error)
    })
    thread.once('exit', () => closed.resolve())
    this.#send({ kind: 'close' })
    this.#isClosing = true
    await closed.promise
  }

  #nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  #ask(message: Extract<ToLogThread, { readonly id: number }>): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.id, { resolve, reject })
      this.#send(message)
    })
  }

  #send(message: ToLogThread): void {
    if (this.#isClosing) {
      this.#dismiss(message) // another thread would open again what was closed
      return
    }
    if (this.#failure && performance.now() < this.#failure.untilMs) {
      // Not within the call: whoever sends is to have its place among those who wait first.
      queueMicrotask(() => this.#rejectAll())
      return
    }
    this.#thread ??= this.#start()
    this.#thread.postMessage(message)
  }

  #dismiss(message: ToLogThread): void {
    const error = ended()
    if (message.kind === 'write') {
      const batch = this.#unwritten.pop()
      if (batch) this.#options.onWritten(batch, error)
    }
    if ('id' in message) this.#settle(message.id)?.reject(error)
  }

  #start(): Worker {
    const { account, path, maxBytes, logStreamName } = this.#options
    const workerData: LogThreadOptions = { account, path, maxBytes, logStreamName }
    const thread = new Worker(new URL('./log-thread.ts', import.meta.url), { name: 'cloudwatch-logs', workerData })
    thread.unref() // the doors keep the server running, and closing waits for the thread
    thread.on('message', (message: FromLogThread) => this.#hear(message))
    thread.on('error', (error) => this.#fail(thread, error instanceof Error ? error : new Error(String(error))))
    thread.on('exit', () => this.#fail(thread, new Error('The thread of the store of logs has ended')))
    return thread
  }

  #hear(message: FromLogThread): void {
    switch (message.kind) {
      case 'answer':
        this.#settle(message.id)?.resolve(message.output)
        return
      case 'refused':
        this.#settle(message.id)?.reject(new AwsError(message.name, message.message))
        return
      case 'failed':
        this.#settle(message.id)?.reject(message.error)
        return
      case 'written':
        this.#unwritten.shift()
        this.#options.onWritten(message.batch, message.error)
        return
      case 'closed':
        return
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    return waiting
  }

  /** Somebody who has something to do after a while starts another thread. What was in memory alone is gone. */
  #fail(thread: Worker, error: Error): void {
    if (this.#thread !== thread) return
    this.#thread = undefined
    if (this.#isClosing) {
      for (const { reject } of this.#waiting.values()) reject(ended())
      return
    }
    this.#failure = { error, untilMs: performance.now() + RESTART_AFTER_MS }
    this.#options.log.error({ err: error }, 'the store of logs cannot be used')
    this.#rejectAll()
  }

  #rejectAll(): void {
    const message = this.#failure?.error.message ?? ''
    const [waiting, unwritten] = [[...this.#waiting.values()], this.#unwritten]
    this.#waiting.clear()
    this.#unwritten = []
    for (const { reject } of waiting) reject(new AwsError('ServiceUnavailableException', message))
    for (const batch of unwritten) this.#options.onWritten(batch, this.#failure?.error)
  }
}

const ended = (): AwsError => new AwsError('ServiceUnavailableException', 'The server ends')
