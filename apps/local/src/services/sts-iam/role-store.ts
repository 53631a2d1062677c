import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Role, RoleInput, Roles } from '../../foundation/roles.ts'
import { randomBase32 } from './random-base32.ts'

interface Row extends Omit<Role, 'arn' | 'policies' | 'attachedPolicies' | 'tags'> {
  readonly policies: string
  readonly attachedPolicies: string
  readonly tags: string
}

const COLUMNS = `name, id, path, trust_document AS trustDocument, policies, max_session_seconds AS maxSessionSeconds,
  attached_policies AS attachedPolicies, description, tags, created_at_ms AS createdAtMs`

const STEPS = [
  `CREATE TABLE roles (
    name TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    trust_document TEXT NOT NULL,
    policies TEXT NOT NULL,
    max_session_seconds INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
  `ALTER TABLE roles ADD COLUMN description TEXT NOT NULL DEFAULT '';
  ALTER TABLE roles ADD COLUMN tags TEXT NOT NULL DEFAULT '{}';
  CREATE TABLE former_roles (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID`,
  `ALTER TABLE roles ADD COLUMN path TEXT NOT NULL DEFAULT '/'`,
  `ALTER TABLE roles ADD COLUMN attached_policies TEXT NOT NULL DEFAULT '[]'`,
]

/** IAM's default for `MaxSessionDuration`. */
const MAX_SESSION_SECONDS = 3600

/** The account's IAM roles. */
export class RoleStore implements Roles {
  readonly #context: LocalContext
  /** Names, after each change of a role's policies and after its deletion. */
  readonly changes = new Changes<string>()

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('roles', STEPS)
  }

  arnOf(name: string, path = '/'): string {
    return `arn:aws:iam::${this.#context.account.id}:role${path}${name}`
  }

  find(name: string): Role | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM roles WHERE name = ?`, name)
    return row && this.#roleOf(row)
  }

  /** Whether a role has the name, which is one also where it is written in another case. */
  isTaken(name: string): boolean {
    return this.#context.database.get('SELECT 1 FROM roles WHERE name = ? COLLATE NOCASE', name) !== undefined
  }

  /** Makes or replaces a role; its id stays. */
  put(role: RoleInput): Role {
    const existing = this.find(role.name)
    this.#context.database.run(
      `INSERT INTO roles (name, id, trust_document, policies, max_session_seconds, created_at_ms, description, tags, path,
        attached_policies)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
        trust_document = excluded.trust_document, policies = excluded.policies, description = excluded.description,
        max_session_seconds = excluded.max_session_seconds, tags = excluded.tags,
        attached_policies = excluded.attached_policies`,
      role.name,
      `AROA${randomBase32(17)}`,
      role.trustDocument,
      JSON.stringify(role.policies),
      role.maxSessionSeconds ?? existing?.maxSessionSeconds ?? MAX_SESSION_SECONDS,
      this.#context.clock(),
      role.description ?? existing?.description ?? '',
      JSON.stringify(role.tags ?? existing?.tags ?? {}),
      existing?.path ?? role.path ?? '/',
      JSON.stringify(role.attachedPolicies ?? existing?.attachedPolicies ?? []),
    )
    const stored = this.find(role.name)
    if (!stored) throw new Error(`role ${role.name} is gone right after it was written`)
    this.changes.tell(role.name)
    return stored
  }

  list(): Role[] {
    return this.#context.database.all<Row>(`SELECT ${COLUMNS} FROM roles ORDER BY name`).map((row) => this.#roleOf(row))
  }

  delete(name: string): boolean {
    const { database } = this.#context
    const deleted = database.transaction(() => {
      const { changes } = database.run('DELETE FROM roles WHERE name = ?', name)
      if (changes > 0) database.run('INSERT INTO former_roles VALUES (?) ON CONFLICT DO NOTHING', name)
      return changes > 0
    })
    if (deleted) this.changes.tell(name)
    return deleted
  }

  /**
   * Whether nobody has ever defined a role of that name here. Deleting a role does not make it so: sessions of it that
   * are still out must not gain anything by that.
   */
  isUndefined(name: string): boolean {
    const sql = 'SELECT 1 FROM roles WHERE name = ? UNION ALL SELECT 1 FROM former_roles WHERE name = ?'
    return this.#context.database.get(sql, name, name) === undefined
  }

  #roleOf(row: Row): Role {
    return {
      ...row,
      arn: this.arnOf(row.name, row.path),
      policies: JSON.parse(row.policies),
      attachedPolicies: JSON.parse(row.attachedPolicies),
      tags: JSON.parse(row.tags),
    }
  }
}
