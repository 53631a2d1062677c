import type { DatabaseSync } from 'node:sqlite'

/** "The deduplication interval is 5 minutes": SQS developer guide, "Using the message deduplication ID in Amazon SQS". */
const INTERVAL_MS = 5 * 60_000

/** A message of a queue, as fauxqs has it. */
export interface QueuedMessage {
  readonly messageId: string
  /** In milliseconds since 1970. */
  readonly sentTimestamp: number
  /** Absent where the queue is none of FIFO. */
  readonly messageDeduplicationId?: string
  readonly sequenceNumber?: string
}

/** What a queue of fauxqs knows of the messages that it was sent, by their deduplication ids: in memory only. */
interface KnownMessages {
  set(id: string, message: { readonly messageId: string; readonly sequenceNumber?: string | undefined }): void
  delete(id: string): void
}

/**
 * Deduplication ids of the last five minutes, kept in the file of the messages. A message whose sender was not answered,
 * as the server ended, is sent again: that is no second message then, whether it was received meanwhile or not.
 */
export class KeptDeduplication {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
    database.exec(`
      CREATE TABLE IF NOT EXISTS sqs_deduplication (
        queue_name TEXT NOT NULL REFERENCES sqs_queues(name) ON DELETE CASCADE,
        id TEXT NOT NULL,
        message_id TEXT NOT NULL,
        sequence_number TEXT,
        sent_ms INTEGER NOT NULL,
        PRIMARY KEY (queue_name, id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS sqs_deduplication_by_time ON sqs_deduplication (sent_ms)`)
  }

  /** To be called in the transaction that stores the message. */
  keep(queueName: string, { messageDeduplicationId, messageId, sequenceNumber, sentTimestamp }: QueuedMessage): void {
    if (messageDeduplicationId === undefined) return
    this.#database.prepare('DELETE FROM sqs_deduplication WHERE sent_ms <= ?').run(sentTimestamp - INTERVAL_MS)
    this.#database
      .prepare('INSERT OR REPLACE INTO sqs_deduplication VALUES (?, ?, ?, ?, ?)')
      .run(queueName, messageDeduplicationId, messageId, sequenceNumber ?? null, sentTimestamp)
  }

  /**
   * Tells a queue of what it was sent before the start, each for the rest of its interval. It knows so many at the most, and
   * forgets those first of which it was told first.
   */
  restore(queueName: string, known: KnownMessages, nowMs = Date.now()): void {
    const rows = this.#database
      .prepare(
        `SELECT id, message_id, sequence_number, sent_ms FROM sqs_deduplication
         WHERE queue_name = ? AND sent_ms > ? ORDER BY sent_ms`,
      )
      .all(queueName, nowMs - INTERVAL_MS)
    for (const { id, message_id, sequence_number, sent_ms } of rows) {
      const [messageId, sequenceNumber] = [
        String(message_id),
        sequence_number === null ? undefined : String(sequence_number),
      ]
      known.set(String(id), { messageId, sequenceNumber })
      setTimeout(() => known.delete(String(id)), Number(sent_ms) + INTERVAL_MS - nowMs).unref()
    }
  }
}
