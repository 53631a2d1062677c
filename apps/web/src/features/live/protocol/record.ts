import type { SubscriptionRequest } from '../../../shared/mqtt/message.ts'

/** Which messages of a stream are meant. */
export type MessageScope =
  /** All that are kept. */
  | { readonly kind: 'kept' }
  /** Those that pass the filter. */
  | { readonly kind: 'shown' }
  /** These, as far as they are kept. */
  | { readonly kind: 'sequences'; readonly sequences: readonly number[] }

/** `recording`: the file that `live.openRecording` reads. The others are for other programs. */
export type ExportFormat = 'jsonl' | 'csv' | 'recording'

export interface ExportedFile {
  /** Read it with `URL.createObjectURL`. */
  readonly blob: Blob
  /** Suggested, e.g. `messages-2026-11-22T06-45-00Z.jsonl`. */
  readonly fileName: string
  readonly messages: number
}

export interface RecordingStatus {
  readonly startedAtMs: number
  readonly messages: number
  /** Compressed so far. */
  readonly fileBytes: number
  /** The recording ended by itself: what it has is good, and `live.stopRecording` hands it out. */
  readonly endedBecause?: string
  /** A sentence: why what comes now is kept in this tab alone, and would be lost with it. */
  readonly notStoredBecause?: string
}

/** A recording that its tab did not end: it was closed or reloaded, crashed, or the session ended. */
export interface StoredRecording {
  readonly id: string
  readonly startedAtMs: number
  /** When its last message came. This and the counts are undefined where only reading all of it would tell. */
  readonly endedAtMs?: number
  readonly messages?: number
  readonly gaps?: number
  /** That it takes in the browser's storage. */
  readonly sizeBytes: number
}

export interface Recording extends ExportedFile {
  readonly gaps: number
}

/** Where the messages of a stream come from. */
export type StreamOrigin =
  | { readonly kind: 'live' }
  | {
      readonly kind: 'recording'
      readonly fileName: string
      readonly startedAtMs: number
      /** Of the newest message read so far. */
      readonly endedAtMs: number
      readonly subscriptions: readonly SubscriptionRequest[]
      /** Host that it was recorded from, if it says. */
      readonly endpoint?: string
      readonly reading: 'under-way' | 'stopped' | 'over'
      /** It has its last line. False while it is read, and for a file that breaks off. */
      readonly isWhole: boolean
      /** Why it could not be read to its end, a sentence, where something in it is wrong. */
      readonly problem?: string
    }

/** What a replay would do, for a person to confirm: just that is done, whatever is received meanwhile. */
export interface ReplayPlan {
  /** Names it for `live.replay`. The worker keeps the newest plan of each stream. */
  readonly id: string
  /** The recording's file, or the topic filters of the live stream; and when the first and last message were received. */
  readonly source: { readonly name: string; readonly fromMs: number; readonly toMs: number }
  readonly messages: number
  readonly bytes: number
  /** At the chosen speed. */
  readonly durationMs: number
  /** Most messages in any one second of it, and whether that is above what AWS takes from one connection (100). */
  readonly peakPerSecond: number
  /** Most messages first; `topic` as received, `target` as it will be published. */
  readonly topics: readonly { readonly topic: string; readonly target: string; readonly messages: number }[]
  /** Messages that cannot be published where they would go, and why: reserved, longer than 256 bytes, too deep. */
  readonly left: readonly { readonly topic: string; readonly reason: string; readonly messages: number }[]
}

export interface ReplayOptions {
  readonly stream: string
  readonly scope: MessageScope
  /** 1 as received, 2 twice as fast, 0 as fast as a hundred a second allow. */
  readonly speed: number
  /** Set before each topic as it is: `test/` + `dt/pump-7`. */
  readonly topicPrefix: string
  /** Publish retained what was received with the retain flag; otherwise nothing is retained. */
  readonly keepRetain: boolean
}

export type RecordProcedures = {
  /**
   * Writes messages to a file. `task` names the task in which its progress can be seen and by which it is stopped; a
   * stopped export rejects with code `STOPPED`. Payloads can be had again byte for byte: in `jsonl` from `payloadText` or
   * `payloadBase64` where there is one, else from `payload` (JSON, as sent); in `csv` as the `encoding` column says.
   */
  readonly 'live.export': (request: {
    readonly task: string
    readonly stream: string
    readonly scope: MessageScope
    readonly format: ExportFormat
  }) => Promise<ExportedFile>
  /**
   * Records what comes from now on, in the browser's own storage as long as that takes it. Nothing happens when it is
   * being recorded already. `owner` is the person's id: nobody else is offered what becomes of it.
   */
  readonly 'live.startRecording': (request: { readonly stream: string; readonly owner: string }) => void
  /** Ends the recording and hands the file out; undefined when there was none. */
  readonly 'live.stopRecording': (request: { readonly stream: string }) => Promise<Recording | undefined>
  /** Ends the recording; nothing of it stays. */
  readonly 'live.discardRecording': (request: { readonly stream: string }) => Promise<void>
  /** This person's recordings in this browser that nobody ended, oldest first. Those of other tabs that go on are none. */
  readonly 'live.interruptedRecordings': (request: { readonly owner: string }) => Promise<readonly StoredRecording[]>
  /** One of them as a file. @throws code `NO_RECORDING` when it was discarded meanwhile */
  readonly 'live.readInterrupted': (request: { readonly owner: string; readonly id: string }) => Promise<Blob>
  readonly 'live.discardInterrupted': (request: { readonly owner: string; readonly id: string }) => Promise<void>
  /**
   * Reads a recording into a new stream of the given name, which then has no subscriptions and never any. Resolves when
   * the first rows can be seen; a task shows how far it is.
   * @throws code `NOT_A_RECORDING`, with what is wrong and in which line
   */
  readonly 'live.openRecording': (request: {
    readonly task: string
    readonly stream: string
    readonly file: Blob
    readonly fileName: string
  }) => Promise<void>
  readonly 'live.planReplay': (options: ReplayOptions) => Promise<ReplayPlan>
  /**
   * Publishes what the plan says through the operator's session, in the order and rhythm in which it came. A task.
   * @throws code `NO_PLAN` when another plan of the stream took its place, or the stream is gone
   */
  readonly 'live.replay': (request: { readonly plan: string; readonly task: string }) => void
}
