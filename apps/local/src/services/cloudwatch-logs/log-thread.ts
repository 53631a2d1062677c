/** The thread that owns the store of logs; `LogStore` starts it and talks to it. */
import { parentPort, workerData } from 'node:worker_threads'
import { AwsError } from '@thingdeck/aws-api'
import { Database } from '../../foundation/database.ts'
import { checkIntegrity } from '../../foundation/database-check.ts'
import { isDiskFault } from '../../foundation/sqlite-code.ts'
import { dataDirectoryProblem } from '../../foundation/startup-error.ts'
import { LogOperations } from './log-operations.ts'
import type { FromLogThread, LogBatch, LogThreadOptions, ToLogThread } from './log-thread-messages.ts'

/** What has expired is looked for so often, by the server's clock, when there is something else to do as well. */
const SWEEP_INTERVAL_MS = 60_000

/** A piece of work that gives others their turn. */
interface Task {
  /** Of the call that waits for what it comes to; undefined where none does. */
  readonly id: number | undefined
  readonly steps: Iterator<void, unknown>
}

class LogThread {
  readonly #send: (message: FromLogThread) => void
  readonly #options: LogThreadOptions
  readonly #database: Database
  readonly #operations: LogOperations
  readonly #tasks = new Set<Task>()
  #nowMs = 0
  #sweptMs = 0
  #isSweeping = false
  #isTurnDue = false

  constructor(options: LogThreadOptions, send: (message: FromLogThread) => void) {
    this.#send = send
    this.#options = options
    this.#database = new Database(options.path)
    this.#operations = new LogOperations(this.#database, {
      ...options,
      clock: () => this.#nowMs,
      start: (steps) => this.#begin({ id: undefined, steps }),
    })
  }

  take(message: ToLogThread): void {
    switch (message.kind) {
      case 'call':
        this.#at(message.nowMs)
        this.#answer(message.id, () => this.#operations.perform(message.name, JSON.parse(message.input)))
        return
      case 'cancel':
        for (const task of this.#tasks) if (task.id === message.id) this.#tasks.delete(task)
        return
      case 'write':
        this.#at(message.nowMs)
        this.#write(message.batch)
        return
      case 'check':
        void checkIntegrity(this.#database).then(
          (report) => this.#answer(message.id, () => report),
          (error: unknown) => this.#send(failure(message.id, error)),
        )
        return
      case 'reset':
        for (const { id } of this.#tasks)
          this.#fail(id, new AwsError('OperationAbortedException', 'The server was reset'))
        this.#tasks.clear()
        this.#operations.clear()
        return
      case 'close':
        this.#close()
    }
  }

  #at(nowMs: number): void {
    this.#nowMs = nowMs
    if (nowMs - this.#sweptMs >= SWEEP_INTERVAL_MS) {
      this.#sweptMs = nowMs
      this.#isSweeping = true
      this.#turn()
    }
  }

  #answer(id: number, work: () => unknown): void {
    try {
      const output = work()
      if (isSteps(output)) {
        this.#begin({ id, steps: output })
      } else {
        this.#isSweeping = true // it may have deleted something
        this.#turn()
        this.#send({ kind: 'answer', id, output: JSON.stringify(output) })
      }
    } catch (error) {
      this.#send(failure(id, error))
    }
  }

  /** One step of each task, once all messages that are here were taken. */
  #turn(): void {
    if (this.#isTurnDue) return
    this.#isTurnDue = true
    setImmediate(() => {
      this.#isTurnDue = false
      for (const task of [...this.#tasks]) this.#step(task)
      if (this.#isSweeping) this.#sweep()
      if (this.#tasks.size > 0 || this.#isSweeping) this.#turn()
    })
  }

  #begin(task: Task): void {
    this.#tasks.add(task)
    this.#turn()
  }

  #step(task: Task): void {
    const { id, steps } = task
    try {
      const { done, value } = steps.next()
      if (!done) return
      if (id !== undefined) this.#send({ kind: 'answer', id, output: JSON.stringify(value) })
    } catch (error) {
      this.#fail(id, error)
    }
    this.#tasks.delete(task)
  }

  #fail(id: number | undefined, error: unknown): void {
    if (id !== undefined) this.#send(failure(id, error))
  }

  #sweep(): void {
    try {
      this.#isSweeping = this.#operations.sweep()
    } catch {
      this.#isSweeping = false // a disk that fails; whoever writes next hears of it
    }
  }

  #write(batch: LogBatch): void {
    const { logGroupName, logStreamName = this.#options.logStreamName, timestamps, messages, size } = batch
    const written = { logGroupName, entries: messages.length, size }
    try {
      const entries = messages.map((message, index) => ({ message, timestamp: timestamps[index] ?? this.#nowMs }))
      this.#operations.append(logGroupName, logStreamName, entries)
      this.#send({ kind: 'written', batch: written })
    } catch (error) {
      this.#send({ kind: 'written', batch: written, error })
    }
  }

  #close(): void {
    try {
      this.#tasks.clear()
      this.#isSweeping = false
      this.#database.close()
      this.#send({ kind: 'closed' })
    } catch (error) {
      this.#send({ kind: 'closed', error })
    }
    parentPort?.close()
  }
}

const isSteps = (output: unknown): output is Iterator<void, unknown> =>
  typeof output === 'object' && output !== null && Symbol.iterator in output && 'next' in output

function failure(id: number, error: unknown): FromLogThread {
  if (error instanceof AwsError) return { kind: 'refused', id, name: error.name, message: error.message }
  // As of a store that cannot be opened: the disk may take the same later.
  if (isDiskFault(error)) return { kind: 'refused', id, name: 'ServiceUnavailableException', message: error.message }
  return { kind: 'failed', id, error }
}

const port = parentPort
if (!port) throw new Error('This is a thread of the server, not a program')
const options: LogThreadOptions = workerData // as LogStore gives it
try {
  const thread = new LogThread(options, (message) => port.postMessage(message))
  port.on('message', (message: ToLogThread) => thread.take(message))
} catch (error) {
  throw dataDirectoryProblem(error, options.path) ?? error // the server hears of it as the end of this thread
}
