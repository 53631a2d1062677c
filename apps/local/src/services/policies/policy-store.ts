import { randomUUID } from 'node:crypto'
import { arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { type Page, type PageRequest, readPage } from '../../foundation/marker-paging.ts'

/** A policy without its documents. Times are epoch milliseconds. */
export interface PolicyRecord {
  readonly seq: number
  readonly name: string
  readonly arn: string
  readonly defaultVersion: number
  readonly generationId: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

export interface PolicyVersionRecord {
  readonly version: number
  readonly document: string
  readonly createdAtMs: number
}

interface AttachmentRow {
  readonly seq: number
  readonly target: string
}

const COLUMNS = `seq, name, default_version AS defaultVersion, generation_id AS generationId,
  created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs`

const STEPS = [
  `CREATE TABLE policies (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    default_version INTEGER NOT NULL,
    last_version INTEGER NOT NULL,
    generation_id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE policy_versions (
    policy TEXT NOT NULL REFERENCES policies (name) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    document TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (policy, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE policy_attachments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    policy TEXT NOT NULL REFERENCES policies (name),
    target TEXT NOT NULL,
    UNIQUE (target, policy)
  ) STRICT;
  CREATE INDEX policy_attachments_by_policy ON policy_attachments (policy, seq)`,
]

/** The tables of IoT policies, their versions and what they are attached to. */
export class PolicyStore {
  readonly #context: LocalContext

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('policies', STEPS)
  }

  find(name: string): PolicyRecord | undefined {
    const row = this.#context.database.get<PolicyRecord>(`SELECT ${COLUMNS} FROM policies WHERE name = ?`, name)
    return row && this.#withArn(row)
  }

  insert(name: string, document: string): void {
    const now = this.#context.clock()
    this.#context.database.run(
      `INSERT INTO policies (name, default_version, last_version, generation_id, created_at_ms, modified_at_ms)
        VALUES (?, 1, 1, ?, ?, ?)`,
      name,
      randomUUID(),
      now,
      now,
    )
    this.#context.database.run('INSERT INTO policy_versions VALUES (?, 1, ?, ?)', name, document, now)
  }

  /** Numbers are never used twice. */
  insertVersion(name: string, document: string): number {
    const { database, clock } = this.#context
    database.run(
      'UPDATE policies SET last_version = last_version + 1, modified_at_ms = ? WHERE name = ?',
      clock(),
      name,
    )
    const row = database.get<{ version: number }>('SELECT last_version AS version FROM policies WHERE name = ?', name)
    const version = row?.version ?? 1
    database.run('INSERT INTO policy_versions VALUES (?, ?, ?, ?)', name, version, document, clock())
    return version
  }

  setDefaultVersion(name: string, version: number): void {
    this.#context.database.run(
      'UPDATE policies SET default_version = ?, modified_at_ms = ? WHERE name = ?',
      version,
      this.#context.clock(),
      name,
    )
  }

  findVersion(name: string, version: number): PolicyVersionRecord | undefined {
    return this.#context.database.get<PolicyVersionRecord>(
      `SELECT version, document, created_at_ms AS createdAtMs FROM policy_versions WHERE policy = ? AND version = ?`,
      name,
      version,
    )
  }

  versions(name: string): PolicyVersionRecord[] {
    return this.#context.database.all<PolicyVersionRecord>(
      `SELECT version, document, created_at_ms AS createdAtMs FROM policy_versions WHERE policy = ?
        ORDER BY version DESC`,
      name,
    )
  }

  deleteVersion(name: string, version: number): void {
    this.#context.database.run('DELETE FROM policy_versions WHERE policy = ? AND version = ?', name, version)
  }

  delete(name: string): void {
    this.#context.database.run('DELETE FROM policies WHERE name = ?', name)
  }

  list(request: PageRequest): Page<PolicyRecord> {
    const page = readPage<PolicyRecord>('policies', request, ({ sql, after, limit }) =>
      this.#context.database.all<PolicyRecord>(`SELECT ${COLUMNS} FROM policies WHERE ${sql}`, after, limit),
    )
    return { ...page, rows: page.rows.map((row) => this.#withArn(row)) }
  }

  /** False when it was attached before. */
  attach(name: string, target: string): boolean {
    const sql = 'INSERT INTO policy_attachments (policy, target) VALUES (?, ?) ON CONFLICT DO NOTHING'
    return this.#context.database.run(sql, name, target).changes > 0
  }

  /** False when it was not attached. */
  detach(name: string, target: string): boolean {
    const sql = 'DELETE FROM policy_attachments WHERE policy = ? AND target = ?'
    return this.#context.database.run(sql, name, target).changes > 0
  }

  detachAll(target: string): boolean {
    return this.#context.database.run('DELETE FROM policy_attachments WHERE target = ?', target).changes > 0
  }

  /** Names of the policies that are attached to a target itself, in the order of attachment. */
  attachedTo(target: string): string[] {
    return this.#context.database
      .all<{ policy: string }>('SELECT policy FROM policy_attachments WHERE target = ? ORDER BY seq', target)
      .map(({ policy }) => policy)
  }

  isAttached(name: string): boolean {
    const sql = 'SELECT 1 FROM policy_attachments WHERE policy = ? LIMIT 1'
    return this.#context.database.get(sql, name) !== undefined
  }

  targetsOf(name: string): string[] {
    return this.#context.database
      .all<AttachmentRow>('SELECT seq, target FROM policy_attachments WHERE policy = ? ORDER BY seq', name)
      .map(({ target }) => target)
  }

  /** @param kind `principals` leaves thing groups out */
  listTargets(name: string, kind: 'targets' | 'principals', request: PageRequest): Page<AttachmentRow> {
    const where = kind === 'principals' ? "AND target NOT LIKE '%:thinggroup/%'" : ''
    return readPage<AttachmentRow>(`${kind} of ${name}`, request, ({ sql, after, limit }) =>
      this.#context.database.all<AttachmentRow>(
        `SELECT seq, target FROM policy_attachments WHERE policy = ? ${where} AND ${sql}`,
        name,
        after,
        limit,
      ),
    )
  }

  #withArn(row: PolicyRecord): PolicyRecord {
    return { ...row, arn: arnOf(this.#context.account, 'iot', `policy/${row.name}`) }
  }
}
