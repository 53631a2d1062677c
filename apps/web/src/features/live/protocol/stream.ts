import type { BinaryEncoding, EncodingHint } from '../../../shared/decode/binary.ts'
import type { MessageProperties, Qos, SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import type { SubscriptionStatus } from '../../../shared/mqtt/subscription-table.ts'
import type { Gap } from '../../../shared/recording/gap.ts'
import type { FilterReport } from './filter.ts'
import type { RecordingStatus, StreamOrigin } from './record.ts'
import type { RingCounters } from './ring-counters.ts'

/** A topic filter that a stream is subscribed to. */
export interface StreamSubscriptionRequest extends SubscriptionRequest {
  /** Its messages are received, counted and kept, but not shown unless a subscription that is not muted matches too. */
  readonly muted?: boolean
}

/** What a stream may hold, oldest out first. Whichever of the two is reached first counts. */
export interface StreamBudget {
  /** Payloads and columns, in bytes. */
  readonly maxBytes: number
  /** Rows, gaps among them. */
  readonly maxRows: number
}

/** What a stream is to hold and show. A stream begins with its first configuration and ends when it is closed. */
export interface StreamConfiguration {
  readonly stream: string
  readonly subscriptions: readonly StreamSubscriptionRequest[]
  /**
   * As typed into the filter field; empty for all. Its languages are described at {@link FilterReport}. A text with a
   * problem says so in {@link WindowView.filter}, and what the text before it shows stays.
   */
  readonly filterText: string
  /** Smaller than before: the oldest age out at once. Left out: as it was, at first 256 MiB and 1,000,000 rows. */
  readonly budget?: StreamBudget
  /**
   * JSON path of a number that counts up by one per topic, e.g. `$.seq`. Rows then say when it did not
   * ({@link OrderMark}). Empty: not looked at. It holds for messages from then on.
   */
  readonly sequencePath?: string
}

export interface WindowRequest {
  readonly stream: string
  /** Position of the first row wanted, or the newest `count` rows. */
  readonly from: number | 'end'
  readonly count: number
  /** Paused: rows from this sequence on are not shown. */
  readonly untilSequence?: number
  /** Answer only once there is something newer than this. */
  readonly knownRevision?: number
  /**
   * Where a message says its own time: a JSON path to an epoch in s, ms, µs or ns, as a number or a text, or to an ISO 8601
   * text; `auto` looks for `timestamp`, `ts`, `time`, `at` and their like at the top. Left out: rows have no own time. Only
   * rows asked for are looked at.
   */
  readonly ownTime?: string
}

/**
 * What the sequence number of a message says, compared with the newest of its topic: `skipped` some are missing before
 * it, `repeated` it is the same again, `late` it is lower.
 */
export type OrderMark = 'skipped' | 'repeated' | 'late'

/** One message as the list shows it. Positions, not sequences, say where it stands. */
export interface MessageRowView {
  readonly kind: 'message'
  readonly sequence: number
  readonly receivedAtMs: number
  /** It came at some time from this to `receivedAtMs`: the page had stood still. */
  readonly notBeforeMs?: number
  /** The message's own time, if asked for and there is one. Epoch ms. */
  readonly ownTimeMs?: number
  /** In place of it a time of the message without a zone, as it was written: when that was only the sender knows. */
  readonly ownTimeWithoutZone?: string
  readonly topic: string
  readonly sizeBytes: number
  readonly qos: Qos
  readonly retain: boolean
  /** The broker's DUP flag: sent before, so perhaps received twice. */
  readonly dup: boolean
  readonly order?: OrderMark
  /** The payload's beginning on one line: text, decoded CBOR or MessagePack, else hex. */
  readonly preview: string
  /** Not hex. */
  readonly isText: boolean
  /** What the preview was decoded from, where the payload is no text. */
  readonly encoding?: BinaryEncoding
  /** Index of the first subscription that the topic matches and that is not muted; -1 when it was since removed. */
  readonly subscription: number
  /**
   * The client that it is from or about, where the message says so: MQTT does not. The last level of
   * `$aws/events/presence/…` and `$aws/events/subscriptions/…`, else a user property `clientId`.
   */
  readonly client?: string
}

export type RowView = MessageRowView | { readonly kind: 'gap'; readonly sequence: number; readonly gap: Gap }

export interface StreamSubscription extends StreamSubscriptionRequest {
  readonly status: SubscriptionStatus
  readonly messagesPerSecond: number
  /** Since it was added. */
  readonly received: number
  readonly receivedBytes: number
}

/** What was seen of doubtful delivery, in all that was received since the stream began or was cleared. */
export interface DeliveryCounters {
  /** Messages with the DUP flag. */
  readonly dup: number
  /** By the sequence path: messages with each mark, and how many numbers were jumped over and have not come late. */
  readonly skipped: number
  readonly repeated: number
  readonly late: number
  readonly missing: number
}

export interface WindowView {
  readonly revision: number
  /** `received = kept + agedOut`, always. */
  readonly counters: RingCounters
  readonly delivery: DeliveryCounters
  readonly subscriptions: readonly StreamSubscription[]
  /** Rows that pass the filter, gaps among them, run from position `first` to before `end`. */
  readonly first: number
  readonly end: number
  /** Messages that pass the filter (all kept, without one). */
  readonly shown: number
  /**
   * Messages kept that do not pass the filter or have not been looked at yet. `shown = counters.kept − filtered`,
   * always, paused or not: both count up to the newest message, not to where the view was paused.
   */
  readonly filtered: number
  /** False while the filter has not yet looked at every row. */
  readonly isComplete: boolean
  /** What the filter is, what is wrong with it, and how far it has looked. Undefined without a filter. */
  readonly filter?: FilterReport
  /** Position of `rows[0]`. */
  readonly from: number
  readonly rows: readonly RowView[]
  /** Sequence that the next row will have: where a pause begins. */
  readonly nextSequence: number
  /** When the stream began or was cleared. */
  readonly sinceMs: number
  readonly budget: StreamBudget
  /** Something aged out, so the list begins with a hole: what was received before this time is no longer kept. */
  readonly agedOutBeforeMs?: number
  /** When `live.setPaused` said that the reader paused. */
  readonly pausedAtMs?: number
  readonly origin: StreamOrigin
  /** While it is being recorded. */
  readonly recording?: RecordingStatus
}

/** So long what was cleared can be brought back, if little comes meanwhile. */
export const UNDO_CLEAR_MS = 60_000

export interface FullMessage {
  readonly sequence: number
  readonly receivedAtMs: number
  /** It came at some time from this to `receivedAtMs`: the page had stood still. */
  readonly notBeforeMs?: number
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  readonly order?: OrderMark
  readonly properties?: MessageProperties
  /** Sequence of the message before it on the same topic, while that is kept: for a diff. */
  readonly previousOnTopic?: number
  /** Indexes of all subscriptions that the topic matches. */
  readonly subscriptions?: readonly number[]
  /** What it, and those before it, say of how its payload is read. */
  readonly hint: EncodingHint
  readonly client?: string
}

/** Where a row stands in the list as it is filtered now. */
export interface RowPlace {
  readonly position: number
  readonly sequence: number
}

/** What the page may ask of the worker's streams. */
export type StreamProcedures = {
  readonly 'live.configure': (configuration: StreamConfiguration) => void
  /** Undefined when a later request for the same stream took its place, or the stream was closed. */
  readonly 'live.window': (request: WindowRequest) => Promise<WindowView | undefined>
  /** Undefined once it has aged out. */
  readonly 'live.message': (request: { readonly stream: string; readonly sequence: number }) => FullMessage | undefined
  /** The hole that a row of kind `gap` marks; undefined for a message, and once it has aged out. */
  readonly 'live.gap': (request: { readonly stream: string; readonly sequence: number }) => Gap | undefined
  readonly 'live.clear': (request: { readonly stream: string }) => void
  /** Brings back what was cleared last, before what came since. False when it is gone: after a minute, or much else. */
  readonly 'live.undoClear': (request: { readonly stream: string }) => boolean
  readonly 'live.close': (request: { readonly stream: string }) => void
  /** What a stream was last configured with; undefined when there is none. */
  readonly 'live.configuration': (request: { readonly stream: string }) => StreamConfiguration | undefined
  /** Streams that are open, recordings among them. */
  readonly 'live.streams': (nothing?: undefined) => readonly string[]
  /**
   * Tells the stream that its reader paused or went on. Messages are kept meanwhile; going on leaves a row of kind
   * `gap` with cause `paused` that says how many came.
   */
  readonly 'live.setPaused': (request: { readonly stream: string; readonly paused: boolean }) => void
  /** Ends the search of the present filter where it is: what it found stays, `filter.state` becomes `cancelled`. */
  readonly 'live.cancelSearch': (request: { readonly stream: string }) => void
  /**
   * The place of a row, or of the nearest shown one after it (`next`) or before it (`previous`). Undefined when there
   * is none. Keeps a selection over a change of filter, and steps from match to match.
   */
  readonly 'live.locate': (request: {
    readonly stream: string
    readonly sequence: number
    readonly direction?: 'next' | 'previous'
  }) => RowPlace | undefined
  /**
   * The place of the nearest gap after or before a row, and beyond the last one that at the other end. Undefined when
   * none is shown.
   */
  readonly 'live.locateGap': (request: {
    readonly stream: string
    readonly sequence: number
    readonly direction: 'next' | 'previous'
  }) => RowPlace | undefined
  /** Sequences of the messages shown from one row to another, these two with them, in whichever order. */
  readonly 'live.messagesBetween': (request: {
    readonly stream: string
    readonly from: number
    readonly to: number
  }) => readonly number[]
  /** Messages of one topic, newest first, older than `before`; whatever the filter. */
  readonly 'live.topicMessages': (request: {
    readonly stream: string
    readonly topic: string
    readonly before?: number
    readonly count: number
  }) => readonly MessageRowView[]
  /**
   * Topics seen that contain `text`, best first, and topic filters that would take in several of them. Searches all
   * streams when `stream` is left out.
   */
  readonly 'live.suggestTopics': (request: {
    readonly stream?: string
    readonly text: string
    readonly count: number
  }) => readonly string[]
}
