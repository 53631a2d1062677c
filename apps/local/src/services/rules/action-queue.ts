/** So many messages of one action are under way at once. */
const CONCURRENCY = 32
/** So many more may wait for one action, and so many bytes. */
const MAX_WAITING = 1_000
const MAX_WAITING_BYTES = 8 * 1024 * 1024

interface Waiting {
  readonly bytes: number
  readonly run: () => Promise<void>
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
   * @returns false where as much as may is waiting: it will not be run
   */
  add(bytes: number, run: () => Promise<void>): boolean {
    if (this.#running < CONCURRENCY) {
      void this.#start(run)
      return true
    }
    if (this.#waiting.length - this.#head >= MAX_WAITING || this.#bytes + bytes > MAX_WAITING_BYTES) return false
    this.#waiting.push({ bytes, run })
    this.#bytes += bytes
    return true
  }

  /** Forgets what waits. What is under way ends. */
  clear(): void {
    this.#waiting = []
    this.#head = 0
    this.#bytes = 0
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
    if (this.#head === this.#waiting.length) this.clear()
    return next
  }
}
