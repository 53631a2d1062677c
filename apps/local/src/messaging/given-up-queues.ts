import type { Database } from '../foundation/database.ts'

export const GIVEN_UP_TABLE = `CREATE TABLE broker_given_up (
  owner TEXT PRIMARY KEY,
  last_key INTEGER NOT NULL
) STRICT, WITHOUT ROWID;`

/** So many rows are deleted before the time is looked at: at most 2 MB of messages. */
const ROWS = 16
/** How long deleting may hold everybody else up, in milliseconds. */
const QUANTUM_MS = 2
/** What the disk did not take is tried again after this. */
const RETRY_MS = 1000

/** Does a piece of work after what others have to do. */
export type Later = (work: () => void, delayMs?: number) => void

export const later: Later = (work, delayMs) => {
  if (delayMs === undefined) setImmediate(work)
  else setTimeout(work, delayMs).unref()
}

/**
 * Queues that nobody may see any more, and whose messages are still in the table: deleting a long one takes long, so it
 * goes piece by piece. That it was given up is one row, in the same commit as what gave it up, so that a message of it
 * never comes back, whenever the process ends.
 */
export class GivenUpQueues {
  readonly #database: Database
  readonly #later: Later
  /** By owner: up to which key its messages are no more. */
  readonly #lastKeys = new Map<string, number>()
  #isDeleting = false
  #isStopped = false

  constructor(database: Database, atLater: Later) {
    this.#database = database
    this.#later = atLater
    this.#load()
  }

  /** The key after which an owner's messages begin. */
  lastKeyOf(owner: string): number {
    return this.#lastKeys.get(owner) ?? 0
  }

  /** Takes an owner's messages away, as far as there are any. */
  add(owner: string): void {
    const database = this.#database
    const { key } = database.get<{ key: number | null }>(
      'SELECT max(key) AS key FROM broker_queue WHERE owner = ?',
      owner,
    ) ?? { key: null }
    if (key === null || key <= this.lastKeyOf(owner)) return
    database.runDeferred('INSERT OR REPLACE INTO broker_given_up VALUES (?, ?)', owner, key)
    this.#lastKeys.set(owner, key)
    this.#begin()
  }

  /** Finds out anew what was given up, where writes were lost or tables emptied. */
  forget(): void {
    this.#lastKeys.clear()
    this.#load()
  }

  /** Deletes no more; the next start goes on. */
  stop(): void {
    this.#isStopped = true
  }

  #load(): void {
    const rows = this.#database.all<{ owner: string; last_key: number }>('SELECT owner, last_key FROM broker_given_up')
    for (const { owner, last_key } of rows) this.#lastKeys.set(owner, last_key)
    this.#begin()
  }

  #begin(delayMs?: number): void {
    if (this.#isDeleting || this.#isStopped || this.#lastKeys.size === 0) return
    this.#isDeleting = true
    this.#later(() => {
      this.#isDeleting = false
      if (!this.#isStopped) this.#begin(this.#deleteSome() ? undefined : RETRY_MS)
    }, delayMs)
  }

  /** False where the disk does not take it. */
  #deleteSome(): boolean {
    const endMs = performance.now() + QUANTUM_MS
    try {
      for (const owner of this.#lastKeys.keys()) {
        while (this.#deleteRows(owner)) if (performance.now() >= endMs) return true
      }
      return true
    } catch {
      return false // whoever needs room is told by its own write
    }
  }

  /**
   * As far as the table says that they are given up: that may have been lost with what somebody else committed, and the
   * messages are their owner's again.
   * @returns whether there may be more
   */
  #deleteRows(owner: string): boolean {
    const database = this.#database
    const isMore = database.transaction(() => {
      const { changes } = database.run(
        `DELETE FROM broker_queue WHERE key IN
           (SELECT key FROM broker_queue
            WHERE owner = ?1 AND key <= (SELECT last_key FROM broker_given_up WHERE owner = ?1) ORDER BY key LIMIT ${ROWS})`,
        owner,
      )
      if (changes === ROWS) return true
      database.run('DELETE FROM broker_given_up WHERE owner = ?', owner)
      return false
    })
    if (!isMore) this.#lastKeys.delete(owner)
    return isMore
  }
}
