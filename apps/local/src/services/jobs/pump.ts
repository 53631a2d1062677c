import type { ServiceContext } from '../../foundation/service.ts'

/** How long work goes on without a pause; a step that was begun is finished. Milliseconds. */
const TURN_MS = 2
/**
 * The pause is so many times as long as the turn was, and as it came late: who is called late is not alone, and whoever
 * else has much to do goes first.
 */
const PAUSE_FACTOR = 6
/** However busy others are, work goes on. Milliseconds. */
const LONGEST_PAUSE_MS = 250

export interface PumpParts {
  /** Does a piece of what is due. @returns whether there was any */
  readonly step: () => boolean
  /** When something is due next, epoch milliseconds; undefined: never. */
  readonly nextMs: () => number | undefined
}

/** Does what is due at some time, in turns of a few milliseconds. What is due is in tables, and outlives the process. */
export class Pump {
  readonly #context: Pick<ServiceContext, 'clock' | 'after' | 'log'>
  readonly #parts: PumpParts
  #armedMs = Number.POSITIVE_INFINITY
  #cancel: (() => void) | undefined
  #isTurning = false
  /** Until then, by `performance.now()`, whatever is due waits: who changes something meanwhile does not end the pause. */
  #pausesUntilMs = 0
  #isClosed = false

  constructor(context: Pick<ServiceContext, 'clock' | 'after' | 'log'>, parts: PumpParts) {
    this.#context = context
    this.#parts = parts
  }

  /** Something may be due earlier than before. */
  wake(): void {
    if (this.#isTurning) return // what is due next is found out at its end
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
    const nowMs = performance.now()
    const delayMs = Math.max(0, atMs - this.#context.clock(), this.#pausesUntilMs - nowMs)
    const dueMs = nowMs + delayMs
    this.#cancel = this.#context.after(delayMs, () => this.#turn(Math.max(0, performance.now() - dueMs)))
  }

  /** @param lateMs how much later it was called than it asked for */
  #turn(lateMs: number): void {
    this.#armedMs = Number.POSITIVE_INFINITY
    const beginMs = performance.now()
    let isMore = true
    this.#isTurning = true
    try {
      while (isMore && performance.now() < beginMs + TURN_MS) isMore = this.#parts.step()
    } catch (error) {
      this.#context.log.error({ err: error }, 'a step of a job failed')
      this.#arm(this.#context.clock() + 60_000) // what failed once would fail at once again
      return
    } finally {
      this.#isTurning = false
    }
    const endMs = performance.now()
    this.#pausesUntilMs = endMs + Math.min((endMs - beginMs + lateMs) * PAUSE_FACTOR, LONGEST_PAUSE_MS)
    if (isMore) this.#arm(this.#context.clock())
    else this.wake()
  }
}
