import { formatStoredShadow, parseStoredShadow, type StoredShadow } from '@thingdeck/shadows'
import type { Database } from '../../foundation/database.ts'

/** Names a shadow: classic without `shadowName`. Neither the thing nor the shadow need be registered anywhere. */
export interface ShadowId {
  readonly thingName: string
  readonly shadowName?: string | undefined
}

/** No named shadow has this name, so that it can stand for the classic one. */
const CLASSIC = ''

interface KnownText {
  readonly text: string
  readonly shadow: StoredShadow
}

/** A few megabytes at the most; shadows that change often are written again long before they fall out. */
const KNOWN_TEXTS = 256

/** Where shadows and the counters of deleted ones are kept. */
export class ShadowTable {
  readonly #database: Database
  /** What the latest texts mean, by thing and shadow, the oldest first: reading one takes longer than all else. */
  readonly #known = new Map<string, KnownText>()

  constructor(database: Database) {
    this.#database = database
    database.migrate('shadows', [
      `CREATE TABLE shadow (
         thing_name TEXT NOT NULL,
         shadow_name TEXT NOT NULL,
         document TEXT NOT NULL,
         deleted_at_seconds INTEGER,
         PRIMARY KEY (thing_name, shadow_name)
       ) STRICT, WITHOUT ROWID;
       CREATE INDEX shadow_by_deletion ON shadow (deleted_at_seconds) WHERE deleted_at_seconds IS NOT NULL;`,
    ])
  }

  find({ thingName, shadowName = CLASSIC }: ShadowId): StoredShadow | undefined {
    const sql = 'SELECT document FROM shadow WHERE thing_name = ? AND shadow_name = ?'
    const row = this.#database.get<{ document: string }>(sql, thingName, shadowName)
    if (!row) return undefined
    const known = this.#known.get(keyOf(thingName, shadowName))
    // The database decides: what was rolled back or written by others has another text.
    return known?.text === row.document ? known.shadow : this.#remember(thingName, shadowName, row.document)
  }

  put({ thingName, shadowName = CLASSIC }: ShadowId, shadow: StoredShadow): void {
    const text = formatStoredShadow(shadow)
    this.#database.run(
      'INSERT OR REPLACE INTO shadow VALUES (?, ?, ?, ?)',
      thingName,
      shadowName,
      text,
      shadow.kind === 'tombstone' ? shadow.deletedAtSeconds : null,
    )
    this.#remember(thingName, shadowName, text, shadow)
  }

  /** Names of a thing's named shadows after `after`, in their order. */
  names(thingName: string, after: string, limit: number): string[] {
    const sql = `SELECT shadow_name AS name FROM shadow
      WHERE thing_name = ? AND shadow_name > ? AND deleted_at_seconds IS NULL ORDER BY shadow_name LIMIT ?`
    return this.#database.all<{ name: string }>(sql, thingName, after, limit).map(({ name }) => name)
  }

  /** Forgets the counters of shadows that were deleted by then. */
  forgetDeletedBy(epochSeconds: number): void {
    this.#database.run('DELETE FROM shadow WHERE deleted_at_seconds <= ?', epochSeconds)
  }

  #remember(thingName: string, shadowName: string, text: string, shadow = parseStoredShadow(text)): StoredShadow {
    const key = keyOf(thingName, shadowName)
    this.#known.delete(key)
    this.#known.set(key, { text, shadow })
    if (this.#known.size > KNOWN_TEXTS) this.#known.delete(this.#known.keys().next().value ?? key)
    return shadow
  }
}

/** Neither name may hold a slash. */
const keyOf = (thingName: string, shadowName: string) => `${thingName}/${shadowName}`
