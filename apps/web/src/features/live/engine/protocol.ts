import type { MessageProperties, Qos, SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import type { SubscriptionStatus } from '../../../shared/mqtt/subscription-table.ts'
import type { Gap, RingCounters } from './message-ring.ts'

/** What a stream is to hold and show. A stream begins with its first configuration and ends when it is closed. */
export interface StreamConfiguration {
  readonly stream: string
  readonly subscriptions: readonly SubscriptionRequest[]
  /** As typed into the filter field; empty for all. */
  readonly filterText: string
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
}

/** One row as the list shows it. Positions, not sequences, say where it stands. */
export type RowView =
  | {
      readonly kind: 'message'
      readonly sequence: number
      readonly receivedAtMs: number
      readonly topic: string
      readonly sizeBytes: number
      readonly qos: Qos
      readonly retain: boolean
      readonly dup: boolean
      /** The payload's beginning on one line: text, or hex where it is not UTF-8. */
      readonly preview: string
      readonly isText: boolean
      /** Index of the first subscription that the topic matches; -1 when it was since removed. */
      readonly subscription: number
    }
  | { readonly kind: 'gap'; readonly sequence: number; readonly gap: Gap }

export interface StreamSubscription extends SubscriptionRequest {
  readonly status: SubscriptionStatus
  readonly messagesPerSecond: number
  /** Since it was added. */
  readonly received: number
}

export interface WindowView {
  readonly revision: number
  readonly counters: RingCounters
  readonly subscriptions: readonly StreamSubscription[]
  /** Rows that pass the filter, gaps among them, run from position `first` to before `end`. */
  readonly first: number
  readonly end: number
  /** Messages that pass the filter (all kept, without one). */
  readonly shown: number
  /** False while the filter has not yet looked at every row. */
  readonly isComplete: boolean
  /** Position of `rows[0]`. */
  readonly from: number
  readonly rows: readonly RowView[]
  /** Sequence that the next row will have: where a pause begins. */
  readonly nextSequence: number
  /** When the stream began or was cleared. */
  readonly sinceMs: number
}

export interface FullMessage {
  readonly sequence: number
  readonly receivedAtMs: number
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: Qos
  readonly retain: boolean
  readonly dup: boolean
  readonly properties?: MessageProperties
}

/** What the page may ask of the worker's streams. */
export type LiveProcedures = {
  readonly 'live.configure': (configuration: StreamConfiguration) => void
  /** Undefined when a later request for the same stream took its place, or the stream was closed. */
  readonly 'live.window': (request: WindowRequest) => Promise<WindowView | undefined>
  /** Undefined once it has aged out. */
  readonly 'live.message': (request: { readonly stream: string; readonly sequence: number }) => FullMessage | undefined
  readonly 'live.clear': (request: { readonly stream: string }) => void
  readonly 'live.close': (request: { readonly stream: string }) => void
  /** What a stream was last configured with; undefined when there is none. */
  readonly 'live.configuration': (request: { readonly stream: string }) => StreamConfiguration | undefined
}
