import type { TemplateType } from '@aws-sdk/client-iot'
import type { Database } from '../../foundation/database.ts'

/** A provisioning template. Times are epoch milliseconds. */
export interface TemplateRecord {
  readonly templateName: string
  readonly type: TemplateType
  readonly description: string | null
  readonly enabled: boolean
  readonly roleArn: string
  readonly hookArn: string | null
  readonly hookPayloadVersion: string | null
  readonly defaultVersionId: number
  readonly lastVersionId: number
  readonly createdAtMs: number
  readonly modifiedAtMs: number
}

export interface TemplateVersionRecord {
  readonly seq: number
  readonly versionId: number
  readonly body: string
  readonly createdAtMs: number
}

type Row = Omit<TemplateRecord, 'enabled'> & { readonly enabled: number }

const COLUMNS = `name AS templateName, type, description, enabled, role_arn AS roleArn, hook_arn AS hookArn,
  hook_payload_version AS hookPayloadVersion, default_version_id AS defaultVersionId,
  last_version_id AS lastVersionId, created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs`

const VERSION_COLUMNS = 'version_id AS seq, version_id AS versionId, body, created_at_ms AS createdAtMs'

const STEPS = [
  `CREATE TABLE provisioning_templates (
    name TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    description TEXT,
    enabled INTEGER NOT NULL,
    role_arn TEXT NOT NULL,
    hook_arn TEXT,
    hook_payload_version TEXT,
    default_version_id INTEGER NOT NULL,
    last_version_id INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE provisioning_template_versions (
    name TEXT NOT NULL REFERENCES provisioning_templates (name) ON DELETE CASCADE,
    version_id INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (name, version_id)
  ) STRICT, WITHOUT ROWID`,
]

/** Provisioning templates with their versions. */
export class TemplateTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('provisioning-templates', STEPS)
  }

  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  find(templateName: string): TemplateRecord | undefined {
    const row = this.#database.get<Row>(`SELECT ${COLUMNS} FROM provisioning_templates WHERE name = ?`, templateName)
    return row && recordOf(row)
  }

  count(): number {
    return this.#database.get<{ n: number }>('SELECT count(*) AS n FROM provisioning_templates')?.n ?? 0
  }

  /** In the order of their names. */
  read(after: string, count: number): TemplateRecord[] {
    return this.#database
      .all<Row>(`SELECT ${COLUMNS} FROM provisioning_templates WHERE name > ? ORDER BY name LIMIT ?`, after, count)
      .map(recordOf)
  }

  /** Makes one, or puts all of it anew. */
  put(template: TemplateRecord): void {
    this.#database.run(
      `INSERT INTO provisioning_templates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
        description = excluded.description, enabled = excluded.enabled, role_arn = excluded.role_arn,
        hook_arn = excluded.hook_arn, hook_payload_version = excluded.hook_payload_version,
        default_version_id = excluded.default_version_id, last_version_id = excluded.last_version_id,
        modified_at_ms = excluded.modified_at_ms`,
      template.templateName,
      template.type,
      template.description,
      template.enabled ? 1 : 0,
      template.roleArn,
      template.hookArn,
      template.hookPayloadVersion,
      template.defaultVersionId,
      template.lastVersionId,
      template.createdAtMs,
      template.modifiedAtMs,
    )
  }

  /** With all its versions. */
  delete(templateName: string): void {
    this.#database.run('DELETE FROM provisioning_templates WHERE name = ?', templateName)
  }

  version(templateName: string, versionId: number): TemplateVersionRecord | undefined {
    return this.#database.get<TemplateVersionRecord>(
      `SELECT ${VERSION_COLUMNS} FROM provisioning_template_versions WHERE name = ? AND version_id = ?`,
      templateName,
      versionId,
    )
  }

  /** The oldest first. */
  versions(templateName: string, after = 0, count = -1): TemplateVersionRecord[] {
    return this.#database.all<TemplateVersionRecord>(
      `SELECT ${VERSION_COLUMNS} FROM provisioning_template_versions
        WHERE name = ? AND version_id > ? ORDER BY version_id LIMIT ?`,
      templateName,
      after,
      count,
    )
  }

  addVersion(templateName: string, versionId: number, body: string, nowMs: number): void {
    this.#database.run(
      'INSERT INTO provisioning_template_versions VALUES (?, ?, ?, ?)',
      templateName,
      versionId,
      body,
      nowMs,
    )
  }

  deleteVersion(templateName: string, versionId: number): void {
    this.#database.run(
      'DELETE FROM provisioning_template_versions WHERE name = ? AND version_id = ?',
      templateName,
      versionId,
    )
  }
}

const recordOf = (row: Row): TemplateRecord => ({ ...row, enabled: row.enabled !== 0 })
