import type { Database } from '../../foundation/database.ts'

/** One file of a stream, as it was in S3 when the stream was made. */
export interface StreamedFile {
  readonly fileId: number
  readonly bucket: string
  readonly key: string
  /** Of the S3 object, where the stream names one. */
  readonly version?: string | undefined
  readonly sizeBytes: number
  readonly etag: string
}

/** Files that devices fetch in blocks. Times are epoch milliseconds. */
export interface Stream {
  readonly seq: number
  readonly streamId: string
  /** 1 at creation, one more with each update. */
  readonly streamVersion: number
  readonly description: string | undefined
  readonly files: readonly StreamedFile[]
  readonly roleArn: string
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

interface Row extends Omit<Stream, 'files' | 'description'> {
  readonly files: string
  readonly description: string | null
}

const COLUMNS = `seq, stream_id AS streamId, stream_version AS streamVersion, description, files, role_arn AS roleArn,
  created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs`

export class StreamTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('streams', [
      `CREATE TABLE stream (
         seq INTEGER PRIMARY KEY AUTOINCREMENT,
         stream_id TEXT NOT NULL UNIQUE,
         stream_version INTEGER NOT NULL,
         description TEXT,
         files TEXT NOT NULL,
         role_arn TEXT NOT NULL,
         created_at_ms INTEGER NOT NULL,
         updated_at_ms INTEGER NOT NULL
       ) STRICT`,
    ])
  }

  find(streamId: string): Stream | undefined {
    const row = this.#database.get<Row>(`SELECT ${COLUMNS} FROM stream WHERE stream_id = ?`, streamId)
    return row && streamOf(row)
  }

  count(): number {
    return this.#database.get<{ count: number }>('SELECT count(*) AS count FROM stream')?.count ?? 0
  }

  put(stream: Omit<Stream, 'seq'>): void {
    this.#database.run(
      `INSERT INTO stream (stream_id, stream_version, description, files, role_arn, created_at_ms, updated_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream_id) DO UPDATE SET stream_version = excluded.stream_version,
         description = excluded.description, files = excluded.files, role_arn = excluded.role_arn,
         updated_at_ms = excluded.updated_at_ms`,
      stream.streamId,
      stream.streamVersion,
      stream.description ?? null,
      JSON.stringify(stream.files),
      stream.roleArn,
      stream.createdAtMs,
      stream.updatedAtMs,
    )
  }

  delete(streamId: string): void {
    this.#database.run('DELETE FROM stream WHERE stream_id = ?', streamId)
  }

  /** @param sql as `readPage` hands it: which rows, in which order, and how many */
  page(sql: string, after: number, limit: number): Stream[] {
    return this.#database.all<Row>(`SELECT ${COLUMNS} FROM stream WHERE ${sql}`, after, limit).map(streamOf)
  }
}

function streamOf({ files, description, ...row }: Row): Stream {
  return { ...row, files: JSON.parse(files) as StreamedFile[], description: description ?? undefined } // `put` wrote them
}
