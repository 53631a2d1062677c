import type { Clock } from '../../clock.ts'

/** What is asked of a bucket. */
export interface Take {
  readonly name: string
  /** So many tokens come in each second, and so many are in it when nobody took one for a second. */
  readonly perSecond: number
  /** This share of a full bucket is left to others, between 0 and 1. */
  readonly leaves: number
}

/** Buckets of tokens: of one process, or of all consoles that share a Redis. */
export interface TokenBuckets {
  /** @returns 0 when a token was taken; otherwise how long it is until there is one, in milliseconds */
  take(take: Take): number | Promise<number>
}

/** For {@link Take}, in milliseconds: the time between two tokens, and how far ahead of it a bucket lets one be. */
export function shapeOf({ perSecond, leaves }: Take): { readonly everyMs: number; readonly aheadMs: number } {
  const everyMs = 1_000 / perSecond
  const holds = Math.max(1, Math.floor(perSecond * (1 - leaves)))
  return { everyMs, aheadMs: (holds - 1) * everyMs }
}

/**
 * A bucket is one number: when it will be full again. Source: the generic cell rate algorithm, ITU-T I.371, in its
 * form of virtual scheduling.
 */
export class OwnTokenBuckets implements TokenBuckets {
  readonly #clock: Clock
  readonly #fullAtMs = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  take(take: Take): number {
    const { everyMs, aheadMs } = shapeOf(take)
    const nowMs = this.#clock.nowMs()
    const fullAtMs = Math.max(this.#fullAtMs.get(take.name) ?? 0, nowMs)
    const waitMs = fullAtMs - nowMs - aheadMs
    if (waitMs > 0) return waitMs
    this.#fullAtMs.set(take.name, fullAtMs + everyMs)
    return 0
  }
}
