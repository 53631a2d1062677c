import type { WriteReport } from '@thingdeck/contract'
import { ApiError } from '../http.ts'

/** What the page should say of reports; a later one of the same id takes its place. */
export type ReportNotice =
  /** The server does not take it: there is no entry, or one that says that it was refused. */
  | { readonly kind: 'refused'; readonly report: WriteReport; readonly message: string }
  /** So many have not arrived, and are tried again. `because`: nobody is signed in, or the server does not answer. */
  | { readonly kind: 'waiting'; readonly count: number; readonly because: 'signed-out' | 'no-answer' }
  /** All that waited have arrived. */
  | { readonly kind: 'delivered' }
  /** More waited than are kept: the oldest is lost to the trail. */
  | { readonly kind: 'lost'; readonly report: WriteReport }

export interface ReportQueueParts {
  readonly send: (report: WriteReport) => Promise<void>
  /** Runs `action` later; answers what cancels it. */
  readonly after: (delayMs: number, action: () => void) => () => void
  readonly tell: (notice: ReportNotice) => void
  /** Told of each change, so that what waits is kept over a reload. */
  readonly keep: (waiting: readonly WriteReport[]) => void
}

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 60_000
/** Of one page. A person who publishes as fast as they can click makes this many in minutes. */
const MOST_WAITING = 500

/** Reports on their way to the server, in the order in which they were written. Each stays until it is known to be kept. */
export class ReportQueue {
  readonly #parts: ReportQueueParts
  #waiting: readonly WriteReport[] = []
  #sending: Promise<void> | undefined
  #attempt = 0
  #cancelRetry: () => void = () => {}
  #isTold = false

  constructor(parts: ReportQueueParts) {
    this.#parts = parts
  }

  get waiting(): readonly WriteReport[] {
    return this.#waiting
  }

  add(...reports: readonly WriteReport[]): void {
    if (reports.length === 0) return
    const all = [...this.#waiting, ...reports]
    for (const report of all.slice(0, -MOST_WAITING)) this.#parts.tell({ kind: 'lost', report })
    this.#set(all.slice(-MOST_WAITING))
    void this.flush()
  }

  /** Tries now: the network is back, or the person. Settles when all were taken, or the first was not. */
  flush(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve()
    this.#sending ??= this.#sendAll()
    return this.#sending
  }

  async #sendAll(): Promise<void> {
    this.#cancelRetry()
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        if (!(await this.#sent(next))) return
        this.#set(this.#waiting.filter((each) => each !== next))
        this.#attempt = 0
      }
      if (this.#isTold) this.#parts.tell({ kind: 'delivered' })
      this.#isTold = false
    } finally {
      this.#sending = undefined
    }
  }

  /** @returns whether there is nothing more to do for it */
  async #sent(report: WriteReport): Promise<boolean> {
    try {
      await this.#parts.send(report)
      return true
    } catch (error) {
      if (isRefusal(error)) {
        this.#parts.tell({ kind: 'refused', report, message: error.message })
        return true
      }
      const isSignedOut = error instanceof ApiError && error.status === 401
      this.#isTold = true
      this.#parts.tell({
        kind: 'waiting',
        count: this.#waiting.length,
        because: isSignedOut ? 'signed-out' : 'no-answer',
      })
      // Whoever comes back tries at once; until then asking is of no use.
      if (!isSignedOut) this.#retryLater()
      return false
    }
  }

  #retryLater(): void {
    const delayMs = Math.min(FIRST_RETRY_MS * 2 ** this.#attempt, LONGEST_RETRY_MS)
    this.#attempt += 1
    this.#cancelRetry = this.#parts.after(delayMs, () => void this.flush())
  }

  #set(waiting: readonly WriteReport[]): void {
    this.#waiting = waiting
    this.#parts.keep(waiting)
  }
}

/** What is answered the same each time. Too many requests, and a server in trouble, pass. */
const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status)
