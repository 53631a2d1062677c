import type { Clock } from './clock.ts'
import { RateWatch } from './rate-watch.ts'
import { AWS_CONNECTION_LIMITS } from './spread-plan.ts'

const SECOND_MS = 1_000

export interface TrafficParts {
  readonly clock: Clock
  /** Messages received so far on each connection. */
  readonly received: () => readonly number[]
  /** A connection ran at the broker's limit from … to … (epoch ms). */
  readonly onLimit: (connection: number, fromMs: number, toMs: number) => void
  /** A second with messages is over, and its figures are here. */
  readonly onSecond: () => void
}

/** How much comes on each connection and by each filter, second by second while anything does. */
export class GroupTraffic {
  readonly #parts: TrafficParts
  #watches: RateWatch[] = []
  #receivedBefore: readonly number[] = []
  /** Messages of this second, by filter. */
  readonly #counts = new Map<string, number>()
  #rates: ReadonlyMap<string, number> = new Map()
  #isTicking = false
  #secondBeganMs = 0

  constructor(parts: TrafficParts) {
    this.#parts = parts
  }

  /** Messages in the last second, by filter. */
  get rates(): ReadonlyMap<string, number> {
    return this.#rates
  }

  /** The first connection that stands at the broker's limit. */
  get connectionAtLimit(): number | undefined {
    const connection = this.#watches.findIndex((watch) => watch.isAtLimit)
    return connection < 0 ? undefined : connection
  }

  /** A message came that these filters match. */
  count(filters: readonly string[]): void {
    for (const filter of filters) this.#counts.set(filter, (this.#counts.get(filter) ?? 0) + 1)
    if (!this.#isTicking) this.#tick()
  }

  /** There are so many connections now. */
  setConnections(count: number): void {
    const watchOf = (connection: number) => this.#watches[connection] ?? new RateWatch(AWS_CONNECTION_LIMITS)
    this.#watches = Array.from({ length: count }, (_, connection) => watchOf(connection))
  }

  /** What comes is spread otherwise from now on. */
  reset(): void {
    const nowMs = this.#parts.clock.nowMs()
    for (const [connection, watch] of this.#watches.entries()) this.#tell(connection, watch.reset(nowMs))
  }

  #tick(): void {
    this.#isTicking = true
    this.#secondBeganMs = this.#parts.clock.nowMs()
    this.#receivedBefore = this.#parts.received()
    this.#parts.clock.after(SECOND_MS, () => this.#second())
  }

  #second(): void {
    const { clock, received, onSecond } = this.#parts
    const nowMs = clock.nowMs()
    this.#rates = new Map(this.#counts)
    this.#counts.clear()
    let hasMessages = false
    const now = received()
    for (const [connection, watch] of this.#watches.entries()) {
      // One that was opened meanwhile is watched from the next second on.
      const came = (now[connection] ?? 0) - (this.#receivedBefore[connection] ?? now[connection] ?? 0)
      hasMessages ||= came > 0
      // A timer on a busy machine comes late: what came in 1.2 s is no second's.
      this.#tell(connection, watch.second((came * SECOND_MS) / Math.max(1, nowMs - this.#secondBeganMs), nowMs))
    }
    onSecond()
    if (hasMessages) this.#tick()
    else this.#isTicking = false
  }

  #tell(connection: number, span: { readonly fromMs: number; readonly toMs: number } | undefined): void {
    if (span) this.#parts.onLimit(connection, span.fromMs, span.toMs)
  }
}
