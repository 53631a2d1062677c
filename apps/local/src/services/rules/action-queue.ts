/** So many messages of one action are under way at once. */
const CONCURRENCY = 32
/** So many more may wait for one action, and so many bytes. */
const MAX_WAITING = 1_000
const MAX_WAITING_BYTES = 8 * 1024 * 1024

interface Waiting {
  readonly bytes: number
  readonly run: () => Promise<void>
  readonly onDropped: () => void
}

/**
 * What one action has still to do. Rules never hold up the broker, so that what a destination does not take in time
 * cannot wait without end.
 */
export class ActionQueue {
  #waiting: Waiting[] = []
  #head = 0
  #bytes = 0
  #running = 0

  /**
   * Runs it at once, or when one before it has ended.
   * @param bytes that are kept while it waits
   * @param onDropped is called where it waited and will not be run any more
   * @returns false where as much as may is waiting: it will not be run
   */
  add(bytes: number, run: () => Promise<void>, onDropped: () => void): boolean {
    if (this.#running < CONCURRENCY) {
      void this.#start(run)
      return true
    }
    if (this.#waiting.length - this.#head >= MAX_WAITING || this.#bytes + bytes > MAX_WAITING_BYTES) return false
    this.#waiting.push({ bytes, run, onDropped })
    this.#bytes += bytes
    return true
  }

  /** Drops what waits. What is under way ends. */
  clear(): void {
    const dropped = this.#waiting.slice(this.#head)
    this.#forget()
    for (const { onDropped } of dropped) onDropped()
  }

  /** @param run never rejects */
  async #start(run: () => Promise<void>): Promise<void> {
    this.#running += 1
    try {
      await run()
    } finally {
      this.#running -= 1
      const next = this.#take()
      if (next) void this.#start(next.run)
    }
  }

  #take(): Waiting | undefined {
    const next = this.#waiting[this.#head]
    if (!next) return undefined
    this.#head += 1
    this.#bytes -= next.bytes
    if (this.#head === this.#waiting.length) this.#forget()
    else if (this.#head === MAX_WAITING) {
      // What was done is let go of, also where the queue is never empty.
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    return next
  }

  #forget(): void {
    this.#waiting = []
    this.#head = 0
    this.#bytes = 0
  }
}
