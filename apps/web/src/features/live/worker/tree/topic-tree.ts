import { type Preview, previewOf } from '../payload/preview.ts'
import type { MessageRing, RowCursor } from '../ring/message-ring.ts'
import type { TopicInterner } from '../ring/topic-interner.ts'

/** Spans of the history, and how long one is. The last five are the rate. */
export const HISTORY_SPANS = 30
export const SPAN_MS = 2_000
const RATE_SPANS = 5
const ROOT = 0
const NONE = -1

/**
 * Every topic that a stream has seen, level by level, with counts. Nodes are numbers and their figures typed columns: a
 * hundred thousand topics are not a hundred thousand objects to be walked by the collector. A parent's number is
 * smaller than its children's. Counts are of all that was received, kept or not.
 */
export class TopicTree {
  readonly maxTopics: number
  readonly #ring: MessageRing
  readonly #interner: TopicInterner
  #size = 1
  #topics = 0
  #outside = 0
  #structure = 0
  #names: string[] = ['']
  #children: (Map<string, number> | undefined)[] = [undefined]
  /** What topics' newest messages said that have aged out themselves. */
  #saved = new Map<number, Preview>()
  #parents = new Int32Array(256)
  #counts = new Float64Array(256)
  #ownCounts = new Float64Array(256)
  #bytes = new Float64Array(256)
  #topicCounts = new Uint32Array(256)
  #lastAtMs = new Float64Array(256)
  #lastSequence = new Float64Array(256)
  #retained = new Uint8Array(256)
  /** The span, counted from the epoch, to which the history has been brought up. */
  #spans = new Float64Array(256)
  #history = new Uint32Array(256 * HISTORY_SPANS)
  /** The node of each topic number, and the epoch for which that holds. */
  #nodeOfTopic = new Int32Array(64)
  #epochOfTopic = new Uint32Array(64)

  constructor(ring: MessageRing, maxTopics: number) {
    this.#ring = ring
    this.#interner = ring.topics
    this.maxTopics = maxTopics
    this.#parents[ROOT] = NONE
  }

  /** Nodes in all, the root among them. */
  get size(): number {
    return this.#size
  }

  get topics(): number {
    return this.#topics
  }

  /** Messages on topics for which there was no room. */
  get outside(): number {
    return this.#outside
  }

  /** Changes when there is a new level or a new topic. */
  get structure(): number {
    return this.#structure
  }

  /** Counts a message that the ring has just taken in. */
  add(row: RowCursor, retain: boolean): void {
    const node = this.#nodeOf(row.topicId)
    if (node === NONE) {
      this.#outside += 1
      return
    }
    const { receivedAtMs } = row
    if (this.#ownCounts[node] === 0) this.#isTopicNow(node)
    this.#ownCounts[node] = (this.#ownCounts[node] ?? 0) + 1
    this.#lastSequence[node] = row.sequence
    if (retain) this.#retained[node] = 1
    const span = Math.floor(receivedAtMs / SPAN_MS)
    const size = row.end - row.start
    for (let at = node; at !== NONE; at = this.#parents[at] ?? NONE) {
      this.#counts[at] = (this.#counts[at] ?? 0) + 1
      this.#bytes[at] = (this.#bytes[at] ?? 0) + size
      if (receivedAtMs > (this.#lastAtMs[at] ?? 0)) this.#lastAtMs[at] = receivedAtMs
      if (span > (this.#spans[at] ?? 0)) this.#bringUp(at, span)
      const place = at * HISTORY_SPANS + (span % HISTORY_SPANS)
      this.#history[place] = (this.#history[place] ?? 0) + 1
    }
  }

  /** The ring is about to lose a message: a topic's last one leaves its preview here. */
  beforeEviction(row: RowCursor): void {
    const node = this.#knownNodeOf(row.topicId)
    if (node === NONE || this.#lastSequence[node] !== row.sequence) return
    this.#saved.set(node, previewOf(row.bytes.subarray(row.start, row.end), this.#ring.hintAt(row)))
  }

  nameOf(node: number): string {
    return this.#names[node] ?? ''
  }

  pathOf(node: number): string {
    const levels: string[] = []
    for (let at = node; at > ROOT; at = this.#parents[at] ?? NONE) levels.push(this.#names[at] ?? '')
    return levels.reverse().join('/')
  }

  parentOf(node: number): number {
    return this.#parents[node] ?? NONE
  }

  childrenOf(node: number): ReadonlyMap<string, number> | undefined {
    return this.#children[node]
  }

  isTopic(node: number): boolean {
    return (this.#ownCounts[node] ?? 0) > 0
  }

  countOf(node: number): number {
    return this.#counts[node] ?? 0
  }

  ownCountOf(node: number): number {
    return this.#ownCounts[node] ?? 0
  }

  bytesOf(node: number): number {
    return this.#bytes[node] ?? 0
  }

  topicsOf(node: number): number {
    return this.#topicCounts[node] ?? 0
  }

  lastAtMsOf(node: number): number {
    return this.#lastAtMs[node] ?? 0
  }

  lastSequenceOf(node: number): number {
    return this.#lastSequence[node] ?? 0
  }

  isRetained(node: number): boolean {
    return this.#retained[node] === 1
  }

  lastValueOf(node: number): Preview | undefined {
    if (!this.isTopic(node)) return undefined
    const row = this.#ring.get(this.lastSequenceOf(node))
    return row?.kind === 'message' ? previewOf(row.payload, this.#ring.hintOf(row)) : this.#saved.get(node)
  }

  /** Messages per second, over the last ten seconds, or since `sinceMs` if that is less. */
  perSecondOf(node: number, nowMs: number, sinceMs: number): number {
    const span = Math.floor(nowMs / SPAN_MS)
    const last = this.#spans[node] ?? 0
    let sum = 0
    for (let back = 0; back < RATE_SPANS; back++) {
      const at = span - back
      if (at <= last && last - at < HISTORY_SPANS && at >= 0)
        sum += this.#history[node * HISTORY_SPANS + (at % HISTORY_SPANS)] ?? 0
    }
    const coveredMs = (RATE_SPANS - 1) * SPAN_MS + (nowMs - span * SPAN_MS)
    const overMs = Math.max(1_000, Math.min(coveredMs, nowMs - sinceMs))
    return (sum * 1_000) / overMs
  }

  /** Messages in each span, oldest first; the last is the present one, not yet over. */
  historyOf(node: number, nowMs: number): number[] {
    const span = Math.floor(nowMs / SPAN_MS)
    const last = this.#spans[node] ?? 0
    return Array.from({ length: HISTORY_SPANS }, (_, index) => {
      const at = span - HISTORY_SPANS + 1 + index
      return at > last || last - at >= HISTORY_SPANS || at < 0
        ? 0
        : (this.#history[node * HISTORY_SPANS + (at % HISTORY_SPANS)] ?? 0)
    })
  }

  #nodeOf(topicId: number): number {
    const known = this.#knownNodeOf(topicId)
    return known === NONE ? this.#link(topicId, this.#place(this.#interner.topicOf(topicId))) : known
  }

  #knownNodeOf(topicId: number): number {
    if (this.#epochOfTopic[topicId] !== this.#interner.epochOf(topicId)) return NONE
    return this.#nodeOfTopic[topicId] ?? NONE
  }

  #link(topicId: number, node: number): number {
    if (topicId >= this.#nodeOfTopic.length) {
      const length = Math.max(topicId + 1, this.#nodeOfTopic.length * 2)
      this.#nodeOfTopic = copyInto(new Int32Array(length), this.#nodeOfTopic)
      this.#epochOfTopic = copyInto(new Uint32Array(length), this.#epochOfTopic)
    }
    this.#nodeOfTopic[topicId] = node
    this.#epochOfTopic[topicId] = node === NONE ? 0 : this.#interner.epochOf(topicId)
    return node
  }

  /** The node of a topic, with those above it; none when the tree is full and does not have it. */
  #place(topic: string): number {
    const isFull = this.#topics >= this.maxTopics
    let node = ROOT
    for (const level of topic.split('/')) {
      const known = this.#children[node]?.get(level)
      if (known === undefined && isFull) return NONE
      node = known ?? this.#newNode(node, level)
    }
    return isFull && !this.isTopic(node) ? NONE : node
  }

  #newNode(parent: number, name: string): number {
    const node = this.#size++
    if (node >= this.#parents.length) this.#grow()
    this.#names[node] = name
    this.#children[node] = undefined
    this.#reset(node)
    this.#parents[node] = parent
    const siblings = this.#children[parent] ?? new Map<string, number>()
    this.#children[parent] = siblings.set(name, node)
    this.#structure += 1
    return node
  }

  #isTopicNow(node: number): void {
    this.#topics += 1
    this.#structure += 1
    for (let at = node; at !== NONE; at = this.#parents[at] ?? NONE) {
      this.#topicCounts[at] = (this.#topicCounts[at] ?? 0) + 1
    }
  }

  /** Empties the spans that have begun since, all of them at most. */
  #bringUp(node: number, span: number): void {
    const before = this.#spans[node] ?? 0
    const first = node * HISTORY_SPANS
    for (let at = Math.max(before + 1, span - HISTORY_SPANS + 1); at <= span; at++) {
      this.#history[first + (at % HISTORY_SPANS)] = 0
    }
    this.#spans[node] = span
  }

  #reset(node: number): void {
    for (const column of this.#columns()) column[node] = 0
    this.#parents[node] = NONE
    this.#history.fill(0, node * HISTORY_SPANS, (node + 1) * HISTORY_SPANS)
  }

  #columns() {
    return [
      this.#counts,
      this.#ownCounts,
      this.#bytes,
      this.#topicCounts,
      this.#lastAtMs,
      this.#lastSequence,
      this.#retained,
      this.#spans,
    ]
  }

  #grow(): void {
    const length = this.#parents.length * 2
    this.#parents = copyInto(new Int32Array(length), this.#parents)
    this.#counts = copyInto(new Float64Array(length), this.#counts)
    this.#ownCounts = copyInto(new Float64Array(length), this.#ownCounts)
    this.#bytes = copyInto(new Float64Array(length), this.#bytes)
    this.#topicCounts = copyInto(new Uint32Array(length), this.#topicCounts)
    this.#lastAtMs = copyInto(new Float64Array(length), this.#lastAtMs)
    this.#lastSequence = copyInto(new Float64Array(length), this.#lastSequence)
    this.#retained = copyInto(new Uint8Array(length), this.#retained)
    this.#spans = copyInto(new Float64Array(length), this.#spans)
    this.#history = copyInto(new Uint32Array(length * HISTORY_SPANS), this.#history)
  }
}

interface Column<Self> {
  set(values: Self): void
}

function copyInto<C extends Column<C>>(longer: C, column: C): C {
  longer.set(column)
  return longer
}
