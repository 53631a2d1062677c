export interface GroupRow {
  readonly id: number
  readonly name: string
  readonly created_ms: number
  readonly retention_days: number | null
  /** JSON. */
  readonly tags: string
  /** Of the messages, with 26 for each event, as AWS reckons them. */
  readonly stored_bytes: number
}

export interface StreamRow {
  readonly id: number
  readonly group_id: number
  readonly name: string
  readonly created_ms: number
  readonly first_event_ms: number | null
  readonly last_event_ms: number | null
  readonly last_ingestion_ms: number | null
  readonly stored_bytes: number
}

/** Where an event stands among those of its group: by time, then by arrival. */
export interface EventPlace {
  readonly atMs: number
  /** Grows with every event of the store, whatever its group. */
  readonly seq: number
}

/** Whose tables these are in a database's `schema_version`. */
export const LOG_TABLES = 'cloudwatch-logs'

/**
 * Events stand in the order in which they are read, with their messages: both columns of their place are the key's own, so
 * that reading goes on in the midst of a million events of one millisecond as fast as at the beginning. (A rowid would be
 * no column that SQLite seeks by within an index.)
 *
 * What is deleted is gone for readers with the row of its group or stream; its events go later, in steps, from
 * `log_removals`.
 */
export const LOG_MIGRATIONS = [
  `CREATE TABLE log_groups (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     name TEXT NOT NULL UNIQUE,
     created_ms INTEGER NOT NULL,
     retention_days INTEGER,
     tags TEXT NOT NULL,
     stored_bytes INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE log_streams (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     group_id INTEGER NOT NULL,
     name TEXT NOT NULL,
     created_ms INTEGER NOT NULL,
     first_event_ms INTEGER,
     last_event_ms INTEGER,
     last_ingestion_ms INTEGER,
     stored_bytes INTEGER NOT NULL DEFAULT 0,
     UNIQUE (group_id, name)
   ) STRICT;
   CREATE INDEX log_streams_by_time ON log_streams (group_id, coalesce(last_event_ms, -1), name);
   CREATE TABLE log_events (
     group_id INTEGER NOT NULL,
     at_ms INTEGER NOT NULL,
     seq INTEGER NOT NULL,
     stream_id INTEGER NOT NULL,
     ingested_ms INTEGER NOT NULL,
     message TEXT NOT NULL,
     bytes INTEGER NOT NULL,
     PRIMARY KEY (group_id, at_ms, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX log_events_of_stream ON log_events (stream_id, at_ms, seq);
   CREATE TABLE log_removals (
     id INTEGER PRIMARY KEY,
     group_id INTEGER NOT NULL,
     stream_id INTEGER NOT NULL,
     bytes INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE log_sequence (only INTEGER PRIMARY KEY CHECK (only = 1), last INTEGER NOT NULL) STRICT;`,
]
