import type { DeliveryCounters, OrderMark } from '../../protocol/stream.ts'
import { plainAt } from '../payload/plain-path.ts'
import { readPath } from '../payload/read-path.ts'

const MAX_TOPICS = 250_000
/** Missing numbers remembered per topic. A number further back than that begins the count anew: a device restarted. */
const MAX_HOLES = 1_000

interface TopicOrder {
  newest: number
  readonly holes: Set<number>
}

/**
 * Follows the number that a sender counts up with each message of a topic, and says where it did not:
 *
 *     7 8 10 9 9 11 1 2     →  8 → 10 skipped (9 is missing), 9 late (no longer missing), 9 repeated, 1 late: anew
 */
export class OrderTracker {
  #path: ReturnType<typeof pathOf>
  readonly #topics = new Map<string, TopicOrder>()
  #counters = { dup: 0, skipped: 0, repeated: 0, late: 0, missing: 0 }

  constructor(path = '') {
    this.#path = pathOf(path)
  }

  counters(): DeliveryCounters {
    return { ...this.#counters }
  }

  setPath(path: string): void {
    this.#path = pathOf(path)
    this.#topics.clear()
  }

  clear(): void {
    this.#topics.clear()
    this.#counters = { dup: 0, skipped: 0, repeated: 0, late: 0, missing: 0 }
  }

  /** The mark of a message that has just come; undefined for one in order, and for one without a number. */
  observe(topic: string, payload: Uint8Array, dup: boolean, contentType?: string): OrderMark | undefined {
    if (dup) this.#counters.dup += 1
    if (!this.#path) return undefined
    const number = plainAt(payload, this.#path, { topic, contentType })
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) return undefined
    const mark = this.#markOf(topic, number)
    if (mark) this.#counters[mark] += 1
    return mark
  }

  #markOf(topic: string, number: number): OrderMark | undefined {
    const order = this.#topics.get(topic)
    if (!order) {
      if (this.#topics.size < MAX_TOPICS) this.#topics.set(topic, { newest: number, holes: new Set() })
      return undefined
    }
    if (number === order.newest + 1) {
      order.newest = number
      return undefined
    }
    if (number > order.newest) {
      this.#counters.missing += number - order.newest - 1
      for (let hole = Math.max(order.newest + 1, number - MAX_HOLES); hole < number; hole++) order.holes.add(hole)
      for (const hole of order.holes) {
        if (order.holes.size <= MAX_HOLES) break
        order.holes.delete(hole)
      }
      order.newest = number
      return 'skipped'
    }
    if (order.holes.delete(number)) {
      this.#counters.missing -= 1
      return 'late'
    }
    if (number > 1 && order.newest - number <= MAX_HOLES) return 'repeated'
    if (number === order.newest) return 'repeated'
    order.newest = number
    order.holes.clear()
    return 'late'
  }
}

function pathOf(text: string) {
  if (!/^\$[.[]/.test(text)) return undefined
  const read = readPath(text)
  return 'problem' in read || read.length !== text.length ? undefined : read.path
}
