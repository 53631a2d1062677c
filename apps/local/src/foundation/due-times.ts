import type { LocalContext } from './context.ts'

/** After a turn that failed: the disk may be full. */
const RETRY_MS = 1_000

interface DueContext extends Pick<LocalContext, 'clock' | 'log'> {
  /** Calls back once after so many milliseconds of the server's clock; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
}

/** Does what is due at some time, by the server's clock: one timer for all that waits. */
export class DueTimes {
  readonly #context: DueContext
  readonly #nextMs: () => number | undefined
  readonly #work: () => void
  #cancel: (() => void) | undefined

  /**
   * @param nextMs when there is next something to do, epoch milliseconds; undefined for never
   * @param work does what is due, or a part of it
   */
  constructor(context: DueContext, nextMs: () => number | undefined, work: () => void) {
    this.#context = context
    this.#nextMs = nextMs
    this.#work = work
  }

  /** To be called whenever something else may be due first. */
  arm(): void {
    this.close()
    const nextMs = this.#nextMs()
    if (nextMs !== undefined) this.#wait(Math.max(0, nextMs - this.#context.clock()))
  }

  close(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #wait(delayMs: number): void {
    this.#cancel = this.#context.after(delayMs, () => {
      try {
        this.#work()
        this.arm()
      } catch (error) {
        this.#context.log.error({ err: error }, 'what was due could not be done; it is tried again')
        this.#wait(RETRY_MS)
      }
    })
  }
}
