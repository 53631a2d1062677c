import type { EncodingHint } from '../../../../shared/decode/binary.ts'
import { SparkplugBirths } from '../../../../shared/decode/protobuf/sparkplug-births.ts'
import type { MessageProperties, MqttMessage, Qos } from '../../../../shared/mqtt/message.ts'
import type { Gap } from '../../../../shared/recording/gap.ts'
import type { RingCounters } from '../../protocol/ring-counters.ts'
import type { OrderMark, StreamBudget } from '../../protocol/stream.ts'
import { PayloadStore } from './payload-store.ts'
import { ROWS_PER_SEGMENT, RowSegment } from './row-segment.ts'
import { TopicInterner } from './topic-interner.ts'

/** What a row costs beside its payload: its columns. */
const ROW_BYTES = 8 + 5 * 4 + 1

const QOS_1 = 1
const RETAIN = 2
const DUP = 4
const GAP = 8
const ORDER_SHIFT = 4
const ORDER_MARKS: readonly (OrderMark | undefined)[] = [undefined, 'skipped', 'repeated', 'late']
const MAX_SPARE_SEGMENTS = 2

export interface StoredMessage {
  readonly kind: 'message'
  readonly sequence: number
  readonly receivedAtMs: number
  /** It came at some time from this to `receivedAtMs`. */
  readonly notBeforeMs?: number
  readonly topic: string
  /** A view into the ring: copy it to keep it. */
  readonly payload: Uint8Array<ArrayBuffer>
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  readonly order?: OrderMark
  readonly properties?: MessageProperties
}

export type StoredRow = StoredMessage | { readonly kind: 'gap'; readonly sequence: number; readonly gap: Gap }

/**
 * A row as filters and statistics look at it: one object for a million rows, filled anew by {@link MessageRing.read}.
 * The payload is `bytes` from `start` to before `end`.
 */
export class RowCursor {
  sequence = 0
  receivedAtMs = 0
  topicId = 0
  isGap = false
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array()
  start = 0
  end = 0
}

interface HintedMessage {
  readonly topic: string
  readonly properties?: MessageProperties | undefined
  readonly sequence?: number
}

/** Whoever must know what ages out, just before it does. */
export type EvictionListener = (row: RowCursor) => void

/**
 * The messages of a stream, oldest out first when a budget is full. Each row has a sequence number that it keeps: the
 * first row ever is 0. Payloads are kept as they came, byte for byte. Once full, memory is used again, not allocated.
 */
export class MessageRing {
  readonly topics = new TopicInterner()
  /** What has aged out, and what a ring before this one had, still says what the metrics of Sparkplug are that came later. */
  readonly #births: SparkplugBirths
  #maxBytes: number
  #maxRows: number
  readonly #payloads = new PayloadStore()
  readonly #onEvict: EvictionListener | undefined
  readonly #evicted = new RowCursor()
  #segments: RowSegment[] = []
  #spare: RowSegment[] = []
  /** Sequence of each topic's newest message, by topic number. */
  #newest = new Float64Array(64).fill(-1)
  /** Sequence of the first row of `#segments[0]`. */
  #base = 0
  #first = 0
  #next = 0
  #received = 0
  #agedOut = 0
  #agedOutFromMs = 0
  #agedOutToMs = 0
  #gaps = 0
  #keptBytes = 0

  /** @param before the ring that this one goes on from: no sequence number is given twice */
  constructor(budget: StreamBudget, onEvict?: EvictionListener, before?: MessageRing) {
    const next = before?.next ?? 0
    this.#births = before ? before.#births : new SparkplugBirths()
    this.#base = next
    this.#first = next
    this.#next = next
    this.#maxBytes = budget.maxBytes
    this.#maxRows = budget.maxRows
    this.#onEvict = onEvict
  }

  /** Sequence of the oldest row kept. */
  get first(): number {
    return this.#first
  }

  /** Sequence that the next row will have; `next - first` rows are kept. */
  get next(): number {
    return this.#next
  }

  /** How many messages aged out, and when the oldest and the newest of them came (epoch ms). Undefined: none. */
  get agedOut(): { readonly messages: number; readonly fromMs: number; readonly toMs: number } | undefined {
    if (this.#agedOut === 0) return undefined
    return { messages: this.#agedOut, fromMs: this.#agedOutFromMs, toMs: this.#agedOutToMs }
  }

  /** Payload memory held, more than `keptBytes` by the ends of chunks and those kept for reuse. */
  get allocatedBytes(): number {
    return this.#payloads.allocatedBytes + (this.#segments.length + this.#spare.length) * ROWS_PER_SEGMENT * ROW_BYTES
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

  setBudget(budget: StreamBudget): void {
    this.#maxBytes = budget.maxBytes
    this.#maxRows = budget.maxRows
    this.#shrink()
  }

  push(message: MqttMessage, order?: OrderMark): number {
    const segment = this.#writable()
    const row = segment.rows++
    const { payload, properties } = message
    const topicId = this.topics.acquire(message.topic)
    segment.receivedAtMs[row] = message.receivedAtMs
    segment.topicIds[row] = topicId
    segment.chunks[row] = this.#payloads.store(payload)
    segment.offsets[row] = this.#payloads.lastOffset
    segment.lengths[row] = payload.length
    segment.backOnTopic[row] = this.#linkBack(topicId)
    segment.flags[row] =
      (message.qos === 1 ? QOS_1 : 0) |
      (message.retain ? RETAIN : 0) |
      (message.dup ? DUP : 0) |
      (ORDER_MARKS.indexOf(order) << ORDER_SHIFT)
    if (message.notBeforeMs !== undefined) segment.notBeforeMs.set(row, message.notBeforeMs)
    if (properties) segment.properties.set(row, properties)
    this.#received += 1
    this.#keptBytes += ROW_BYTES + payload.length
    this.#births.observe(message.topic, payload, this.#next)
    return this.#added()
  }

  pushGap(gap: Gap): number {
    const segment = this.#writable()
    const row = segment.rows++
    segment.receivedAtMs[row] = gap.toMs
    segment.flags[row] = GAP
    segment.lengths[row] = 0
    segment.gaps.set(row, gap)
    this.#gaps += 1
    this.#keptBytes += ROW_BYTES
    return this.#added()
  }

  /** Fills the cursor; false when that row is not kept. */
  read(sequence: number, cursor: RowCursor): boolean {
    if (sequence < this.#first || sequence >= this.#next) return false
    const index = sequence - this.#base
    const segment = this.#segments[Math.floor(index / ROWS_PER_SEGMENT)]
    if (!segment) return false
    const row = index % ROWS_PER_SEGMENT
    cursor.sequence = sequence
    cursor.receivedAtMs = segment.receivedAtMs[row] ?? 0
    cursor.isGap = ((segment.flags[row] ?? 0) & GAP) !== 0
    if (cursor.isGap) return true
    const start = segment.offsets[row] ?? 0
    cursor.topicId = segment.topicIds[row] ?? 0
    cursor.bytes = this.#payloads.bytesOf(segment.chunks[row] ?? 0)
    cursor.start = start
    cursor.end = start + (segment.lengths[row] ?? 0)
    return true
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
    const notBeforeMs = segment.notBeforeMs.get(row)
    const order = ORDER_MARKS[flags >> ORDER_SHIFT]
    return {
      kind: 'message',
      sequence,
      receivedAtMs: segment.receivedAtMs[row] ?? 0,
      ...(notBeforeMs === undefined ? {} : { notBeforeMs }),
      topic: this.topics.topicOf(segment.topicIds[row] ?? 0),
      payload: this.#payloads.bytesOf(segment.chunks[row] ?? 0).subarray(offset, offset + (segment.lengths[row] ?? 0)),
      qos: flags & QOS_1 ? 1 : 0,
      retain: (flags & RETAIN) !== 0,
      dup: (flags & DUP) !== 0,
      ...(order ? { order } : {}),
      ...(properties ? { properties } : {}),
    }
  }

  /** Sequence of the nearest gap kept after or before a row. Looks at segments, not at rows. */
  gapBeside(sequence: number, direction: 'next' | 'previous'): number | undefined {
    const found = this.#segments.flatMap(({ gaps }, index) =>
      [...gaps.keys()].map((row) => this.#base + index * ROWS_PER_SEGMENT + row),
    )
    const kept = found.filter((each) => each >= this.#first)
    return direction === 'next' ? kept.find((each) => each > sequence) : kept.findLast((each) => each < sequence)
  }

  /**
   * What a message, and those before it, say of how its payload is read. Without its sequence it is taken for the one
   * that comes next.
   */
  hintOf({ topic, properties, sequence = this.#next }: HintedMessage): EncodingHint {
    return { topic, contentType: properties?.contentType, births: this.#births.before(topic, sequence) }
  }

  /** {@link MessageRing.hintOf} a message that is kept. */
  hintAt({ topicId, sequence }: Pick<RowCursor, 'topicId' | 'sequence'>): EncodingHint {
    return this.hintOf({ topic: this.topics.topicOf(topicId), properties: this.propertiesOf(sequence), sequence })
  }

  propertiesOf(sequence: number): MessageProperties | undefined {
    const [segment, row] = this.#find(sequence)
    return segment?.properties.get(row)
  }

  /** Sequence of the message before it on the same topic, while that is kept. */
  previousOnTopic(sequence: number): number | undefined {
    const [segment, row] = this.#find(sequence)
    const back = segment && !segment.gaps.has(row) ? (segment.backOnTopic[row] ?? 0) : 0
    const previous = sequence - back
    return back > 0 && previous >= this.#first ? previous : undefined
  }

  /** Sequence of the newest message of a topic; undefined when none is kept. */
  newestOnTopic(topic: string): number | undefined {
    const id = this.topics.idOf(topic)
    return id === undefined ? undefined : this.#newest[id]
  }

  #writable(): RowSegment {
    const last = this.#segments.at(-1)
    if (last && last.rows < ROWS_PER_SEGMENT) return last
    const segment = this.#spare.pop()?.reset() ?? new RowSegment()
    this.#segments.push(segment)
    return segment
  }

  #linkBack(topicId: number): number {
    if (topicId >= this.#newest.length) {
      const longer = new Float64Array(Math.max(topicId + 1, this.#newest.length * 2)).fill(-1)
      longer.set(this.#newest)
      this.#newest = longer
    }
    const before = this.#newest[topicId] ?? -1
    this.#newest[topicId] = this.#next
    return before === -1 ? 0 : this.#next - before
  }

  #added(): number {
    const sequence = this.#next++
    this.#shrink()
    return sequence
  }

  /** The newest row stays, however large. */
  #shrink(): void {
    const newest = this.#next - 1
    while (this.#first < newest && (this.#keptBytes > this.#maxBytes || this.#next - this.#first > this.#maxRows)) {
      this.#evict()
    }
  }

  #find(sequence: number): [RowSegment | undefined, number] {
    if (sequence < this.#first || sequence >= this.#next) return [undefined, 0]
    const index = sequence - this.#base
    return [this.#segments[Math.floor(index / ROWS_PER_SEGMENT)], index % ROWS_PER_SEGMENT]
  }

  #evict(): void {
    const row = this.#evicted
    if (!this.read(this.#first, row)) return
    if (row.isGap) {
      this.#gaps -= 1
      this.#keptBytes -= ROW_BYTES
    } else {
      this.#onEvict?.(row)
      if (this.topics.release(row.topicId)) this.#newest[row.topicId] = -1
      if (this.#agedOut === 0) this.#agedOutFromMs = row.receivedAtMs
      this.#agedOut += 1
      this.#agedOutToMs = row.receivedAtMs
      this.#keptBytes -= ROW_BYTES + (row.end - row.start)
    }
    this.#first += 1
    if (this.#first - this.#base >= ROWS_PER_SEGMENT) {
      const segment = this.#segments.shift()
      this.#base += ROWS_PER_SEGMENT
      if (segment && this.#spare.length < MAX_SPARE_SEGMENTS) this.#spare.push(segment)
    }
    if (!row.isGap) this.#releasePayloads()
  }

  /** The oldest message says from where on payloads are needed; a gap has none, and the next message tells. */
  #releasePayloads(): void {
    const segment = this.#segments[0]
    const row = this.#first - this.#base
    if (!segment || row >= segment.rows || (segment.flags[row] ?? 0) & GAP) return
    this.#payloads.releaseBefore(segment.chunks[row] ?? 0)
  }
}
