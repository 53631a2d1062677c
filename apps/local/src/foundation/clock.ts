import { clearTimeout, setTimeout } from 'node:timers'

/** Epoch milliseconds. A function, so that tests can move time. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

interface Timer {
  /** By the monotonic clock. */
  readonly atMs: number
  readonly callback: () => void
  handle: NodeJS.Timeout | undefined
}

/** Node's timers fire at once beyond this. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

/** The machine's clock, which can be put forward: what waits for a time that has come then happens. */
export class AdjustableClock {
  readonly #onFault: (error: unknown) => void
  #offsetMs = 0
  #isStopped = false
  readonly #timers = new Set<Timer>()

  /** @param onFault hears what a callback threw, as of a disk that fails: nobody's process ends by it */
  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault
  }

  /** Epoch milliseconds. */
  now(): number {
    return Date.now() + this.#offsetMs
  }

  /** Milliseconds since some moment: goes on with {@link advance}, but not when the machine's clock is set. */
  monotonicMs(): number {
    return performance.now() + this.#offsetMs
  }

  /** Calls back once after `delayMs`; the returned function cancels. Does not keep the process alive. */
  after(delayMs: number, callback: () => void): () => void {
    if (this.#isStopped) return () => {}
    const timer: Timer = { atMs: this.monotonicMs() + delayMs, callback, handle: undefined }
    this.#timers.add(timer)
    this.#arm(timer)
    return () => this.#cancel(timer)
  }

  /** Cancels what waits, and takes nothing more: what it would be called back for is about to be closed. */
  stop(): void {
    this.#isStopped = true
    for (const timer of [...this.#timers]) this.#cancel(timer)
  }

  advance(ms: number): void {
    this.#offsetMs += ms
    const now = this.monotonicMs()
    const due = [...this.#timers].filter(({ atMs }) => atMs <= now).sort((a, b) => a.atMs - b.atMs)
    for (const timer of due) this.#fire(timer)
    for (const timer of this.#timers) this.#arm(timer)
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.handle)
    const delayMs = Math.max(0, timer.atMs - this.monotonicMs())
    timer.handle =
      delayMs > MAX_TIMEOUT_MS
        ? setTimeout(() => this.#arm(timer), MAX_TIMEOUT_MS)
        : setTimeout(() => this.#fire(timer), delayMs)
    timer.handle.unref()
  }

  #fire(timer: Timer): void {
    if (!this.#timers.has(timer)) return // another one that came due with it has cancelled it
    this.#cancel(timer)
    try {
      timer.callback()
    } catch (error) {
      this.#onFault(error)
    }
  }

  #cancel(timer: Timer): void {
    clearTimeout(timer.handle)
    this.#timers.delete(timer)
  }
}
