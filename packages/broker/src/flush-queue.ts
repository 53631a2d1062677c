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
  readonly #onLost: (error: unknown) => void
  #waiting: Flushable[] = []
  #holds = 0
  #commits = 0
  readonly #flushAll = () => this.flush()

  /** `onLost` hears why something that was stored since the last commit is not kept. */
  constructor(store: BrokerStore, onLost: (error: unknown) => void) {
    this.#store = store
    this.#onLost = onLost
  }

  /** How often all that was stored was made durable. */
  get commits(): number {
    return this.#commits
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
    if (!this.commit()) return
    for (const connection of this.#takeWaiting()) connection.flush()
  }

  /**
   * Whether all that was stored is durable now. Where it is not, none of those that wait is let out, whoever asked: what
   * was lost may be what they acknowledge, and the store tells of a loss once.
   */
  commit(): boolean {
    try {
      this.#store.commit?.()
    } catch (error) {
      this.#onLost(error)
      for (const connection of this.#takeWaiting()) connection.abort()
      return false
    }
    this.#commits++
    return true
  }

  #takeWaiting(): readonly Flushable[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting
  }
}
