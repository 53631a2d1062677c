import type { ServiceContext } from '../../foundation/service.ts'

/** How long work goes on without a pause, and how long the pause is: meanwhile messages have their turn. Milliseconds. */
const TURN_MS = 4
const PAUSE_MS = 12

export interface PumpParts {
  /** Does a piece of what is due. @returns whether there was any */
  readonly step: () => boolean
  /** When something is due next, epoch milliseconds; undefined: never. */
  readonly nextMs: () => number | undefined
  /** Whether {@link step} can be called; otherwise this makes it so. */
  readonly ready: () => true | Promise<void>
}

/** Does what is due at some time, in turns of a few milliseconds. What is due is in tables, and outlives the process. */
export class Pump {
  readonly #context: Pick<ServiceContext, 'clock' | 'after' | 'log'>
  readonly #parts: PumpParts
  #armedMs = Number.POSITIVE_INFINITY
  #cancel: (() => void) | undefined
  #isClosed = false

  constructor(context: Pick<ServiceContext, 'clock' | 'after' | 'log'>, parts: PumpParts) {
    this.#context = context
    this.#parts = parts
  }

  /** Something may be due earlier than before. */
  wake(): void {
    const next = this.#parts.nextMs()
    if (next !== undefined) this.#arm(next)
  }

  close(): void {
    this.#isClosed = true
    this.#cancel?.()
  }

  #arm(atMs: number): void {
    if (this.#isClosed || this.#armedMs <= atMs) return
    this.#cancel?.()
    this.#armedMs = atMs
    this.#cancel = this.#context.after(Math.max(0, atMs - this.#context.clock()), () => this.#turn())
  }

  #turn(): void {
    this.#armedMs = Number.POSITIVE_INFINITY
    const ready = this.#parts.ready()
    if (ready !== true) {
      ready.then(
        () => this.wake(),
        (error: unknown) => this.#context.log.error({ err: error }, 'jobs cannot go on'),
      )
      return
    }
    const end = performance.now() + TURN_MS
    let isMore = true
    try {
      while (isMore && performance.now() < end) isMore = this.#parts.step()
    } catch (error) {
      this.#context.log.error({ err: error }, 'a step of a job failed')
      this.#arm(this.#context.clock() + 60_000) // what failed once would fail at once again
      return
    }
    if (isMore) this.#arm(this.#context.clock() + PAUSE_MS)
    else this.wake()
  }
}
