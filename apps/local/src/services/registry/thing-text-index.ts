import type { Database } from '../../foundation/database.ts'
import { type DerivedTables, keepDerivedTables } from '../../foundation/derived-tables.ts'
import { likePart } from '../../foundation/like-part.ts'
import { AFTER_ALL } from '../../foundation/text-order.ts'

/** What of a thing is looked for by a part of it: its name, its id, or the values of its attributes. */
export type TextOfThing = 'name' | 'id' | 'values'

/** The tables of all runs of three characters, and the columns of `things` that they are of. */
const TEXTS: Readonly<Record<TextOfThing, { readonly index: string; readonly column: string }>> = {
  name: { index: 'thing_name_texts', column: 'name' },
  id: { index: 'thing_id_texts', column: 'id' },
  // A text of JSON, in which nothing that a value may hold is escaped.
  values: { index: 'thing_value_texts', column: 'attributes' },
}

/** A line break ends each text, so that its last two characters are within a run, too. */
const ended = (column: string) => `${column} || CHAR(10)`

const INDEXES = Object.values(TEXTS).map(({ index }) => index)

/** The index is behind in what is created after `through`, and in what is listed as changed. */
const TABLES: DerivedTables = {
  name: 'thing-texts',
  version: 1,
  make: [
    ...INDEXES.flatMap((index) => [
      `CREATE VIRTUAL TABLE ${index} USING fts5(
         text, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none)`,
      `CREATE VIRTUAL TABLE ${index}_runs USING fts5vocab(${index}, row)`,
    ]),
    // Which attributes a thing has: of these sets there are few, where names are no values.
    'CREATE TABLE attribute_sets (id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE) STRICT',
    'CREATE TABLE thing_attribute_sets (seq INTEGER PRIMARY KEY, attribute_set INTEGER NOT NULL) STRICT',
    'CREATE INDEX things_by_attribute_set ON thing_attribute_sets (attribute_set, seq)',
    'CREATE TABLE thing_texts_state (through INTEGER NOT NULL) STRICT',
    'CREATE TABLE thing_texts_changed (seq INTEGER PRIMARY KEY) STRICT',
    `CREATE TRIGGER thing_texts_updated AFTER UPDATE OF attributes ON things
       WHEN NEW.attributes <> OLD.attributes BEGIN INSERT OR IGNORE INTO thing_texts_changed VALUES (NEW.seq); END`,
    `CREATE TRIGGER attribute_set_unused AFTER DELETE ON thing_attribute_sets
       WHEN NOT EXISTS (SELECT 1 FROM thing_attribute_sets WHERE attribute_set = OLD.attribute_set)
       BEGIN DELETE FROM attribute_sets WHERE id = OLD.attribute_set; END`,
    `CREATE TRIGGER thing_texts_deleted AFTER DELETE ON things
       BEGIN INSERT OR IGNORE INTO thing_texts_changed VALUES (OLD.seq); END`,
  ],
  drop: [
    'DROP TRIGGER IF EXISTS thing_texts_updated',
    'DROP TRIGGER IF EXISTS thing_texts_deleted',
    'DROP TRIGGER IF EXISTS attribute_set_unused',
    'DROP TABLE IF EXISTS attribute_sets',
    'DROP TABLE IF EXISTS thing_attribute_sets',
    'DROP TABLE IF EXISTS thing_texts_state',
    'DROP TABLE IF EXISTS thing_texts_changed',
    ...INDEXES.flatMap((index) => [`DROP TABLE IF EXISTS ${index}_runs`, `DROP TABLE IF EXISTS ${index}`]),
  ],
}

const ATTRIBUTE_SET = '(SELECT JSON_GROUP_ARRAY(key) FROM (SELECT key FROM JSON_EACH(attributes) ORDER BY key))'

/** More things than these are not the latest, but all. */
const LATEST = 5000

/** What narrows more runs than these narrows no more. */
const MOST_RUNS = 12

/** Where there are more sets of attributes than these, reading each of them takes longer than to look through things. */
const MOST_SETS = 500

/** A thing that was found, and its place in the order of creation. */
export interface FoundBySeq {
  name: string
  seq: number
}

/** Where things are read, `t`, and by what in their order. */
interface Scan {
  readonly from: string
  readonly seq: string
}

const ALL: Scan = { from: 'things t', seq: 't.seq' }
const CHANGED: Scan = { from: 'thing_texts_changed c CROSS JOIN things t ON t.seq = c.seq', seq: 'c.seq' }
const OF_SETS: Scan = { from: 'thing_attribute_sets s CROSS JOIN things t ON t.seq = s.seq', seq: 's.seq' }

type Condition = [sql?: string, ...values: (string | number)[]]

/**
 * Finds things by a part of their texts. The index is written behind, many things at a time, as one at a time costs
 * more than all else that is done to create a thing; what it does not know yet is looked through.
 */
export class ThingTextIndex {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  make(): void {
    keepDerivedTables(this.#database, TABLES, true)
  }

  drop(): void {
    keepDerivedTables(this.#database, TABLES, false)
  }

  /** Indexes up to `count` things that changed, and as many new ones; whether there is more to do. */
  catchUp(count: number): boolean {
    return this.#database.transaction(() => {
      const changed = this.#database.all<{ seq: number }>('SELECT seq FROM thing_texts_changed LIMIT ?', count)
      for (const { seq } of changed) this.#indexAgain(seq)
      const through = this.#through()
      const { last } = this.#database.get<{ last: number | null }>(
        'SELECT MAX(seq) AS last FROM (SELECT seq FROM things WHERE seq > ? ORDER BY seq LIMIT ?)',
        through,
        count,
      ) ?? { last: null }
      if (last === null) return changed.length === count
      this.#insert('seq > ? AND seq <= ?', through, last)
      this.#database.run('DELETE FROM thing_texts_state')
      this.#database.run('INSERT INTO thing_texts_state VALUES (?)', last)
      return true
    })
  }

  /** Whether hardly more than the latest things are behind. */
  get isMade(): boolean {
    const later = this.#database.get<{ size: number }>(
      'SELECT COUNT(*) AS size FROM (SELECT 1 FROM things WHERE seq > ? LIMIT ?)',
      this.#through(),
      LATEST,
    )
    return later?.size !== LATEST
  }

  #indexAgain(seq: number): void {
    for (const index of INDEXES) this.#database.run(`DELETE FROM ${index} WHERE rowid = ?`, seq)
    this.#database.run('DELETE FROM thing_attribute_sets WHERE seq = ?', seq)
    this.#insert('seq = ?', seq)
    this.#database.run('DELETE FROM thing_texts_changed WHERE seq = ?', seq)
  }

  #insert(condition: string, ...values: number[]): void {
    for (const { index, column } of Object.values(TEXTS)) {
      this.#database.run(
        `INSERT OR REPLACE INTO ${index} (rowid, text) SELECT seq, ${ended(column)} FROM things WHERE ${condition}`,
        ...values,
      )
    }
    const sets = `SELECT seq, ${ATTRIBUTE_SET} AS names FROM things WHERE ${condition}`
    this.#database.run(`INSERT OR IGNORE INTO attribute_sets (names) SELECT DISTINCT names FROM (${sets})`, ...values)
    this.#database.run(
      `INSERT OR REPLACE INTO thing_attribute_sets
       SELECT t.seq, s.id FROM (${sets}) t JOIN attribute_sets s ON s.names = t.names`,
      ...values,
    )
  }

  #through(): number {
    return this.#database.get<{ through: number }>('SELECT through FROM thing_texts_state')?.through ?? 0
  }

  /** Up to `count` things whose text has a part, created after a place, in the order of creation. */
  find(of: TextOfThing, part: string, after: number, count: number): FoundBySeq[] {
    const { index, column } = TEXTS[of]
    const hasPart = `t.${column} LIKE ? ESCAPE '\\'`
    const runs = this.#runsOf(index, part)
    if (runs === undefined) return this.#select(ALL, after, count, hasPart, likePart(part))
    const ofIndex = { from: `${index} i CROSS JOIN things t ON t.seq = i.rowid`, seq: 'i.rowid' }
    const indexed =
      runs === '' ? [] : this.#select(ofIndex, after, count, `${index} MATCH ? AND ${hasPart}`, runs, likePart(part))
    return firstBySeq([...indexed, ...this.#behind(after, count, hasPart, likePart(part))], count)
  }

  /** Up to `count` things that may lack an attribute, and all that do, created after a place, in the order of creation. */
  lacking(attribute: string, after: number, count: number): FoundBySeq[] {
    const all = this.#database.all<{ id: number; names: string }>(
      'SELECT id, names FROM attribute_sets LIMIT ?',
      MOST_SETS + 1,
    )
    if (all.length > MOST_SETS) return this.#select(ALL, after, count)
    const sets = all.filter(({ names }) => !(JSON.parse(names) as string[]).includes(attribute)) // written so
    const indexed = sets.flatMap(({ id }) => this.#select(OF_SETS, after, count, 's.attribute_set = ?', id))
    return firstBySeq([...indexed, ...this.#behind(after, count)], count)
  }

  /** What the index does not know, or not as it is now. */
  #behind(after: number, count: number, ...condition: Condition): FoundBySeq[] {
    return [
      ...this.#select(CHANGED, after, count, ...condition),
      ...this.#select(ALL, Math.max(after, this.#through()), count, ...condition),
    ]
  }

  #select({ from, seq }: Scan, after: number, count: number, ...[sql = 'TRUE', ...values]: Condition): FoundBySeq[] {
    return this.#database.all<FoundBySeq>(
      `SELECT t.name, t.seq FROM ${from} WHERE ${seq} > ? AND ${sql} ORDER BY ${seq} LIMIT ?`,
      after,
      ...values,
      count,
    )
  }

  /**
   * What a full-text search asks for, `''` where nothing has it; undefined for a single character, which so many things
   * have that the first of them are found soon.
   */
  #runsOf(index: string, part: string): string | undefined {
    const characters = [...part]
    if (characters.length < 2) return undefined
    if (characters.length > 2) {
      const runs = characters.slice(2).map((_, at) => characters.slice(at, at + 3).join(''))
      return [...new Set(runs)].slice(0, MOST_RUNS).map(quoted).join(' AND ')
    }
    return this.#database
      .all<{ term: string }>(`SELECT term FROM ${index}_runs WHERE term >= ? AND term < ?`, part, part + AFTER_ALL)
      .map(({ term }) => quoted(term))
      .join(' OR ')
  }
}

/** The first of several lists, each in the order of creation. */
const firstBySeq = (found: readonly FoundBySeq[], count: number): FoundBySeq[] =>
  [...new Map(found.map((each) => [each.seq, each])).values()].sort((a, b) => a.seq - b.seq).slice(0, count)

/** A string of the full-text search. */
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
