import type { Changes } from './changes.ts'

/** One log event of the server's own. */
export interface LogEntry {
  /** Epoch milliseconds. */
  readonly timestamp: number
  /** As it stands in the log: of AWS IoT one line of JSON. */
  readonly message: string
}

/** Entries that are in no log, and why that is so. */
export interface LostLogEntries {
  readonly logGroupName: string
  readonly entries: number
  /**
   * `throttled`: more came than could be written, and as much as may wait was waiting; what AWS counts as
   * `NumLogEventsFailedToPublishThrottled`. `failed`: the disk did not take them; what it counts as
   * `CloudwatchLogs:PutLogEventsFailed`.
   */
  readonly reason: 'throttled' | 'failed'
}

/**
 * Where the server writes log entries of its own, as AWS IoT does: to log groups of CloudWatch Logs. A group is made with
 * its first entry, and kept for 30 days then; the name of the stream is chosen here where nobody says it.
 */
export interface LogSink {
  /**
   * Takes entries, in their order, and returns at once: they are written in batches by a thread of their own. Readers see
   * whatever was taken before they asked. Where more bytes wait than may ({@link LOG_SINK_WAITING_BYTES}), entries are
   * dropped, and told as lost.
   */
  write(logGroupName: string, entries: readonly LogEntry[], logStreamName?: string): void
  /** Told of a batch that was dropped, or could not be written: once for each turn or batch, not for each entry. */
  readonly lost: Changes<LostLogEntries>
  /** Tells of entries that whoever writes them did not even make. */
  lose(lost: LostLogEntries): void
  /** Since the start. */
  readonly lostEntries: number
}

/** What may wait to be written, of all groups together; UTF-16 code units, which are bytes for nearly every entry. */
export const LOG_SINK_WAITING_BYTES = 32 * 1024 * 1024
