import { type Account, arnOf } from '../../foundation/account.ts'
import type { Database } from '../../foundation/database.ts'
import { formatAttributes, parseAttributes } from './attributes.ts'
import { parentOf, type ThingGroup } from './thing-group.ts'

/** The steps of the `thing-groups` tables; see {@link Database.migrate}. */
const THING_GROUP_TABLES = [
  `CREATE TABLE thing_groups (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     name TEXT NOT NULL UNIQUE,
     id TEXT NOT NULL,
     description TEXT,
     attributes TEXT NOT NULL,
     version INTEGER NOT NULL,
     created_ms INTEGER NOT NULL,
     parent TEXT,
     ancestors TEXT NOT NULL, -- names from the root to the parent, as JSON: a group never moves
     query TEXT
   ) STRICT;
   CREATE INDEX thing_groups_by_parent ON thing_groups (parent);
   CREATE INDEX dynamic_thing_groups ON thing_groups (seq) WHERE query IS NOT NULL;
   CREATE TABLE thing_group_members (
     thing_group INTEGER NOT NULL, -- thing_groups.seq
     thing TEXT NOT NULL,
     PRIMARY KEY (thing_group, thing)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX thing_group_members_by_thing ON thing_group_members (thing);`,
  'CREATE INDEX thing_groups_by_id ON thing_groups (id)',
] as const

export interface ThingGroupRecord {
  readonly seq: number
  readonly group: ThingGroup
}

/** Which groups a listing shows. */
export interface GroupFilter {
  /** Only groups below this one, or, if null, groups without parent. */
  readonly parent: string | null | undefined
  /** Groups below `parent` at any depth. */
  readonly recursive: boolean
  readonly namePrefix: string
}

interface GroupRow {
  seq: number
  name: string
  id: string
  description: string | null
  attributes: string
  version: number
  created_ms: number
  ancestors: string
  query: string | null
}

const BELOW = `
  WITH RECURSIVE below (name) AS (
    SELECT name FROM thing_groups WHERE parent = ?
    UNION ALL
    SELECT g.name FROM below JOIN thing_groups g ON g.parent = below.name
  )`

/** Rows of the thing groups and of who is in them. Knows no rule of AWS. */
export class ThingGroupTable {
  readonly #database: Database
  readonly #account: Account

  constructor(database: Database, account: Account) {
    this.#database = database
    this.#account = account
    database.migrate('thing-groups', THING_GROUP_TABLES)
  }

  get(name: string): ThingGroupRecord | undefined {
    const row = this.#database.get<GroupRow>('SELECT * FROM thing_groups WHERE name = ?', name)
    return row && this.#record(row)
  }

  nameOf(id: string): string | undefined {
    return this.#database.get<{ name: string }>('SELECT name FROM thing_groups WHERE id = ?', id)?.name
  }

  insert(group: ThingGroup): void {
    this.#database.run(
      `INSERT INTO thing_groups (name, id, description, attributes, version, created_ms, parent, ancestors, query)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      group.thingGroupName,
      group.thingGroupId,
      group.description ?? null,
      formatAttributes(group.attributes),
      group.version,
      group.creationDate.getTime(),
      parentOf(group) ?? null,
      JSON.stringify(group.ancestors),
      group.query ? JSON.stringify(group.query) : null,
    )
  }

  replace({ seq }: ThingGroupRecord, group: ThingGroup): void {
    this.#database.run(
      'UPDATE thing_groups SET description = ?, attributes = ?, version = ?, query = ? WHERE seq = ?',
      group.description ?? null,
      formatAttributes(group.attributes),
      group.version,
      group.query ? JSON.stringify(group.query) : null,
      seq,
    )
  }

  remove({ seq }: ThingGroupRecord): void {
    this.#database.run('DELETE FROM thing_group_members WHERE thing_group = ?', seq)
    this.#database.run('DELETE FROM thing_groups WHERE seq = ?', seq)
  }

  countChildren(name: string): number {
    const row = this.#database.get<{ count: number }>(
      'SELECT count(*) AS count FROM thing_groups WHERE parent = ?',
      name,
    )
    return row?.count ?? 0
  }

  read({ parent, recursive, namePrefix }: GroupFilter, after: number, count: number): ThingGroupRecord[] {
    const rest = 'seq > ? AND substr(name, 1, ?) = ? ORDER BY seq LIMIT ?'
    const values = [after, namePrefix.length, namePrefix, count] as const
    const read = (sql: string, ...before: string[]) => this.#database.all<GroupRow>(sql, ...before, ...values)
    if (parent === undefined) return read(`SELECT * FROM thing_groups WHERE ${rest}`).map((row) => this.#record(row))
    if (parent === null) {
      return read(`SELECT * FROM thing_groups WHERE parent IS NULL AND ${rest}`).map((row) => this.#record(row))
    }
    const rows = recursive
      ? read(`${BELOW} SELECT * FROM thing_groups WHERE name IN below AND ${rest}`, parent)
      : read(`SELECT * FROM thing_groups WHERE parent = ? AND ${rest}`, parent)
    return rows.map((row) => this.#record(row))
  }

  /** The dynamic groups, the oldest first. */
  readDynamic(): ThingGroupRecord[] {
    const sql = 'SELECT * FROM thing_groups WHERE query IS NOT NULL ORDER BY seq'
    return this.#database.all<GroupRow>(sql).map((row) => this.#record(row))
  }

  hasDynamic(): boolean {
    return this.#database.get('SELECT 1 FROM thing_groups WHERE query IS NOT NULL LIMIT 1') !== undefined
  }

  countDynamic(): number {
    const sql = 'SELECT count(*) AS n FROM thing_groups WHERE query IS NOT NULL'
    return this.#database.get<{ n: number }>(sql)?.n ?? 0
  }

  /** Places of a group and of all below it. */
  readFamily(record: ThingGroupRecord): number[] {
    const below = this.#database.all<{ seq: number }>(
      `${BELOW} SELECT seq FROM thing_groups WHERE name IN below`,
      record.group.thingGroupName,
    )
    return [record.seq, ...below.map(({ seq }) => seq)]
  }

  hasMember({ seq }: ThingGroupRecord, thing: string): boolean {
    const sql = 'SELECT 1 FROM thing_group_members WHERE thing_group = ? AND thing = ?'
    return this.#database.get(sql, seq, thing) !== undefined
  }

  addMember({ seq }: ThingGroupRecord, thing: string): void {
    this.#database.run('INSERT INTO thing_group_members (thing_group, thing) VALUES (?, ?)', seq, thing)
  }

  /** @returns whether the thing was in the group */
  removeMember({ seq }: ThingGroupRecord, thing: string): boolean {
    const sql = 'DELETE FROM thing_group_members WHERE thing_group = ? AND thing = ?'
    return this.#database.run(sql, seq, thing).changes > 0
  }

  removeFromAll(thing: string): void {
    this.#database.run('DELETE FROM thing_group_members WHERE thing = ?', thing)
  }

  /** Names of the things in one group, in their own order. */
  readMembers(seq: number, after: string, count: number): string[] {
    return this.#database
      .all<{ thing: string }>(
        'SELECT thing FROM thing_group_members WHERE thing_group = ? AND thing > ? ORDER BY thing LIMIT ?',
        seq,
        after,
        count,
      )
      .map(({ thing }) => thing)
  }

  /** How many groups a thing is directly in. */
  countGroupsOf(thing: string): number {
    const sql = 'SELECT count(*) AS n FROM thing_group_members WHERE thing = ?'
    return this.#database.get<{ n: number }>(sql, thing)?.n ?? 0
  }

  /** The groups that a thing is directly in, in order of creation. */
  readGroupsOf(thing: string, after: number, count: number): ThingGroupRecord[] {
    return this.#database
      .all<GroupRow>(
        `SELECT g.* FROM thing_group_members m CROSS JOIN thing_groups g ON g.seq = m.thing_group
         WHERE m.thing = ? AND m.thing_group > ? ORDER BY m.thing_group LIMIT ?`,
        thing,
        after,
        count,
      )
      .map((row) => this.#record(row))
  }

  #record(row: GroupRow): ThingGroupRecord {
    return {
      seq: row.seq,
      group: {
        thingGroupName: row.name,
        thingGroupId: row.id,
        thingGroupArn: arnOf(this.#account, 'iot', `thinggroup/${row.name}`),
        description: row.description ?? undefined,
        attributes: parseAttributes(row.attributes),
        version: row.version,
        creationDate: new Date(row.created_ms),
        ancestors: JSON.parse(row.ancestors),
        query: row.query === null ? undefined : JSON.parse(row.query),
      },
    }
  }
}
