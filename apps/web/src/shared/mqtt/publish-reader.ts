import type { MqttMessage } from './message.ts'
import { readPublish, variableByteInteger } from './publish-packet.ts'

const PUBLISH = 3
/** The longest fixed header: type and flags, and four bytes of Remaining Length (MQTT 5.0 §2.1). */
const LONGEST_HEADER_BYTES = 5

export interface PublishReaderParts {
  /** Told the message of each PUBLISH, in the order in which they came. Its payload is valid during the call. */
  readonly onMessage: (message: MqttMessage) => void
  /** Takes a packet that somebody else has to see: all but PUBLISH at QoS 0. */
  readonly passOn: (packet: Uint8Array) => void
  /** What came is not as MQTT has it: the connection has to end. Called once. */
  readonly onMalformed: () => void
  /** When what came now came, epoch ms. Asked once for what came in one piece. */
  readonly arrivedAtMs: () => number
}

/**
 * Reads the messages out of a connection's bytes, before the `mqtt` package gets them: its parser, its queue and its
 * streams cost several times what it takes to read a message, and it groups user properties by name, so that
 * `a=1 b=2 a=3` arrives as `{ a: ['1', '3'], b: '2' }`. All other packets are passed on to it in their order, and so is
 * a PUBLISH at QoS 1, which it acknowledges. A packet that is not as MQTT has it is the last that is looked at.
 */
export class PublishReader {
  readonly #parts: PublishReaderParts
  /** The beginning of a packet whose rest has not come yet. */
  #rest: Uint8Array | undefined
  #isOver = false

  constructor(parts: PublishReaderParts) {
    this.#parts = parts
  }

  /** Takes what came next on the connection. */
  take(bytes: Uint8Array): void {
    if (this.#isOver) return
    const { arrivedAtMs, onMessage, passOn } = this.#parts
    const data = this.#rest ? joined(this.#rest, bytes) : plain(bytes)
    this.#rest = undefined
    const receivedAtMs = arrivedAtMs()
    let at = 0
    while (at < data.length) {
      const length = variableByteInteger(data, at + 1, data.length)
      if (!length && data.length - at >= LONGEST_HEADER_BYTES) {
        this.#malformed()
        return
      }
      const end = length && length.next + length.value
      if (!length || end === undefined || end > data.length) break
      const first = data[at] ?? 0
      if (first >> 4 === PUBLISH) {
        const message = readPublish(data, { start: at, body: length.next, end }, receivedAtMs)
        if (!message) {
          this.#malformed()
          return
        }
        onMessage(message)
        if (message.qos === 1) passOn(data.subarray(at, end))
      } else passOn(data.subarray(at, end))
      at = end
    }
    if (at < data.length) this.#rest = data.slice(at)
  }

  #malformed(): void {
    this.#isOver = true
    this.#parts.onMalformed()
  }
}

/** The same bytes: parts of a `Buffer`, as the package's own is in a browser, cost many times those of an array. */
const plain = (bytes: Uint8Array) => new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const whole = new Uint8Array(head.length + tail.length)
  whole.set(head)
  whole.set(tail, head.length)
  return whole
}
