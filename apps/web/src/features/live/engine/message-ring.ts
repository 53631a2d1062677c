import type { MessageProperties, MqttMessage, Qos } from '../../../shared/mqtt/message.ts'
import { TopicInterner } from './topic-interner.ts'

const ROWS_PER_SEGMENT = 4_096
const FIRST_SEGMENT_BYTES = 64 * 1024
/** What a row costs beside its payload: the columns below. */
const ROW_BYTES = 8 + 4 + 4 + 4 + 1

const QOS_1 = 1
const RETAIN = 2
const DUP = 4
const GAP = 8

/** Where the stream has a hole. It is a row like a message, but never counted as one. */
export interface Gap {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
  /** Left out: the connection was away. */
  readonly cause?: GapCause
}

/**
 * `disconnected`: messages at QoS 0 are missing. `broker-limit`: a connection ran at the broker's limit, so more was
 * probably discarded. `paused`: nothing is missing, the reader looked away.
 */
export type GapCause = 'disconnected' | 'broker-limit' | 'paused'

/** What is kept, never more than the budgets. `received = kept + agedOut` always holds. */
export interface RingCounters {
  readonly received: number
  readonly kept: number
  readonly agedOut: number
  /** Gap rows still in the ring. */
  readonly gaps: number
  /** Payloads and columns of what is kept. */
  readonly keptBytes: number
}

export interface StoredMessage {
  readonly kind: 'message'
  readonly sequence: number
  readonly receivedAtMs: number
  readonly topic: string
  /** A view into the ring: copy it to keep it. */
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  readonly properties?: MessageProperties
}

export type StoredRow = StoredMessage | { readonly kind: 'gap'; readonly sequence: number; readonly gap: Gap }

/** A run of rows: typed columns, and one block of bytes for their payloads. */
class Segment {
  readonly receivedAtMs = new Float64Array(ROWS_PER_SEGMENT)
  readonly topicIds = new Uint32Array(ROWS_PER_SEGMENT)
  readonly offsets = new Uint32Array(ROWS_PER_SEGMENT)
  readonly lengths = new Uint32Array(ROWS_PER_SEGMENT)
  readonly flags = new Uint8Array(ROWS_PER_SEGMENT)
  /** What few rows have: MQTT 5 properties, gaps. */
  readonly properties = new Map<number, MessageProperties>()
  readonly gaps = new Map<number, Gap>()
  bytes = new Uint8Array(FIRST_SEGMENT_BYTES)
  usedBytes = 0
  rows = 0

  /** Answers where the copy begins. */
  store(payload: Uint8Array): number {
    const start = this.usedBytes
    const end = start + payload.length
    if (end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.bytes.length * 2))
      larger.set(this.bytes.subarray(0, start))
      this.bytes = larger
    }
    this.bytes.set(payload, start)
    this.usedBytes = end
    return start
  }
}

/**
 * The messages of a stream, oldest out first when a budget is full. Each row has a sequence number that it keeps: the
 * first row ever is 0. Payloads are kept as they came, byte for byte.
 */
export class MessageRing {
  readonly #maxBytes: number
  readonly #maxRows: number
  readonly #topics = new TopicInterner()
  #segments: Segment[] = []
  /** Sequence of the first row of `#segments[0]`. */
  #base = 0
  #first = 0
  #next = 0
  #received = 0
  #agedOut = 0
  #gaps = 0
  #keptBytes = 0

  /** `maxBytes` of payloads and columns; `maxRows` bounds what a list can scroll through. */
  constructor(budget: { readonly maxBytes: number; readonly maxRows: number }) {
    this.#maxBytes = budget.maxBytes
    this.#maxRows = budget.maxRows
  }

  /** Sequence of the oldest row kept. */
  get first(): number {
    return this.#first
  }

  /** Sequence that the next row will have; `next - first` rows are kept. */
  get next(): number {
    return this.#next
  }

  counters(): RingCounters {
    return {
      received: this.#received,
      kept: this.#received - this.#agedOut,
      agedOut: this.#agedOut,
      gaps: this.#gaps,
      keptBytes: this.#keptBytes,
    }
  }

  push(message: MqttMessage): number {
    const segment = this.#writable()
    const row = segment.rows++
    segment.receivedAtMs[row] = message.receivedAtMs
    segment.topicIds[row] = this.#topics.acquire(message.topic)
    segment.offsets[row] = segment.store(message.payload)
    segment.lengths[row] = message.payload.length
    segment.flags[row] = (message.qos === 1 ? QOS_1 : 0) | (message.retain ? RETAIN : 0) | (message.dup ? DUP : 0)
    if (message.properties) segment.properties.set(row, message.properties)
    this.#received += 1
    this.#keptBytes += ROW_BYTES + message.payload.length
    return this.#added()
  }

  pushGap(gap: Gap): number {
    const segment = this.#writable()
    const row = segment.rows++
    segment.receivedAtMs[row] = gap.toMs
    segment.flags[row] = GAP
    segment.gaps.set(row, gap)
    this.#gaps += 1
    this.#keptBytes += ROW_BYTES
    return this.#added()
  }

  /** Undefined once it aged out, and before it came. */
  get(sequence: number): StoredRow | undefined {
    const [segment, row] = this.#find(sequence)
    if (!segment) return undefined
    const gap = segment.gaps.get(row)
    if (gap) return { kind: 'gap', sequence, gap }
    const flags = segment.flags[row] ?? 0
    const offset = segment.offsets[row] ?? 0
    const properties = segment.properties.get(row)
    return {
      kind: 'message',
      sequence,
      receivedAtMs: segment.receivedAtMs[row] ?? 0,
      topic: this.#topics.topicOf(segment.topicIds[row] ?? 0),
      payload: segment.bytes.subarray(offset, offset + (segment.lengths[row] ?? 0)),
      qos: flags & QOS_1 ? 1 : 0,
      retain: (flags & RETAIN) !== 0,
      dup: (flags & DUP) !== 0,
      ...(properties ? { properties } : {}),
    }
  }

  /** Empties the ring and sets its counters to nothing. Sequence numbers go on: none is given twice. */
  clear(): void {
    while (this.#first < this.#next) this.#evict()
    this.#segments = []
    this.#base = this.#next
    this.#received = 0
    this.#agedOut = 0
  }

  #writable(): Segment {
    const last = this.#segments.at(-1)
    if (last && last.rows < ROWS_PER_SEGMENT) return last
    const segment = new Segment()
    this.#segments.push(segment)
    return segment
  }

  #added(): number {
    const sequence = this.#next++
    while (this.#first < sequence && (this.#keptBytes > this.#maxBytes || this.#next - this.#first > this.#maxRows)) {
      this.#evict()
    }
    return sequence
  }

  #find(sequence: number): [Segment | undefined, number] {
    if (sequence < this.#first || sequence >= this.#next) return [undefined, 0]
    const index = sequence - this.#base
    return [this.#segments[Math.floor(index / ROWS_PER_SEGMENT)], index % ROWS_PER_SEGMENT]
  }

  #evict(): void {
    const [segment, row] = this.#find(this.#first)
    if (!segment) return
    if ((segment.flags[row] ?? 0) & GAP) {
      this.#gaps -= 1
      this.#keptBytes -= ROW_BYTES
    } else {
      this.#topics.release(segment.topicIds[row] ?? 0)
      this.#agedOut += 1
      this.#keptBytes -= ROW_BYTES + (segment.lengths[row] ?? 0)
    }
    this.#first += 1
    if (this.#first - this.#base < ROWS_PER_SEGMENT) return
    this.#segments.shift()
    this.#base += ROWS_PER_SEGMENT
  }
}
