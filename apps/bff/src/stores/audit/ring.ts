import type { AuditEntry } from '@thingdeck/contract'
import { compareEntryIds } from './audit-query.ts'

export interface Kept {
  readonly id: string
  /** Undefined: what is stored there is no entry. */
  readonly entry: AuditEntry | undefined
  readonly sizeBytes: number
}

/** The latest entries, so many and so many bytes at the most. */
export class Ring {
  readonly #most: number
  readonly #mostBytes: number
  readonly #kept: Kept[] = []
  /** Those before it are let go of; the array is cut when they are many. */
  #first = 0
  #bytes = 0

  constructor(most: number, mostBytes: number) {
    this.#most = most
    this.#mostBytes = mostBytes
  }

  push(kept: Kept): void {
    this.#kept.push(kept)
    this.#bytes += kept.sizeBytes
    while (this.#kept.length - this.#first > this.#most || this.#bytes > this.#mostBytes) {
      this.#bytes -= this.#kept[this.#first]?.sizeBytes ?? 0
      this.#first += 1
    }
    if (this.#first > 1_000 && this.#first > this.#kept.length / 2) {
      this.#kept.splice(0, this.#first)
      this.#first = 0
    }
  }

  *oldestFirst(): Generator<Kept> {
    yield* this.#kept.slice(this.#first)
  }

  *newestFirst(): Generator<Kept> {
    for (let index = this.#kept.length - 1; index >= this.#first; index -= 1) {
      const kept = this.#kept[index]
      if (kept) yield kept
    }
  }
}

/** Both in one order, newest first. */
export function* newestFirst(one: Ring, other: Ring): Generator<Kept> {
  const [ones, others] = [one.newestFirst(), other.newestFirst()]
  let [a, b] = [ones.next(), others.next()]
  while (!a.done || !b.done) {
    if (b.done || (!a.done && compareEntryIds(a.value.id, b.value.id) > 0)) {
      if (!a.done) yield a.value
      a = ones.next()
    } else {
      yield b.value
      b = others.next()
    }
  }
}
