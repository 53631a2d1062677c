import { writeBase64 } from '../bytes-text.ts'
import type { MqttMessage } from '../mqtt/message.ts'
import { propertiesToJson } from './recording-format.ts'

const ENCODER = new TextEncoder()
/** A UTF-16 unit takes so many bytes of UTF-8 at most. */
const BYTES_PER_UNIT = 3
const MAX_REMEMBERED_TOPICS = 10_000

/**
 * Lines of a recording as the bytes that they are in its file. A recording is made of every message that comes, so a
 * message is written where it will stand, byte for byte what `messageLine` makes of it, without the texts in between:
 * those of the payload alone cost more than all else that is done with a message.
 */
export class LineBuffer {
  #bytes: Uint8Array<ArrayBuffer>
  #used = 0
  /** `,"topic":"…","payload":"` of topics that came before. */
  readonly #topicParts = new Map<string, Uint8Array>()
  #timeMs = Number.NaN
  #timePart: Uint8Array = new Uint8Array()

  /** @param capacityBytes what it holds without growing */
  constructor(capacityBytes: number) {
    this.#bytes = new Uint8Array(capacityBytes)
  }

  get usedBytes(): number {
    return this.#used
  }

  /** A line without its end. */
  line(text: string): void {
    this.#text(`${text}\n`)
  }

  /** The line of a message. */
  message(message: MqttMessage): void {
    const { receivedAtMs, notBeforeMs, topic, payload, qos, retain, dup, properties } = message
    this.#part(this.#timeOf(receivedAtMs))
    if (notBeforeMs !== undefined) this.#text(`,"notBeforeMs":${notBeforeMs}`)
    this.#part(this.#topicOf(topic))
    this.#reserve(Math.ceil(payload.length / 3) * 4)
    this.#used = writeBase64(payload, this.#bytes, this.#used)
    if (!retain && !dup && !properties) {
      this.#part(qos === 0 ? END_QOS_0 : END_QOS_1)
      return
    }
    const flags = `${retain ? ',"retain":true' : ''}${dup ? ',"dup":true' : ''}`
    const rest = properties ? `,"properties":${JSON.stringify(propertiesToJson(properties))}` : ''
    this.#text(`","qos":${qos}${flags}${rest}}\n`)
  }

  /** What was written, which is the caller's from then on; the buffer is empty. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.slice(0, this.#used)
    this.#used = 0
    return taken
  }

  #timeOf(atMs: number): Uint8Array {
    if (atMs !== this.#timeMs) {
      this.#timeMs = atMs
      this.#timePart = ENCODER.encode(`{"atMs":${atMs}`)
    }
    return this.#timePart
  }

  #topicOf(topic: string): Uint8Array {
    const known = this.#topicParts.get(topic)
    if (known) return known
    const part = ENCODER.encode(`,"topic":${JSON.stringify(topic)},"payload":"`)
    if (this.#topicParts.size >= MAX_REMEMBERED_TOPICS) this.#topicParts.clear()
    this.#topicParts.set(topic, part)
    return part
  }

  #part(part: Uint8Array): void {
    this.#reserve(part.length)
    this.#bytes.set(part, this.#used)
    this.#used += part.length
  }

  #text(text: string): void {
    this.#reserve(text.length * BYTES_PER_UNIT)
    this.#used += ENCODER.encodeInto(text, this.#bytes.subarray(this.#used)).written
  }

  #reserve(bytes: number): void {
    const least = this.#used + bytes
    if (least <= this.#bytes.length) return
    const longer = new Uint8Array(Math.max(least, this.#bytes.length * 2))
    longer.set(this.#bytes.subarray(0, this.#used))
    this.#bytes = longer
  }
}

const END_QOS_0 = ENCODER.encode('","qos":0}\n')
const END_QOS_1 = ENCODER.encode('","qos":1}\n')
