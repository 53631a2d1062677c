import { parseStoredShadow } from '@thingdeck/shadows'
import type { Database } from '../../foundation/database.ts'
import { type DerivedTables, keepDerivedTables } from '../../foundation/derived-tables.ts'
import type { IndexedShadowValues, ShadowFields, ShadowValue } from '../../foundation/fleet-sources.ts'
import { AFTER_ALL } from '../../foundation/text-order.ts'
import { indexedValuesOf } from './indexed-values.ts'
import { FIELD_SET_TABLES, fieldSetOf, ShadowFieldSets } from './shadow-field-sets.ts'
import { ShadowValueLists } from './shadow-value-lists.ts'

/**
 * One row for each value that a thing has in a field. The index is behind in the shadows of things whose names sort after
 * `through`, and in those that are listed as changed, with the document that is indexed.
 */
const TABLES: DerivedTables = {
  name: 'shadow-values',
  version: 2, // of what `indexedValuesOf` says
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
    ...FIELD_SET_TABLES.make,
  ],
  drop: [
    'DROP TRIGGER IF EXISTS shadow_values_behind',
    ...['fields', 'values', 'values_state', 'values_changed'].map((name) => `DROP TABLE IF EXISTS shadow_${name}`),
    ...FIELD_SET_TABLES.drop,
  ],
}

/** Of more fields than these not each is looked into. */
const MOST_FIELDS = 200
/** In so many lists each of some names is looked up. */
const MOST_ASKED = 8

interface ChangedRow {
  readonly thing_name: string
  readonly shadow_name: string
  /** What is indexed. */
  readonly before: string | null
  readonly after: string | null
}

/**
 * Finds things by values of their shadows. It is written behind, some shadows at a time, as AWS writes its own: what an
 * update adds to its transaction is one row, and none while the one before waits to be indexed.
 */
export class ShadowValueIndex {
  readonly #database: Database
  readonly #fieldSets: ShadowFieldSets
  readonly #lists: ShadowValueLists

  constructor(database: Database) {
    this.#database = database
    this.#fieldSets = new ShadowFieldSets(database)
    this.#lists = new ShadowValueLists(database)
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
    this.#fieldSets.move(thing_name, shadow_name, setOf(indexed), setOf(wanted))
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
    return this.#lists.names(fields, sought, after, count)
  }

  /** How many rows hold such a value, or may, up to a number; undefined where that would cost a search. */
  size(shadowName: string | undefined, sought: IndexedShadowValues, most: number): number | undefined {
    const fields = this.#fields(shadowName, sought.field)
    if (fields.length > MOST_FIELDS) return undefined
    return this.#lists.size(fields, sought, most)
  }

  /** See {@link ShadowFieldSets.names}. */
  withFields(fields: ShadowFields, after: string, count: number): string[] | undefined {
    return this.#fieldSets.names(fields, after, count)
  }

  /** Of some names those that are indexed with one of some values, and all that are listed as changed. */
  among(
    names: readonly string[],
    shadowName: string | undefined,
    field: string | undefined,
    values: readonly ShadowValue[],
  ): string[] | undefined {
    const lists = this.#fields(shadowName, field).flatMap((id) => values.map((value) => [id, value] as const))
    if (lists.length > MOST_ASKED) return undefined
    const isIn = lists.map(
      () => 'EXISTS (SELECT 1 FROM shadow_values v WHERE v.field = ? AND v.value = ? AND v.thing_name = n.value)',
    )
    const isChanged = 'EXISTS (SELECT 1 FROM shadow_values_changed c WHERE c.thing_name = n.value)'
    return this.#database
      .all<{ name: string }>(
        `SELECT n.value AS name FROM JSON_EACH(?) n WHERE ${[...isIn, isChanged].join(' OR ')}`,
        JSON.stringify(names),
        ...lists.flat(),
      )
      .map(({ name }) => name)
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
}

const setOf = (values: ReturnType<typeof valuesByKey>) => fieldSetOf([...values.values()].map(({ field }) => field))

function valuesByKey(document: string | null): Map<string, { field: string; value: ShadowValue }> {
  if (document === null) return new Map()
  const values = indexedValuesOf(parseStoredShadow(document))
  return new Map(values.map((each) => [JSON.stringify([each.field, String(each.value), typeof each.value]), each]))
}
