import { sparkplugPlaceOf } from '../../../../shared/decode/protobuf/sparkplug-births.ts'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import { readWholePath } from '../../protocol/read-path.ts'
import type { DeliveryCounters, OrderMark } from '../../protocol/stream.ts'
import { plainAt } from '../payload/plain-path.ts'
import type { MessageRing } from '../ring/message-ring.ts'

const MAX_COUNTS = 250_000
/** Missing numbers remembered per count. A number further back than that begins the count anew: a device restarted. */
const MAX_HOLES = 1_000

/**
 * Numbers of so many bits begin again behind their greatest. That one did is told by it being close to the end and the
 * next one close to the beginning: so close that a device which began anew just then is not to be expected.
 */
const WRAPS = [
  { size: 2 ** 8, near: 8 },
  { size: 2 ** 16, near: 256 },
  { size: 2 ** 32, near: MAX_HOLES },
] as const

const SPARKPLUG_SEQ = '$.seq'

interface Order {
  /** Counted on over wraps: 254, 255, 0 are 254, 255, 256. */
  newest: number
  /** How many numbers there are; undefined while none has wrapped. */
  size: number | undefined
  readonly holes: Set<number>
}

/**
 * Follows the number that a sender counts up with each message of a topic, and says where it did not:
 *
 *     7 8 10 9 9 11 1 2     →  8 → 10 skipped (9 is missing), 9 late (no longer missing), 9 repeated, 1 late: anew
 *     254 255 0 2 1         →  255 → 0 in order (eight bits), 0 → 2 skipped, 1 late
 *
 * The `seq` of Sparkplug B is one count for all topics of an edge node, which its birth begins anew.
 */
export class OrderTracker {
  readonly #ring: MessageRing
  #text: string
  #path: ReturnType<typeof pathOf>
  /** By topic, or by edge node. */
  readonly #orders = new Map<string, Order>()
  #counters = { dup: 0, skipped: 0, repeated: 0, late: 0, missing: 0 }

  /** @param ring that the messages observed are about to come into */
  constructor(ring: MessageRing, path = '') {
    this.#ring = ring
    this.#text = path
    this.#path = pathOf(path)
  }

  counters(): DeliveryCounters {
    return { ...this.#counters }
  }

  /** What was counted by the path that is in force already stays. */
  setPath(path: string): void {
    if (path === this.#text) return
    this.#text = path
    this.#path = pathOf(path)
    this.#orders.clear()
  }

  /** The mark of a message that has just come; undefined for one in order, and for one without a number. */
  observe({ topic, payload, dup, properties }: MqttMessage): OrderMark | undefined {
    if (dup) this.#counters.dup += 1
    if (!this.#path) return undefined
    const number = sequenceNumber(plainAt(payload, this.#path, this.#ring.hintOf({ topic, properties })))
    if (number === undefined) return undefined
    const mark = this.#markOf(this.#countOf(topic), number)
    if (mark) this.#counters[mark] += 1
    return mark
  }

  /** Which count a topic's messages are of. Source: Eclipse Sparkplug Specification 3.0.0, §6.4.3, "seq". */
  #countOf(topic: string): string {
    const place = this.#text === SPARKPLUG_SEQ ? sparkplugPlaceOf(topic) : undefined
    if (!place || place.kind === 'CMD') return topic // what a host asks for is not of the node's count
    if (place.kind === 'BIRTH' && place.name === place.node) this.#orders.delete(place.node)
    return place.node
  }

  #markOf(count: string, sent: number): OrderMark | undefined {
    const order = this.#orders.get(count)
    if (!order) {
      if (this.#orders.size < MAX_COUNTS) this.#orders.set(count, { newest: sent, size: undefined, holes: new Set() })
      return undefined
    }
    const number = countedOn(order, sent)
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
    if (sent > 1 && order.newest - number <= MAX_HOLES) return 'repeated'
    if (number === order.newest) return 'repeated'
    order.newest = sent
    order.size = undefined
    order.holes.clear()
    return 'late'
  }
}

/** A whole number, or one that is written as a text. */
function sequenceNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
}

/** A number as it is sent, counted on over wraps: of those that it may be the nearest to the newest. */
function countedOn(order: Order, sent: number): number {
  const { newest } = order
  if (order.size === undefined) {
    const wrap = WRAPS.find(({ size, near }) => newest < size && newest >= size - near && sent >= 0 && sent < near)
    if (!wrap) return sent
    order.size = wrap.size
    return sent + wrap.size
  }
  const { size } = order
  if (sent < 0) return sent
  if (sent >= size) {
    // It has more bits than it seemed: what was taken for a wrap was a device that began again.
    order.size = undefined
    order.newest = newest % size
    order.holes.clear()
    return sent
  }
  const same = Math.floor(newest / size) * size + sent
  const candidates = [same - size, same, same + size]
  const nearest = candidates.reduce((best, each) => (Math.abs(each - newest) < Math.abs(best - newest) ? each : best))
  // One that begins again far from the end is a device that did, not a jump over all that was left.
  const { near = 0 } = WRAPS.find((wrap) => wrap.size === size) ?? {}
  return sent <= 1 && nearest - newest > near ? sent : nearest
}

function pathOf(text: string) {
  const read = readWholePath(text)
  return 'problem' in read || read.path.length === 0 ? undefined : read.path
}
