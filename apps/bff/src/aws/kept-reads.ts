import type { Clock } from '../clock.ts'
import { KeptAnswers } from './kept-answers.ts'
import { SharedReads } from './shared-reads.ts'

/** Reads that are shared while they go on, and kept for a while afterwards. */
export class KeptReads<Answer> {
  readonly #kept: KeptAnswers<Answer>
  readonly #keepMs: number
  readonly #shared = new SharedReads<Answer>()

  /** @param most so many different ones are kept at once */
  constructor(clock: Clock, keepMs: number, most = 16) {
    this.#kept = new KeptAnswers(clock, most)
    this.#keepMs = keepMs
  }

  /**
   * @param key says what is asked for, whole
   * @throws what `read` throws; or the signal's reason, as soon as this caller leaves
   */
  async read(key: string, read: (signal: AbortSignal) => Promise<Answer>, signal?: AbortSignal): Promise<Answer> {
    const kept = this.#kept.get(key)
    if (kept !== undefined) return kept
    const answer = await this.#shared.read(key, read, signal)
    this.#kept.put(key, answer, this.#keepMs)
    return answer
  }
}
