import { randomBytes } from 'node:crypto'
import type { Clock } from '../../foundation/clock.ts'
import type { LogSink } from '../../foundation/log-sink.ts'

/** "The last 4 KB of the execution log", in the answer to who asks for it. @see AWS Lambda API Reference, Invoke */
const TAIL_BYTES = 4096
/** Of one entry; what is longer is cut. */
const MAX_ENTRY_LENGTH = 256 * 1024

export interface FunctionLogParts {
  readonly sink: Pick<LogSink, 'write'>
  readonly clock: Clock
  readonly group: string
  /** Of the function. */
  readonly version: string
  /** Whether the function's role may write to a stream: nothing is written otherwise, as in AWS. */
  readonly mayWrite: (stream: string) => boolean
}

/** The log stream of one process of a function. */
export class FunctionLog {
  readonly group: string
  /** `2026/11/29/[$LATEST]5f…` */
  readonly stream: string
  readonly #parts: FunctionLogParts
  readonly #isWritten: boolean
  /** Of the invocation that is under way, where somebody wants to see it. */
  #tail: string[] | undefined
  #tailLength = 0

  constructor(parts: FunctionLogParts) {
    this.#parts = parts
    this.group = parts.group
    const day = new Date(parts.clock()).toISOString().slice(0, 10).replaceAll('-', '/')
    this.stream = `${day}/[${parts.version}]${randomBytes(16).toString('hex')}`
    this.#isWritten = parts.mayWrite(this.stream)
  }

  write(text: string): void {
    const message = text.length > MAX_ENTRY_LENGTH ? text.slice(0, MAX_ENTRY_LENGTH) : text
    if (message === '') return
    const { sink, clock } = this.#parts
    if (this.#isWritten) sink.write(this.group, [{ timestamp: clock(), message }], this.stream)
    if (this.#tail) this.#keep(this.#tail, message)
  }

  /** Characters that are held for {@link endTail}. */
  get heldOfTail(): number {
    return this.#tail ? this.#tailLength : 0
  }

  /** No more than is needed: a function may write without end. */
  #keep(tail: string[], message: string): void {
    tail.push(message)
    this.#tailLength += message.length
    // A character is a byte at least.
    for (let [first = ''] = tail; this.#tailLength - first.length >= TAIL_BYTES; [first = ''] = tail) {
      tail.shift()
      this.#tailLength -= first.length
    }
  }

  /** Keeps what is written from now on. */
  beginTail(): void {
    this.#tail = []
    this.#tailLength = 0
  }

  /** The end of what was written since {@link beginTail}, at most 4 KB. */
  endTail(): Buffer {
    const text = Buffer.from((this.#tail ?? []).map((message) => `${message}\n`).join(''))
    this.#tail = undefined
    return text.subarray(Math.max(0, text.length - TAIL_BYTES))
  }
}
