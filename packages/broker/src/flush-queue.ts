import { setImmediate } from 'node:timers'
import type { BrokerStore } from './types.ts'

/** A connection's output, written at the end of the turn. */
export interface Flushable {
  flush(): void
  /** The store failed: what waits may acknowledge what is not stored, so it must not be sent. */
  abort(): void
}

/** Writes what connections have to say at the end of the turn of the event loop, once what it promises is durable. */
export class FlushQueue {
  readonly #store: BrokerStore
  readonly #report: (error: unknown) => void
  #waiting: Flushable[] = []
  #holds = 0
  readonly #flushAll = () => this.flush()

  /** `report` hears of what the store throws. */
  constructor(store: BrokerStore, report: (error: unknown) => void) {
    this.#store = store
    this.#report = report
  }

  /** Whether something is under way that belongs into one commit: nothing goes out before the end of the turn. */
  get isHeld(): boolean {
    return this.#holds > 0
  }

  hold(): void {
    this.#holds++
  }

  release(): void {
    this.#holds--
  }

  /** Writes this connection's output at the end of the turn. */
  add(connection: Flushable): void {
    if (this.#waiting.length === 0) setImmediate(this.#flushAll)
    this.#waiting.push(connection)
  }

  /** Makes what was stored durable, then lets out what acknowledges it. */
  flush(): void {
    const waiting = this.#waiting
    this.#waiting = []
    const isDurable = this.commit()
    for (const connection of waiting) {
      if (isDurable) connection.flush()
      else connection.abort()
    }
  }

  /** Whether all that was stored is durable now. */
  commit(): boolean {
    try {
      this.#store.commit?.()
      return true
    } catch (error) {
      this.#report(error)
      return false
    }
  }
}
