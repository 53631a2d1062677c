import type { DropCause } from '@thingdeck/broker'
import type { Logger } from 'pino'

/** What is dropped after it was told of is counted for so long, in milliseconds. */
const INTERVAL_MS = 10_000
/** Receivers that are told of by name each time; the others are counted together. */
const NAMED = 20

/** The options of `--limit` that a cause is about. */
const LIMITS: Readonly<Record<DropCause, string>> = {
  RATE: 'outboundPublishesPerSecond',
  OUTPUT_FULL: 'outboundBufferBytes',
  QUEUE_FULL: 'queuedMessages, queuedBytes, storedBytesPerQueue',
  MEMORY_FULL: 'memoryBytes',
  STORE_FULL: 'storedBytes',
}

interface Dropped {
  readonly receiver: string
  readonly cause: DropCause
  count: number
}

/**
 * Tells the log which receivers miss messages because of a limit: the first at once, then what came together in ten
 * seconds, so that a flood of messages is no flood of lines.
 */
export class DropLog {
  readonly #log: Logger
  readonly #after: (delayMs: number, callback: () => void) => void
  readonly #dropped = new Map<string, Dropped>()
  #others = 0
  #isWaiting = false

  constructor(log: Logger, after: (delayMs: number, callback: () => void) => void) {
    this.#log = log
    this.#after = after
  }

  /** @param receiver a client id, or a shared subscription's filter */
  add(receiver: string, cause: DropCause): void {
    const key = `${cause} ${receiver}`
    const known = this.#dropped.get(key)
    if (known) known.count += 1
    else if (this.#dropped.size < NAMED) this.#dropped.set(key, { receiver, cause, count: 1 })
    else this.#others += 1
    if (!this.#isWaiting) this.#tell()
  }

  #tell(): void {
    this.#isWaiting = this.#dropped.size > 0
    if (!this.#isWaiting) return
    for (const { receiver, cause, count } of this.#dropped.values()) {
      const what = count === 1 ? '1 message' : `${count} messages`
      this.#log.warn({ receiver, cause, count, limit: LIMITS[cause] }, `dropped: ${what} to ${receiver}`)
    }
    if (this.#others > 0) {
      this.#log.warn({ count: this.#others }, `dropped: ${this.#others} messages to other receivers`)
    }
    this.#dropped.clear()
    this.#others = 0
    this.#after(INTERVAL_MS, () => this.#tell())
  }
}
