import type { Account } from '../../foundation/account.ts'

/** What the thread is started with. */
export interface LogThreadOptions {
  readonly account: Account
  /** A file, or `:memory:`. */
  readonly path: string
  readonly maxBytes: number
  /** Of the stream that the server's own entries go to. */
  readonly logStreamName: string
}

/** What the server tells the thread that owns the store of logs. Each is done in its turn. */
export type ToLogThread =
  /** `input` is JSON: that costs less than to clone thousands of events one by one. */
  | {
      readonly kind: 'call'
      readonly id: number
      readonly name: string
      readonly input: string
      readonly nowMs: number
    }
  /** Nobody waits for the answer any more. */
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'write'; readonly batch: LogBatch; readonly nowMs: number }
  | { readonly kind: 'check'; readonly id: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'close' }

/** Entries for one group, as two lists of the same length. */
export interface LogBatch {
  readonly logGroupName: string
  /** Where it is not the one of all of the server's own entries. */
  readonly logStreamName?: string | undefined
  readonly timestamps: readonly number[]
  readonly messages: readonly string[]
  /** UTF-16 code units of all messages. */
  readonly size: number
}

export type FromLogThread =
  | { readonly kind: 'answer'; readonly id: number; readonly output: string }
  /** By an error of AWS's. */
  | { readonly kind: 'refused'; readonly id: number; readonly name: string; readonly message: string }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown }
  | { readonly kind: 'written'; readonly batch: WrittenBatch; readonly error?: unknown }
  /** The end of a thread that was told to close. */
  | { readonly kind: 'closed'; readonly error?: unknown }

export interface WrittenBatch {
  readonly logGroupName: string
  readonly entries: number
  readonly size: number
}
