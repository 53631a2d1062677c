import type { Clock } from '../../clock.ts'
import { KeptAnswers } from '../kept-answers.ts'

/** As many people as this always get what AWS says now; what they cost is what any number of people costs. */
const FEW_READERS = 5
/** Whoever asked for the same in this time reads it still: what the console reads over and over it reads once a minute at least. */
const READER_MS = 90_000
/** Where more read than {@link FEW_READERS}, an answer serves everybody for so long. */
const KEEP_MS = 1_000
/** Looks are at a pace where the time between two differs from that before by no more than this part of it. */
const PACE_DIFFERS = 1 / 20
/** Different answers that are kept at once. */
const MOST_KEPT = 256

interface KeptAnswer<Answer> {
  readonly answer: Answer
  readonly atMs: number
}

interface Reader {
  readonly atMs: number
  /** Since the look before; 0: there was none. */
  readonly sinceMs: number
}

/**
 * Lets people who ask AWS for the same share its answer: while it is on its way, and where many read the same over and
 * over, for a second; or for a fifth of the time between two looks, for a person whose page looks at an even pace. So
 * those who read it every minute cost what five of them cost, as those do who read it every five seconds; and who looks
 * because of something (a button, an event, a write by another console, SDK or device) is told what is so now. After a
 * write by this console everybody is answered anew.
 */
export class SharedCalls<Answer> {
  readonly #clock: Clock
  readonly #running = new Map<string, Promise<Answer>>()
  readonly #readers = new Map<string, Map<string, Reader>>()
  #kept: KeptAnswers<KeptAnswer<Answer>>

  constructor(clock: Clock) {
    this.#clock = clock
    this.#kept = new KeptAnswers(clock, MOST_KEPT)
  }

  /** @param key says what is asked for, whole */
  async read(key: string, person: string, call: () => Promise<Answer>): Promise<Answer> {
    const { readers, paceMs } = this.#noteReader(key, person)
    const kept = readers > FEW_READERS ? this.#kept.get(key) : undefined
    if (kept && this.#clock.nowMs() - kept.atMs < Math.max(KEEP_MS, paceMs / FEW_READERS)) return kept.answer
    const running = this.#running.get(key)
    if (running) {
      try {
        return await running
      } catch (error) {
        // Who asked first has left. Whoever waited with them asks for themselves.
        if ((error as Error).name !== 'AbortError') throw error
        return call()
      }
    }
    const begun = call()
    this.#running.set(key, begun)
    try {
      const answer = await begun
      if (this.#running.get(key) === begun)
        this.#kept.put(key, { answer, atMs: this.#clock.nowMs() }, READER_MS / FEW_READERS)
      return answer
    } finally {
      if (this.#running.get(key) === begun) this.#running.delete(key)
    }
  }

  /** Something is written: what was read before it, and what is being read now, serves nobody who asks from here on. */
  forget(): void {
    this.#running.clear()
    this.#kept = new KeptAnswers(this.#clock, MOST_KEPT)
  }

  /** @returns how many people read it, and at which pace this one does; 0: at none */
  #noteReader(key: string, person: string): { readonly readers: number; readonly paceMs: number } {
    const nowMs = this.#clock.nowMs()
    const readers = this.#readers.get(key) ?? new Map<string, Reader>()
    const known = readers.get(person)
    const before = known && known.atMs > nowMs - READER_MS ? known : { atMs: nowMs, sinceMs: 0 }
    const sinceMs = nowMs - before.atMs
    const isAtPace = Math.abs(sinceMs - before.sinceMs) <= sinceMs * PACE_DIFFERS
    readers.delete(person)
    // A page may need the same for several of its parts: that is one look.
    readers.set(person, { atMs: nowMs, sinceMs: sinceMs < KEEP_MS ? before.sinceMs : sinceMs })
    for (const [each, { atMs }] of readers) {
      if (atMs > nowMs - READER_MS) break
      readers.delete(each)
    }
    // The key that was asked for last is the last of all: those before it that nobody reads any more are at the front.
    this.#readers.delete(key)
    this.#readers.set(key, readers)
    for (const [each, { size }] of this.#readers) {
      if (this.#readers.size <= 4 * MOST_KEPT && size > 0) break
      this.#readers.delete(each)
    }
    return { readers: readers.size, paceMs: isAtPace ? sinceMs : 0 }
  }
}
