import type { Database } from '../../foundation/database.ts'
import type { ShadowFields } from '../../foundation/fleet-sources.ts'
import { byBytes } from '../../foundation/text-order.ts'

/** Which fields of its state a shadow has: of these sets there are few, where names are no values. */
export const FIELD_SET_TABLES = {
  make: [
    `CREATE TABLE shadow_field_sets (
       id INTEGER PRIMARY KEY, shadow_name TEXT NOT NULL, fields TEXT NOT NULL, UNIQUE (shadow_name, fields)) STRICT`,
    `CREATE TABLE shadow_field_set_things (
       field_set INTEGER NOT NULL, thing_name TEXT NOT NULL,
       PRIMARY KEY (field_set, thing_name)) STRICT, WITHOUT ROWID`,
  ],
  drop: ['DROP TABLE IF EXISTS shadow_field_sets', 'DROP TABLE IF EXISTS shadow_field_set_things'],
}

/** Where there are more sets than these, reading each of them takes longer than to look through shadows. */
const MOST_SETS = 500

/** Of the delta, which comes and goes, there would be too many sets. */
const OF_SET = /^(?:reported|desired)\./

/** A set as a text; undefined where there is no shadow, which has no fields at all. */
export function fieldSetOf(fields: readonly string[]): string | undefined {
  if (fields.length === 0) return undefined
  return JSON.stringify([...new Set(fields.filter((field) => OF_SET.test(field)))].sort())
}

/** Finds things by what their shadows have and lack. It is written with the index of values. */
export class ShadowFieldSets {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** A shadow is no longer of the one set, but of the other. */
  move(thingName: string, shadowName: string, before: string | undefined, after: string | undefined): void {
    if (before === after) return
    if (before !== undefined) this.#leave(thingName, shadowName, before)
    if (after !== undefined) this.#enter(thingName, shadowName, after)
  }

  #enter(thingName: string, shadowName: string, fields: string): void {
    this.#database.run(
      'INSERT OR IGNORE INTO shadow_field_sets (shadow_name, fields) VALUES (?, ?)',
      shadowName,
      fields,
    )
    this.#database.run(
      `INSERT OR IGNORE INTO shadow_field_set_things
       SELECT id, ? FROM shadow_field_sets WHERE shadow_name = ? AND fields = ?`,
      thingName,
      shadowName,
      fields,
    )
  }

  #leave(thingName: string, shadowName: string, fields: string): void {
    const sql = 'SELECT id FROM shadow_field_sets WHERE shadow_name = ? AND fields = ?'
    const set = this.#database.get<{ id: number }>(sql, shadowName, fields)
    if (!set) return
    this.#database.run('DELETE FROM shadow_field_set_things WHERE field_set = ? AND thing_name = ?', set.id, thingName)
    this.#database.run(
      `DELETE FROM shadow_field_sets WHERE id = ?1
         AND NOT EXISTS (SELECT 1 FROM shadow_field_set_things WHERE field_set = ?1)`,
      set.id,
    )
  }

  /** Names after a name in their order, up to a number, of things with such a shadow; undefined where there are too many sets. */
  names({ shadowName, has, lacks }: ShadowFields, after: string, count: number): string[] | undefined {
    const sets = this.#database.all<{ id: number; fields: string }>(
      'SELECT id, fields FROM shadow_field_sets WHERE shadow_name = ? LIMIT ?',
      shadowName,
      MOST_SETS + 1,
    )
    if (sets.length > MOST_SETS) return undefined
    const isSought = (fields: ReadonlySet<string>) =>
      has.every((field) => fields.has(field)) && !lacks.some((field) => fields.has(field))
    return sets
      .filter(({ fields }) => isSought(new Set(JSON.parse(fields) as string[]))) // written so
      .flatMap(({ id }) =>
        this.#database.all<{ name: string }>(
          `SELECT thing_name AS name FROM shadow_field_set_things
           WHERE field_set = ? AND thing_name > ? ORDER BY thing_name LIMIT ?`,
          id,
          after,
          count,
        ),
      )
      .map(({ name }) => name)
      .sort(byBytes)
      .slice(0, count)
  }
}
