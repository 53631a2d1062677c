import type { DisconnectReason } from '@thingdeck/broker'
import type { Clock } from '../foundation/clock.ts'
import type { ConnectionHistory, ConnectionRecord } from '../foundation/connections.ts'
import type { Database } from '../foundation/database.ts'
import type { SoughtConnections } from '../foundation/fleet-sources.ts'

interface Row {
  client_id: string
  version_number: number
  clean_session: number
  keep_alive_seconds: number
  session_expiry_seconds: number
  connected_at_ms: number
  thing_name: string | null
  disconnected_at_ms: number | null
  disconnect_reason: DisconnectReason | null
}

/** The version number restarts after an hour offline, or when the session ended if that is later. */
const VERSION_KEPT_MS = 3_600_000
/** GetConnection tells of a connection that ended for this long (API reference, `disconnectedSince`). */
const DISCONNECTED_SHOWN_MS = 30 * 60_000
/** Ended connections that are remembered, where their clients do not come back: some 30 MB. */
const MOST_ENDED = 100_000
/** So many connections begin from one look at that to the next. */
const LOOK_EVERY = 1000

/** The latest connection of each client id, for the version numbers of presence events and for GetConnection. */
export class ConnectionLog implements ConnectionHistory {
  readonly #database: Database
  readonly #clock: Clock
  readonly #mostEnded: number
  #begun = 0

  constructor(database: Database, clock: Clock, mostEnded = MOST_ENDED) {
    this.#database = database
    this.#clock = clock
    this.#mostEnded = mostEnded
    database.migrate('connections', [
      `CREATE TABLE connection (
         client_id TEXT PRIMARY KEY,
         version_number INTEGER NOT NULL,
         clean_session INTEGER NOT NULL,
         keep_alive_seconds INTEGER NOT NULL,
         session_expiry_seconds INTEGER NOT NULL,
         connected_at_ms INTEGER NOT NULL,
         thing_name TEXT,
         disconnected_at_ms INTEGER,
         disconnect_reason TEXT
       ) STRICT, WITHOUT ROWID;
       CREATE INDEX connection_by_end ON connection (disconnected_at_ms);`,
    ])
    // Whoever was connected when the process ended was not told apart from those who went away.
    database.run(
      "UPDATE connection SET disconnected_at_ms = ?, disconnect_reason = 'SERVER_ERROR' WHERE disconnected_at_ms IS NULL",
      clock(),
    )
    database.run(
      'DELETE FROM connection WHERE disconnected_at_ms + max(session_expiry_seconds * 1000, ?) < ?',
      VERSION_KEPT_MS,
      clock(),
    )
  }

  /** @returns the version number of this connection */
  connected(connection: Omit<ConnectionRecord, 'versionNumber' | 'disconnected'>): number {
    const { clientId } = connection
    const versionNumber = this.#nextVersion(clientId)
    this.#database.run(
      'INSERT OR REPLACE INTO connection VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
      clientId,
      versionNumber,
      connection.cleanSession ? 1 : 0,
      connection.keepAliveSeconds,
      connection.sessionExpirySeconds,
      connection.connectedAtMs,
      connection.thingName ?? null,
    )
    this.#begun += 1
    if (this.#begun % LOOK_EVERY === 0) this.#forgetOldest()
    return versionNumber
  }

  /** Ignored when a newer connection of the client id has begun: a takeover ends the old one after the new began. */
  disconnected(clientId: string, versionNumber: number, reason: DisconnectReason): void {
    this.#database.run(
      `UPDATE connection SET disconnected_at_ms = ?, disconnect_reason = ?
       WHERE client_id = ? AND version_number = ?`,
      this.#clock(),
      reason,
      clientId,
      versionNumber,
    )
  }

  /** The latest connection, however long ago it ended. */
  latest(clientId: string): ConnectionRecord | undefined {
    const row = this.#row(clientId)
    return row && fromRow(row)
  }

  /** The latest connection, if it lasts or ended less than half an hour ago. */
  find(clientId: string): ConnectionRecord | undefined {
    const row = this.#row(clientId)
    if (!row) return undefined
    const shown = row.disconnected_at_ms === null || row.disconnected_at_ms + DISCONNECTED_SHOWN_MS > this.#clock()
    return shown ? fromRow(row) : undefined
  }

  /** Client ids after one, in their order, up to a number, of connections on record that are sought. */
  clientIds({ last, disconnectReason, timestamps }: SoughtConnections, after: string, count: number): string[] {
    const conditions = [
      ...(last ? ['disconnected_at_ms IS NULL'] : []),
      ...(disconnectReason === undefined ? [] : ['disconnect_reason = ? COLLATE NOCASE']),
      ...(timestamps ? ['IFNULL(disconnected_at_ms, connected_at_ms) BETWEEN ? AND ?'] : []),
    ]
    return this.#database
      .all<{ client_id: string }>(
        `SELECT client_id FROM connection WHERE ${[...conditions, 'client_id > ?'].join(' AND ')}
         ORDER BY client_id LIMIT ?`,
        ...(disconnectReason === undefined ? [] : [disconnectReason]),
        ...(timestamps ?? []),
        after,
        count,
      )
      .map(({ client_id }) => client_id)
  }

  /** Whoever makes up a client id for each connection would fill the disk otherwise. */
  #forgetOldest(): void {
    this.#database.run(
      `DELETE FROM connection WHERE client_id IN
         (SELECT client_id FROM connection WHERE disconnected_at_ms IS NOT NULL
          ORDER BY disconnected_at_ms DESC LIMIT -1 OFFSET ?)`,
      this.#mostEnded,
    )
  }

  #nextVersion(clientId: string): number {
    const row = this.#row(clientId)
    if (!row) return 0
    const keptMs = Math.max(row.session_expiry_seconds * 1000, VERSION_KEPT_MS)
    const forgotten = row.disconnected_at_ms !== null && row.disconnected_at_ms + keptMs < this.#clock()
    return forgotten ? 0 : row.version_number + 1
  }

  #row(clientId: string): Row | undefined {
    return this.#database.get<Row>('SELECT * FROM connection WHERE client_id = ?', clientId)
  }
}

function fromRow(row: Row): ConnectionRecord {
  return {
    clientId: row.client_id,
    versionNumber: row.version_number,
    cleanSession: row.clean_session === 1,
    keepAliveSeconds: row.keep_alive_seconds,
    sessionExpirySeconds: row.session_expiry_seconds,
    connectedAtMs: row.connected_at_ms,
    thingName: row.thing_name ?? undefined,
    ...(row.disconnected_at_ms !== null && row.disconnect_reason !== null
      ? { disconnected: { atMs: row.disconnected_at_ms, reason: row.disconnect_reason } }
      : {}),
  }
}
