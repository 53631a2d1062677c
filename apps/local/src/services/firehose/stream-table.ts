import type { Database } from '../../foundation/database.ts'
import type { DeliveryStream } from './delivery-stream.ts'

const STEPS = ['CREATE TABLE firehose_streams (name TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT']

/** The delivery streams themselves; what they have gathered is in files. */
export class StreamTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('firehose', STEPS)
  }

  /** See {@link Database.whenKept}. */
  whenKept(work: () => void): void {
    this.#database.whenKept(work)
  }

  find(name: string): DeliveryStream | undefined {
    const row = this.#database.get<{ content: string }>('SELECT content FROM firehose_streams WHERE name = ?', name)
    return row && JSON.parse(row.content) // written by this class
  }

  put(stream: DeliveryStream): void {
    this.#database.run('INSERT OR REPLACE INTO firehose_streams VALUES (?, ?)', stream.name, JSON.stringify(stream))
  }

  remove(name: string): void {
    this.#database.run('DELETE FROM firehose_streams WHERE name = ?', name)
  }

  /** In the order of their names. */
  names(after = '', limit = -1): string[] {
    return this.#database
      .all<{ name: string }>('SELECT name FROM firehose_streams WHERE name > ? ORDER BY name LIMIT ?', after, limit)
      .map(({ name }) => name)
  }
}
