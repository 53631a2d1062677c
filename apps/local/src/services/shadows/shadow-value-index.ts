import { parseStoredShadow } from '@thingdeck/shadows'
import type { Database } from '../../foundation/database.ts'
import { type DerivedTables, keepDerivedTables } from '../../foundation/derived-tables.ts'
import type { IndexedShadowValues, ShadowValue } from '../../foundation/fleet-sources.ts'
import { AFTER_ALL, byBytes } from '../../foundation/text-order.ts'
import { indexedValuesOf } from './indexed-values.ts'

/**
 * One row for each value that a thing has in a field. The index is behind in the shadows of things whose names sort after
 * `through`, and in those that are listed as changed, with the document that is indexed.
 */
const TABLES: DerivedTables = {
  name: 'shadow-values',
  version: 1, // of what `indexedValuesOf` says
  make: [
    `CREATE TABLE shadow_fields (
       id INTEGER PRIMARY KEY, shadow_name TEXT NOT NULL, field TEXT NOT NULL, UNIQUE (shadow_name, field)) STRICT`,
    `CREATE TABLE shadow_values (
       field INTEGER NOT NULL, value ANY NOT NULL, thing_name TEXT NOT NULL,
       PRIMARY KEY (field, value, thing_name)) STRICT, WITHOUT ROWID`,
    'CREATE TABLE shadow_values_state (through TEXT NOT NULL) STRICT',
    `CREATE TABLE shadow_values_changed (
       thing_name TEXT NOT NULL, shadow_name TEXT NOT NULL, document TEXT,
       PRIMARY KEY (thing_name, shadow_name)) STRICT, WITHOUT ROWID`,
    // An IGNORE here would be the REPLACE of the statement that the trigger belongs to.
    `CREATE TRIGGER shadow_values_behind BEFORE INSERT ON shadow
       WHEN NEW.thing_name <= (SELECT through FROM shadow_values_state)
         AND NOT EXISTS (SELECT 1 FROM shadow_values_changed
           WHERE thing_name = NEW.thing_name AND shadow_name = NEW.shadow_name)
       BEGIN INSERT INTO shadow_values_changed VALUES (NEW.thing_name, NEW.shadow_name,
         (SELECT document FROM shadow WHERE thing_name = NEW.thing_name AND shadow_name = NEW.shadow_name)); END`,
  ],
  drop: [
    'DROP TRIGGER IF EXISTS shadow_values_behind',
    ...['fields', 'values', 'values_state', 'values_changed'].map((name) => `DROP TABLE IF EXISTS shadow_${name}`),
  ],
}

/** So many fields, or values of one, are tried one by one: each costs some microseconds. */
const MOST_FIELDS = 200
const MOST_VALUES = 2000
/** So many lists of names are merged. */
const MOST_LISTS = 200
/** Up to so many rows are sorted by the names of their things. */
const MOST_SORTED = 100_000

interface ChangedRow {
  readonly thing_name: string
  readonly shadow_name: string
  /** What is indexed. */
  readonly before: string | null
  readonly after: string | null
}

/** The values of a field, where they are next to each other in the table. */
interface List {
  readonly field: number
  readonly value: ShadowValue
}

/**
 * Finds things by values of their shadows. It is written behind, some shadows at a time, as AWS writes its own: what an
 * update adds to its transaction is one row, and none while the one before waits to be indexed.
 */
export class ShadowValueIndex {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  keep(isKept: boolean): void {
    keepDerivedTables(this.#database, TABLES, isKept)
  }

  /** The database decides: what was turned on or off may have been rolled back. */
  get isKept(): boolean {
    return this.#database.get("SELECT 1 FROM sqlite_schema WHERE name = 'shadow_values_state'") !== undefined
  }

  /** Whether all is known but what is listed as changed. */
  get isMade(): boolean {
    return this.#through() === AFTER_ALL
  }

  /** Names after a name in their order, up to a number, of things of which a shadow is listed as changed. */
  changed(after: string, count: number): string[] {
    return this.#database
      .all<{ name: string }>(
        `SELECT DISTINCT thing_name AS name FROM shadow_values_changed
         WHERE thing_name > ? ORDER BY thing_name LIMIT ?`,
        after,
        count,
      )
      .map(({ name }) => name)
  }

  #through(): string {
    if (!this.isKept) return ''
    return this.#database.get<{ through: string }>('SELECT through FROM shadow_values_state')?.through ?? ''
  }

  /** Indexes up to `count` shadows; whether there is more to do. */
  catchUp(count: number): boolean {
    return this.#database.transaction(() => {
      const changed = this.#database.all<ChangedRow>(
        `SELECT c.thing_name, c.shadow_name, c.document AS before, s.document AS after
         FROM shadow_values_changed c LEFT JOIN shadow s ON s.thing_name = c.thing_name AND s.shadow_name = c.shadow_name
         LIMIT ?`,
        count,
      )
      for (const row of changed) {
        this.#index(row)
        this.#database.run(
          'DELETE FROM shadow_values_changed WHERE thing_name = ? AND shadow_name = ?',
          row.thing_name,
          row.shadow_name,
        )
      }
      return this.#goOn(count) || changed.length === count
    })
  }

  #goOn(count: number): boolean {
    const through = this.#through()
    if (through === AFTER_ALL) return false
    const rows = this.#database.all<ChangedRow>(
      `SELECT thing_name, shadow_name, NULL AS before, document AS after FROM shadow
       WHERE thing_name > ?1 AND thing_name <= IFNULL(
         (SELECT MAX(thing_name) FROM (SELECT thing_name FROM shadow WHERE thing_name > ?1 ORDER BY thing_name LIMIT ?2)),
         ?1)
       ORDER BY thing_name`,
      through,
      count,
    )
    for (const row of rows) this.#index(row)
    this.#database.run('DELETE FROM shadow_values_state')
    this.#database.run('INSERT INTO shadow_values_state VALUES (?)', rows.at(-1)?.thing_name ?? AFTER_ALL)
    return rows.length > 0
  }

  #index({ thing_name, shadow_name, before, after }: ChangedRow): void {
    const indexed = valuesByKey(before)
    const wanted = valuesByKey(after)
    for (const [key, { field, value }] of wanted) {
      if (indexed.has(key)) continue
      const id = this.#idOf(shadow_name, field)
      this.#database.run('INSERT OR IGNORE INTO shadow_values VALUES (?, ?, ?)', id, value, thing_name)
    }
    for (const [key, { field, value }] of indexed) {
      if (wanted.has(key)) continue
      const id = this.#idOf(shadow_name, field)
      this.#database.run(
        'DELETE FROM shadow_values WHERE field = ? AND value = ? AND thing_name = ?',
        id,
        value,
        thing_name,
      )
      // Devices that make up names leave no trace: who looks for a value in any field looks into each of them.
      this.#database.run(
        'DELETE FROM shadow_fields WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM shadow_values WHERE field = ?1)',
        id,
      )
    }
  }

  #idOf(shadowName: string, field: string): number {
    const known = this.#database.get<{ id: number }>(
      'SELECT id FROM shadow_fields WHERE shadow_name = ? AND field = ?',
      shadowName,
      field,
    )
    if (known) return known.id
    return this.#database.run('INSERT INTO shadow_fields (shadow_name, field) VALUES (?, ?)', shadowName, field)
      .lastInsertRowid
  }

  /**
   * Names after a name in their order, up to a number, of things that are indexed with such a value. Undefined where there
   * are so many that the first of them are found sooner without the index.
   */
  names(
    shadowName: string | undefined,
    sought: IndexedShadowValues,
    after: string,
    count: number,
  ): string[] | undefined {
    const fields = this.#fields(shadowName, sought.field)
    if (fields.length > MOST_FIELDS) return undefined
    const lists = this.#lists(fields, sought)
    if (lists) return this.#merged(lists, after, count)
    return sought.range && this.#sorted(fields, sought.range, after, count)
  }

  #fields(shadowName: string | undefined, field: string | undefined): number[] {
    const rows =
      shadowName !== undefined && field !== undefined
        ? this.#database.all<{ id: number }>(
            'SELECT id FROM shadow_fields WHERE shadow_name = ? AND field = ?',
            shadowName,
            field,
          )
        : this.#database.all<{ id: number }>('SELECT id FROM shadow_fields LIMIT ?', MOST_FIELDS + 1)
    return rows.map(({ id }) => id)
  }

  /** Undefined where fields have too many values to try each. */
  #lists(fields: readonly number[], { values, range, accepts }: IndexedShadowValues): List[] | undefined {
    if (values) return fields.flatMap((field) => values.map((value) => ({ field, value })))
    const lists: List[] = []
    let tried = 0
    for (const field of fields) {
      for (let value = this.#next(field, range?.[0]); value !== undefined; value = this.#next(field, value, true)) {
        if (range && isBeyond(value, range[1])) break
        tried += 1
        if (tried > MOST_VALUES || lists.length >= MOST_LISTS) return undefined
        if (accepts(value)) lists.push({ field, value })
      }
    }
    return lists
  }

  /** The first value of a field that is at least another, or after it. Numbers are before texts. */
  #next(field: number, from: ShadowValue | undefined, isAfter = false): ShadowValue | undefined {
    const where = from === undefined ? '' : `AND value ${isAfter ? '>' : '>='} ?`
    return this.#database.get<{ value: ShadowValue }>(
      `SELECT value FROM shadow_values WHERE field = ? ${where} ORDER BY value LIMIT 1`,
      field,
      ...(from === undefined ? [] : [from]),
    )?.value
  }

  #merged(lists: readonly List[], after: string, count: number): string[] {
    const names = new Set<string>()
    for (const { field, value } of lists) {
      const found = this.#database.all<{ name: string }>(
        `SELECT thing_name AS name FROM shadow_values
         WHERE field = ? AND value = ? AND thing_name > ? ORDER BY thing_name LIMIT ?`,
        field,
        value,
        after,
        count,
      )
      for (const { name } of found) names.add(name)
    }
    return [...names].sort(byBytes).slice(0, count)
  }

  #sorted(
    fields: readonly number[],
    [low, high]: readonly [ShadowValue, ShadowValue],
    after: string,
    count: number,
  ): string[] | undefined {
    const within = `FROM shadow_values WHERE field IN (SELECT value FROM JSON_EACH(?)) AND value BETWEEN ? AND ?`
    const values = [JSON.stringify(fields), low, high]
    const size = this.#database.get<{ size: number }>(
      `SELECT COUNT(*) AS size FROM (SELECT 1 ${within} LIMIT ?)`,
      ...values,
      MOST_SORTED,
    )?.size
    if (size === MOST_SORTED) return undefined
    return this.#database
      .all<{ name: string }>(
        `SELECT DISTINCT thing_name AS name ${within} AND thing_name > ? ORDER BY thing_name LIMIT ?`,
        ...values,
        after,
        count,
      )
      .map(({ name }) => name)
  }
}

/** Of a value that comes after the beginning of a range: texts come after numbers. */
function isBeyond(value: ShadowValue, end: ShadowValue): boolean {
  if (typeof value === 'number') return typeof end === 'number' && value > end
  return typeof end === 'number' || byBytes(value, end) > 0
}

function valuesByKey(document: string | null): Map<string, { field: string; value: ShadowValue }> {
  if (document === null) return new Map()
  const values = indexedValuesOf(parseStoredShadow(document))
  return new Map(values.map((each) => [JSON.stringify([each.field, String(each.value), typeof each.value]), each]))
}
