import type { Clock } from '../clock.ts'

interface Kept<Answer> {
  readonly answer: Answer
  readonly untilMs: number
  readonly weight: number
}

/** Answers that serve whoever asks the same for a while, up to a weight of all; the oldest go first. */
export class KeptAnswers<Answer> {
  readonly #clock: Clock
  readonly #mostWeight: number
  readonly #kept = new Map<string, Kept<Answer>>()
  #weight = 0

  /** @param mostWeight of all together, in what {@link put} is told */
  constructor(clock: Clock, mostWeight: number) {
    this.#clock = clock
    this.#mostWeight = mostWeight
  }

  get(key: string): Answer | undefined {
    const kept = this.#kept.get(key)
    if (!kept) return undefined
    if (kept.untilMs > this.#clock.nowMs()) return kept.answer
    this.#drop(key, kept)
    return undefined
  }

  put(key: string, answer: Answer, keepMs: number, weight = 1): void {
    const before = this.#kept.get(key)
    if (before) this.#drop(key, before)
    this.#kept.set(key, { answer, untilMs: this.#clock.nowMs() + keepMs, weight })
    this.#weight += weight
    for (const [oldest, kept] of this.#kept) {
      if (this.#weight <= this.#mostWeight) return
      this.#drop(oldest, kept)
    }
  }

  /** Nobody is to be served with it any more. */
  drop(key: string): void {
    const kept = this.#kept.get(key)
    if (kept) this.#drop(key, kept)
  }

  #drop(key: string, { weight }: Kept<Answer>): void {
    this.#kept.delete(key)
    this.#weight -= weight
  }
}
