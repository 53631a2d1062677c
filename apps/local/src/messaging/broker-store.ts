import {
  type BrokerStore,
  type Message,
  messageBytes,
  propertiesBytes,
  type QueuedMessage,
  type StoredSession,
  type StoredSubscription,
} from '@thingdeck/broker'
import type { Database } from '../foundation/database.ts'
import { GIVEN_UP_TABLE, GivenUpQueues, type Later, later } from './given-up-queues.ts'
import { decodeProperties, fromRow, MESSAGE_COLUMNS, type MessageRow, toRow } from './message-row.ts'

const TABLES = [
  `CREATE TABLE broker_session (
     client_id TEXT PRIMARY KEY,
     protocol_version INTEGER NOT NULL,
     session_expiry_seconds INTEGER NOT NULL,
     disconnected_at_ms INTEGER,
     subscriptions TEXT NOT NULL
   ) WITHOUT ROWID;
   CREATE TABLE broker_queue (
     key INTEGER PRIMARY KEY AUTOINCREMENT,
     owner TEXT NOT NULL,${MESSAGE_COLUMNS}
   );
   CREATE INDEX broker_queue_by_owner ON broker_queue (owner, key);
   CREATE TABLE broker_retained (
     topic_key BLOB PRIMARY KEY,${MESSAGE_COLUMNS}
   ) WITHOUT ROWID;`,
  GIVEN_UP_TABLE,
  `ALTER TABLE broker_queue ADD COLUMN trace_id TEXT;
   ALTER TABLE broker_retained ADD COLUMN trace_id TEXT;`,
]

interface SessionRow {
  client_id: string
  protocol_version: 4 | 5
  session_expiry_seconds: number
  disconnected_at_ms: number | null
  subscriptions: string
}

/** How many retained messages there are, and the sum of their `messageBytes`. */
interface RetainedTotals {
  count: number
  bytes: number
}

const MESSAGE = 'topic, payload, qos, retain, properties, received_at_ms, expires_at_ms, trace_id'

/** Bytes whose order is that of JavaScript's `<` on strings; SQLite's own text order is that of UTF-8. */
const orderKey = (topic: string): Uint8Array => Buffer.from(topic, 'utf16le').swap16()

/**
 * Persistent sessions, their queued QoS 1 messages and retained messages in SQLite. Writes become durable with
 * `commit`, which the broker calls before it acknowledges anything.
 */
export class SqliteBrokerStore implements BrokerStore {
  readonly #database: Database
  /** Lengths of the queues asked for so far: counting rows for each message would make long queues slow. */
  readonly #queueLengths = new Map<string, number>()
  readonly #givenUp: GivenUpQueues
  /** Of all queues: a key is given once, also where a message was lost with it, as others may still know it. */
  #lastKey: number
  #retained: RetainedTotals | undefined
  /** Of the database, as far as the broker was told. */
  #knownLosses: number

  /** @param atLater when queues that were given up are deleted, piece by piece */
  constructor(database: Database, atLater: Later = later) {
    this.#database = database
    this.#knownLosses = database.losses
    database.migrate('broker', TABLES)
    this.#givenUp = new GivenUpQueues(database, atLater)
    this.#lastKey =
      database.get<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'broker_queue'")?.seq ?? 0
  }

  *sessions(): Iterable<StoredSession> {
    for (const row of this.#database.all<SessionRow>('SELECT * FROM broker_session')) yield fromSessionRow(row)
  }

  putSession(session: StoredSession): void {
    this.#database.runDeferred(
      'INSERT OR REPLACE INTO broker_session VALUES (?, ?, ?, ?, ?)',
      session.clientId,
      session.protocolVersion,
      session.sessionExpirySeconds,
      session.disconnectedAtMs ?? null,
      JSON.stringify(session.subscriptions),
    )
  }

  deleteSession(clientId: string): void {
    this.#database.runDeferred('DELETE FROM broker_session WHERE client_id = ?', clientId)
    this.deleteQueue(clientId)
  }

  enqueue(owner: string, message: Message): number {
    const length = this.queueLength(owner)
    this.#lastKey += 1
    this.#database.runDeferred(
      `INSERT INTO broker_queue (key, owner, ${MESSAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#lastKey,
      owner,
      ...toRow(message),
    )
    this.#queueLengths.set(owner, length + 1)
    return this.#lastKey
  }

  dequeue(owner: string, key: number): void {
    if (key <= this.#givenUp.lastKeyOf(owner)) return
    const length = this.queueLength(owner)
    const { changes } = this.#database.runDeferred('DELETE FROM broker_queue WHERE key = ? AND owner = ?', key, owner)
    this.#queueLengths.set(owner, length - changes)
  }

  queue(owner: string, afterKey: number, limit: number): QueuedMessage[] {
    const rows = this.#database.all<MessageRow & { key: number }>(
      `SELECT key, ${MESSAGE} FROM broker_queue WHERE owner = ? AND key > ? ORDER BY key LIMIT ?`,
      owner,
      Math.max(afterKey, this.#givenUp.lastKeyOf(owner)),
      limit,
    )
    return rows.map((row) => ({ key: row.key, message: fromRow(row) }))
  }

  queueLength(owner: string): number {
    let length = this.#queueLengths.get(owner)
    if (length === undefined) {
      length = this.#count(
        'SELECT count(*) AS count FROM broker_queue WHERE owner = ? AND key > ?',
        owner,
        this.#givenUp.lastKeyOf(owner),
      )
      this.#queueLengths.set(owner, length)
    }
    return length
  }

  queueBytes(owner: string): number {
    return this.#bytesOf('broker_queue', 'owner = ? AND key > ?', owner, this.#givenUp.lastKeyOf(owner))
  }

  deleteQueue(owner: string): void {
    this.#queueLengths.delete(owner)
    this.#givenUp.add(owner)
  }

  retained(topic: string): Message | undefined {
    const row = this.#database.get<MessageRow>(
      `SELECT ${MESSAGE} FROM broker_retained WHERE topic_key = ?`,
      orderKey(topic),
    )
    return row && fromRow(row)
  }

  retainedTopics(afterTopic: string | undefined, limit: number): Message[] {
    const rows = this.#database.all<MessageRow>(
      `SELECT ${MESSAGE} FROM broker_retained WHERE topic_key > ? ORDER BY topic_key LIMIT ?`,
      orderKey(afterTopic ?? ''),
      limit,
    )
    return rows.map(fromRow)
  }

  retainedCount(): number {
    return this.#retainedTotals.count
  }

  retainedBytes(): number {
    return this.#retainedTotals.bytes
  }

  putRetained(message: Message): void {
    this.deleteRetained(message.topic)
    const totals = this.#retainedTotals
    this.#database.runDeferred(
      `INSERT INTO broker_retained (topic_key, ${MESSAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      orderKey(message.topic),
      ...toRow(message),
    )
    totals.count += 1
    totals.bytes += messageBytes(message)
  }

  deleteRetained(topic: string): void {
    const earlier = this.retained(topic)
    if (!earlier) return
    const totals = this.#retainedTotals
    this.#database.runDeferred('DELETE FROM broker_retained WHERE topic_key = ?', orderKey(topic))
    totals.count -= 1
    totals.bytes -= messageBytes(earlier)
  }

  /** @throws why something that was written since the last call was lost, whoever's write it was lost with */
  commit(): void {
    const database = this.#database
    let failure: unknown
    try {
      database.commitDeferred()
    } catch (error) {
      failure = error
    }
    if (database.losses === this.#knownLosses) return
    this.#knownLosses = database.losses
    this.forget()
    throw failure ?? database.lastLoss
  }

  /** Forgets what is derived from the tables: they are about to be emptied, or a part of what was written was lost. */
  forget(): void {
    this.#queueLengths.clear()
    this.#givenUp.forget()
    this.#retained = undefined
  }

  /** Writes nothing more by itself. */
  stop(): void {
    this.#givenUp.stop()
  }

  /** Asked of the tables once: counting rows for each message would make many slow. */
  get #retainedTotals(): RetainedTotals {
    this.#retained ??= {
      count: this.#count('SELECT count(*) AS count FROM broker_retained'),
      bytes: this.#bytesOf('broker_retained'),
    }
    return this.#retained
  }

  /** The sum of `messageBytes` over the rows of a table that fit. */
  #bytesOf(table: 'broker_queue' | 'broker_retained', where = 'true', ...values: (string | number)[]): number {
    const bytes = this.#count(
      `SELECT coalesce(sum(length(payload) + length(CAST(topic AS BLOB))), 0) AS count FROM ${table} WHERE ${where}`,
      ...values,
    )
    const rows = this.#database.all<{ properties: string }>(
      `SELECT properties FROM ${table} WHERE ${where} AND properties IS NOT NULL`,
      ...values,
    )
    return rows.reduce((sum, { properties }) => sum + propertiesBytes(decodeProperties(properties)), bytes)
  }

  #count(sql: string, ...values: (string | number)[]): number {
    return this.#database.get<{ count: number }>(sql, ...values)?.count ?? 0
  }
}

function fromSessionRow(row: SessionRow): StoredSession {
  return {
    clientId: row.client_id,
    protocolVersion: row.protocol_version,
    sessionExpirySeconds: row.session_expiry_seconds,
    ...(row.disconnected_at_ms === null ? {} : { disconnectedAtMs: row.disconnected_at_ms }),
    // What putSession wrote.
    subscriptions: JSON.parse(row.subscriptions) as StoredSubscription[],
  }
}
