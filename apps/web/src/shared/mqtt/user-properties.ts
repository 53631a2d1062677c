/** A user property as it was sent: name and value. */
export type UserProperty = readonly [name: string, value: string]

const PUBLISH = 3
const USER_PROPERTY = 0x26
/** [MQTT-1.5.4-3]: a byte order mark is a character of the text, and is not dropped. */
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** How long the value of a property is, by its identifier (MQTT 5.0 §2.2.2.2, those of a PUBLISH). */
const FIXED_BYTES = new Map([
  [0x01, 1], // Payload Format Indicator
  [0x02, 4], // Message Expiry Interval
  [0x23, 2], // Topic Alias
])
/** Response Topic, Correlation Data, Content Type: two bytes of length, and as many as they say. */
const WITH_LENGTH = new Set([0x03, 0x08, 0x09])
const SUBSCRIPTION_IDENTIFIER = 0x0b

/**
 * Reads the user properties of PUBLISH packets out of a connection's bytes, in the order in which they were sent:
 * `mqtt-packet` groups them by name, and `a=1 b=2 a=3` arrives as `{ a: ['1', '3'], b: '2' }`. Everything else is passed
 * over by its length, so a packet without properties costs a few additions.
 */
export class UserPropertyTap {
  /** The beginning of a packet whose rest has not come yet. */
  #rest: Uint8Array | undefined
  readonly #waiting: (readonly UserProperty[])[] = []

  /** Takes what came next on the connection, before the parser does. */
  take(bytes: Uint8Array): void {
    const data = this.#rest ? joined(this.#rest, bytes) : bytes
    let at = 0
    while (at < data.length) {
      const length = variableByteInteger(data, at + 1)
      const end = length && length.next + length.value
      if (!length || end === undefined || end > data.length) break
      if ((data[at] ?? 0) >> 4 === PUBLISH) this.#publish(data, at, length.next)
      at = end
    }
    this.#rest = at < data.length ? data.slice(at) : undefined
  }

  /** Those of the next PUBLISH that has any. */
  next(): readonly UserProperty[] | undefined {
    return this.#waiting.shift()
  }

  #publish(data: Uint8Array, start: number, body: number): void {
    const hasPacketId = ((data[start] ?? 0) & 0b110) !== 0
    const properties = body + 2 + uint16(data, body) + (hasPacketId ? 2 : 0)
    if (data[properties] === 0) return
    const length = variableByteInteger(data, properties)
    if (!length) return
    const found = userPropertiesOf(data, length.next, length.next + length.value)
    if (found.length > 0) this.#waiting.push(found)
  }
}

function userPropertiesOf(data: Uint8Array, from: number, end: number): readonly UserProperty[] {
  const found: UserProperty[] = []
  let at = from
  while (at < end) {
    const identifier = data[at] ?? 0
    at += 1
    if (identifier === USER_PROPERTY) {
      const nameEnd = at + 2 + uint16(data, at)
      const valueEnd = nameEnd + 2 + uint16(data, nameEnd)
      found.push([UTF8.decode(data.subarray(at + 2, nameEnd)), UTF8.decode(data.subarray(nameEnd + 2, valueEnd))])
      at = valueEnd
    } else if (WITH_LENGTH.has(identifier)) at += 2 + uint16(data, at)
    else if (identifier === SUBSCRIPTION_IDENTIFIER) at = variableByteInteger(data, at)?.next ?? end
    else {
      const bytes = FIXED_BYTES.get(identifier)
      if (bytes === undefined) break // none of a PUBLISH's: the parser will close the connection
      at += bytes
    }
  }
  return found
}

const uint16 = (data: Uint8Array, at: number): number => ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0)

/** MQTT 5.0 §1.5.5. Undefined when it is not all there. */
function variableByteInteger(
  data: Uint8Array,
  from: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0
  for (let index = 0; index < 4; index++) {
    const byte = data[from + index]
    if (byte === undefined) return undefined
    value |= (byte & 0x7f) << (7 * index)
    if (byte < 0x80) return { value, next: from + index + 1 }
  }
  return undefined
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length)
  whole.set(head)
  whole.set(tail, head.length)
  return whole
}
