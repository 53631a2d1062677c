import { type Account, arnOf } from '../../foundation/account.ts'
import type { Database } from '../../foundation/database.ts'
import { AFTER_ALL } from '../../foundation/text-order.ts'
import type { Thing } from '../../foundation/thing.ts'
import { formatAttributes, parseAttributes } from './attributes.ts'

/** The steps of the `things` tables; see {@link Database.migrate}. */
const THING_TABLES = [
  `CREATE TABLE things (
     seq INTEGER PRIMARY KEY AUTOINCREMENT, -- order of creation, never used twice: listings page by it
     name TEXT NOT NULL UNIQUE,
     id TEXT NOT NULL,
     type TEXT,
     attributes TEXT NOT NULL,
     version INTEGER NOT NULL,
     billing_group TEXT
   ) STRICT;
   CREATE INDEX things_by_type ON things (type) WHERE type IS NOT NULL;
   CREATE INDEX things_by_billing_group ON things (billing_group) WHERE billing_group IS NOT NULL;
   -- One row per attribute of a thing. The type stands here too, so that a search by both reads this table alone.
   CREATE TABLE thing_attributes (
     attribute TEXT NOT NULL,
     value TEXT NOT NULL,
     seq INTEGER NOT NULL,
     type TEXT,
     PRIMARY KEY (attribute, value, seq)
   ) STRICT, WITHOUT ROWID;`,
  // AWS does not search by both, and nor is there a search by both here any more.
  'ALTER TABLE thing_attributes DROP COLUMN type;',
] as const

/** A thing and its place in the order of creation. */
export interface ThingRecord {
  readonly seq: number
  readonly thing: Thing
}

interface ThingRow {
  seq: number
  name: string
  id: string
  type: string | null
  attributes: string
  version: number
  billing_group: string | null
}

/** An attribute's value as found by a search, to page in that order. */
export interface AttributeMatch extends ThingRecord {
  readonly value: string
}

const COLUMNS = 't.seq, t.name, t.id, t.type, t.attributes, t.version, t.billing_group'

/** Rows of the things and of the attributes by which they are found. Knows no rule of AWS. */
export class ThingTable {
  readonly #database: Database
  readonly #account: Account

  constructor(database: Database, account: Account) {
    this.#database = database
    this.#account = account
    database.migrate('things', THING_TABLES)
  }

  get(name: string): ThingRecord | undefined {
    const row = this.#database.get<ThingRow>(`SELECT ${COLUMNS} FROM things t WHERE t.name = ?`, name)
    return row && this.#record(row)
  }

  has(name: string): boolean {
    return this.#database.get('SELECT 1 FROM things WHERE name = ?', name) !== undefined
  }

  insert(thing: Thing): void {
    const { lastInsertRowid } = this.#database.run(
      'INSERT INTO things (name, id, type, attributes, version, billing_group) VALUES (?, ?, ?, ?, ?, ?)',
      thing.thingName,
      thing.thingId,
      thing.thingTypeName ?? null,
      formatAttributes(thing.attributes),
      thing.version,
      thing.billingGroupName ?? null,
    )
    this.#index(lastInsertRowid, thing)
  }

  replace(before: ThingRecord, thing: Thing): void {
    this.#database.run(
      'UPDATE things SET type = ?, attributes = ?, version = ?, billing_group = ? WHERE seq = ?',
      thing.thingTypeName ?? null,
      formatAttributes(thing.attributes),
      thing.version,
      thing.billingGroupName ?? null,
      before.seq,
    )
    this.#unindex(before)
    this.#index(before.seq, thing)
  }

  remove(record: ThingRecord): void {
    this.#unindex(record)
    this.#database.run('DELETE FROM things WHERE seq = ?', record.seq)
  }

  /** Every thing loses the billing group. */
  clearBillingGroup(billingGroupName: string): void {
    this.#database.run('UPDATE things SET billing_group = NULL WHERE billing_group = ?', billingGroupName)
  }

  isTypeUsed(type: string): boolean {
    return this.#database.get('SELECT 1 FROM things WHERE type = ? LIMIT 1', type) !== undefined
  }

  readAll(after: number, count: number): ThingRecord[] {
    return this.#records('WHERE t.seq > ? ORDER BY t.seq LIMIT ?', after, count)
  }

  readByType(type: string, after: number, count: number): ThingRecord[] {
    return this.#records('WHERE t.type = ? AND t.seq > ? ORDER BY t.seq LIMIT ?', type, after, count)
  }

  readByBillingGroup(billingGroup: string, after: number, count: number): ThingRecord[] {
    return this.#records('WHERE t.billing_group = ? AND t.seq > ? ORDER BY t.seq LIMIT ?', billingGroup, after, count)
  }

  /** Things whose attribute has exactly this value, in order of creation. */
  readByAttribute(attribute: string, value: string, after: number, count: number): ThingRecord[] {
    return this.#database
      .all<ThingRow>(
        `SELECT ${COLUMNS} FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
         WHERE a.attribute = ? AND a.value = ? AND a.seq > ? ORDER BY a.seq LIMIT ?`,
        attribute,
        value,
        after,
        count,
      )
      .map((row) => this.#record(row))
  }

  /** Things whose attribute begins with `prefix`, by value and then in order of creation. */
  readByAttributePrefix(
    attribute: string,
    prefix: string,
    after: readonly [string, number],
    count: number,
  ): AttributeMatch[] {
    // One bound on both: SQLite would begin at the prefix otherwise, on each page anew.
    const from = after[0] < prefix ? [prefix, 0] : after
    return this.#database
      .all<ThingRow & { value: string }>(
        `SELECT ${COLUMNS}, a.value FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
         WHERE a.attribute = ? AND a.value < ? AND (a.value, a.seq) > (?, ?)
         ORDER BY a.value, a.seq LIMIT ?`,
        attribute,
        prefix + AFTER_ALL,
        ...from,
        count,
      )
      .map((row) => ({ ...this.#record(row), value: row.value }))
  }

  #records(rest: string, ...values: (string | number)[]): ThingRecord[] {
    return this.#database
      .all<ThingRow>(`SELECT ${COLUMNS} FROM things t ${rest}`, ...values)
      .map((row) => this.#record(row))
  }

  #record(row: ThingRow): ThingRecord {
    return {
      seq: row.seq,
      thing: {
        thingName: row.name,
        thingId: row.id,
        thingArn: arnOf(this.#account, 'iot', `thing/${row.name}`),
        thingTypeName: row.type ?? undefined,
        attributes: parseAttributes(row.attributes),
        version: row.version,
        billingGroupName: row.billing_group ?? undefined,
      },
    }
  }

  #index(seq: number, thing: Thing): void {
    for (const [attribute, value] of Object.entries(thing.attributes)) {
      this.#database.run('INSERT INTO thing_attributes (attribute, value, seq) VALUES (?, ?, ?)', attribute, value, seq)
    }
  }

  #unindex({ seq, thing }: ThingRecord): void {
    for (const [attribute, value] of Object.entries(thing.attributes)) {
      this.#database.run(
        'DELETE FROM thing_attributes WHERE attribute = ? AND value = ? AND seq = ?',
        attribute,
        value,
        seq,
      )
    }
  }
}
