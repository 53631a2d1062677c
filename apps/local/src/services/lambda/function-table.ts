import type { Database } from '../../foundation/database.ts'
import { type FunctionVersion, LATEST } from './function-version.ts'
import type { KeptEvent } from './kept-event.ts'

/** What is so of a function whatever its version. */
export interface FunctionSettings {
  readonly tags: Readonly<Record<string, string>>
  /** How many of it may run at once; undefined where nobody has said it. */
  readonly reservedConcurrency?: number | undefined
  /** By qualifier. */
  readonly eventInvoke: Readonly<Record<string, EventInvokeSettings>>
  /** Of a folder of modules that the server was told of. */
  readonly isFromFolder: boolean
}

/** How a function is invoked by events. */
export interface EventInvokeSettings {
  readonly maxRetries?: number | undefined
  readonly maxAgeSeconds?: number | undefined
  readonly modifiedAtMs: number
}

export interface FunctionAlias {
  readonly name: string
  readonly functionVersion: string
  readonly description: string
  /** Shares of invocations that other versions get, from 0 to 1. */
  readonly weights: Readonly<Record<string, number>>
  readonly revisionId: string
}

/** A statement of a function's own policy, as GetPolicy shows it. */
export interface PolicyStatement {
  readonly Sid: string
  readonly [member: string]: unknown
}

const STEPS = [
  `CREATE TABLE lambda_functions (
    name TEXT PRIMARY KEY,
    last_version INTEGER NOT NULL,
    settings TEXT NOT NULL
  ) STRICT;
  CREATE TABLE lambda_versions (
    name TEXT NOT NULL REFERENCES lambda_functions (name) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    version TEXT NOT NULL,
    PRIMARY KEY (name, number)
  ) STRICT;
  CREATE TABLE lambda_aliases (
    name TEXT NOT NULL REFERENCES lambda_functions (name) ON DELETE CASCADE,
    alias TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (name, alias)
  ) STRICT;
  CREATE TABLE lambda_statements (
    seq INTEGER PRIMARY KEY,
    name TEXT NOT NULL REFERENCES lambda_functions (name) ON DELETE CASCADE,
    qualifier TEXT NOT NULL,
    sid TEXT NOT NULL,
    statement TEXT NOT NULL,
    UNIQUE (name, qualifier, sid)
  ) STRICT`,
  `CREATE TABLE lambda_events (
    seq INTEGER PRIMARY KEY,
    content TEXT NOT NULL,
    payload BLOB NOT NULL
  ) STRICT`,
]

/** Functions with all that belongs to them. */
export class FunctionTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('lambda', STEPS)
  }

  /** All or nothing. */
  transaction<Result>(work: () => Result): Result {
    return this.#database.transaction(work)
  }

  /** See {@link Database.whenKept}. */
  whenKept(work: () => void): void {
    this.#database.whenKept(work)
  }

  settings(name: string): FunctionSettings | undefined {
    const row = this.#database.get<{ settings: string }>('SELECT settings FROM lambda_functions WHERE name = ?', name)
    return row && JSON.parse(row.settings) // written by this class, as the next one of its kind
  }

  putSettings(name: string, settings: FunctionSettings): void {
    this.#database.run(
      'INSERT INTO lambda_functions VALUES (?, 0, ?) ON CONFLICT (name) DO UPDATE SET settings = excluded.settings',
      name,
      JSON.stringify(settings),
    )
  }

  /** With its versions, aliases and its policy. */
  remove(name: string): void {
    this.#database.run('DELETE FROM lambda_functions WHERE name = ?', name)
  }

  /** In the order of their names. @param after a name */
  names(after: string, limit: number): string[] {
    return this.#database
      .all<{ name: string }>('SELECT name FROM lambda_functions WHERE name > ? ORDER BY name LIMIT ?', after, limit)
      .map(({ name }) => name)
  }

  /** Of functions that lie in a folder. */
  namesOfFolder(): string[] {
    return this.#database
      .all<{ name: string }>("SELECT name FROM lambda_functions WHERE settings ->> 'isFromFolder' = 1")
      .map(({ name }) => name)
  }

  version(name: string, version: string): FunctionVersion | undefined {
    const row = this.#database.get<{ version: string }>(
      'SELECT version FROM lambda_versions WHERE name = ? AND number = ?',
      name,
      numberOf(version),
    )
    return row && JSON.parse(row.version)
  }

  putVersion(version: FunctionVersion): void {
    this.#database.run(
      'INSERT OR REPLACE INTO lambda_versions VALUES (?, ?, ?)',
      version.name,
      numberOf(version.version),
      JSON.stringify(version),
    )
  }

  removeVersion(name: string, version: string): void {
    this.#database.run('DELETE FROM lambda_versions WHERE name = ? AND number = ?', name, numberOf(version))
  }

  /** `$LATEST` first, then by their numbers. @param after a number; that of `$LATEST` is 0 */
  versions(name: string, after = -1, limit = -1): FunctionVersion[] {
    return this.#database
      .all<{ version: string }>(
        'SELECT version FROM lambda_versions WHERE name = ? AND number > ? ORDER BY number LIMIT ?',
        name,
        after,
        limit,
      )
      .map(({ version }) => JSON.parse(version))
  }

  /** Of all functions. */
  allVersions(): FunctionVersion[] {
    return this.#database
      .all<{ version: string }>('SELECT version FROM lambda_versions')
      .map(({ version }) => JSON.parse(version))
  }

  /** The number of the version that is published next: none is given twice. */
  nextVersion(name: string): string {
    this.#database.run('UPDATE lambda_functions SET last_version = last_version + 1 WHERE name = ?', name)
    return String(this.lastVersion(name))
  }

  /** 0 where none was published. */
  lastVersion(name: string): number {
    const row = this.#database.get<{ last: number }>(
      'SELECT last_version AS last FROM lambda_functions WHERE name = ?',
      name,
    )
    return row?.last ?? 0
  }

  alias(name: string, alias: string): FunctionAlias | undefined {
    const row = this.#database.get<{ content: string }>(
      'SELECT content FROM lambda_aliases WHERE name = ? AND alias = ?',
      name,
      alias,
    )
    return row && JSON.parse(row.content)
  }

  /** In the order of their names. */
  aliases(name: string, after = '', limit = -1): FunctionAlias[] {
    return this.#database
      .all<{ content: string }>(
        'SELECT content FROM lambda_aliases WHERE name = ? AND alias > ? ORDER BY alias LIMIT ?',
        name,
        after,
        limit,
      )
      .map(({ content }) => JSON.parse(content))
  }

  putAlias(name: string, alias: FunctionAlias): void {
    this.#database.run(
      'INSERT OR REPLACE INTO lambda_aliases VALUES (?, ?, ?)',
      name,
      alias.name,
      JSON.stringify(alias),
    )
  }

  removeAlias(name: string, alias: string): void {
    this.transaction(() => {
      this.#database.run('DELETE FROM lambda_aliases WHERE name = ? AND alias = ?', name, alias)
      this.#database.run('DELETE FROM lambda_statements WHERE name = ? AND qualifier = ?', name, alias)
    })
  }

  /** Of a qualifier; `` for the function without one. */
  statements(name: string, qualifier: string): PolicyStatement[] {
    return this.#database
      .all<{ statement: string }>(
        'SELECT statement FROM lambda_statements WHERE name = ? AND qualifier = ? ORDER BY seq',
        name,
        qualifier,
      )
      .map(({ statement }) => JSON.parse(statement))
  }

  addStatement(name: string, qualifier: string, statement: PolicyStatement): void {
    this.#database.run(
      'INSERT INTO lambda_statements (name, qualifier, sid, statement) VALUES (?, ?, ?, ?)',
      name,
      qualifier,
      statement.Sid,
      JSON.stringify(statement),
    )
  }

  /** Events that wait for their functions, while no server is there. */
  keepEvents(events: readonly KeptEvent[]): void {
    this.transaction(() => {
      for (const { payload, ...content } of events) {
        this.#database.run(
          'INSERT INTO lambda_events (content, payload) VALUES (?, ?)',
          JSON.stringify(content),
          payload,
        )
      }
    })
  }

  /** Those that were kept, in their order; they are kept no more. */
  takeEvents(): KeptEvent[] {
    const rows = this.#database.all<{ content: string; payload: Uint8Array }>(
      'SELECT content, payload FROM lambda_events ORDER BY seq',
    )
    if (rows.length > 0) this.#database.run('DELETE FROM lambda_events')
    return rows.map(({ content, payload }) => ({ ...JSON.parse(content), payload })) // written by this class
  }

  /** @returns whether it was there */
  removeStatement(name: string, qualifier: string, sid: string): boolean {
    const { changes } = this.#database.run(
      'DELETE FROM lambda_statements WHERE name = ? AND qualifier = ? AND sid = ?',
      name,
      qualifier,
      sid,
    )
    return changes > 0
  }
}

const numberOf = (version: string): number => (version === LATEST ? 0 : Number(version))
