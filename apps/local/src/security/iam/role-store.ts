import type { LocalContext } from '../../context.ts'
import { randomBase32 } from './credential-store.ts'

/** An IAM role with its inline policies. */
export interface Role {
  readonly name: string
  /** `AROA…`: the first part of the principal id of its sessions. */
  readonly id: string
  readonly arn: string
  /** The trust policy, as it was given. */
  readonly trustDocument: string
  /** Inline policies by name, as they were given. */
  readonly policies: Readonly<Record<string, string>>
  readonly maxSessionSeconds: number
  readonly createdAtMs: number
}

interface Row extends Omit<Role, 'arn' | 'policies'> {
  readonly policies: string
}

const COLUMNS = `name, id, trust_document AS trustDocument, policies, max_session_seconds AS maxSessionSeconds,
  created_at_ms AS createdAtMs`

const STEPS = [
  `CREATE TABLE roles (
    name TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    trust_document TEXT NOT NULL,
    policies TEXT NOT NULL,
    max_session_seconds INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

/** IAM's default for `MaxSessionDuration`. */
const MAX_SESSION_SECONDS = 3600

/** The account's IAM roles. */
export class RoleStore {
  readonly #context: LocalContext
  readonly #listeners = new Set<(name: string) => void>()

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('roles', STEPS)
  }

  /** Calls back after each change of a role's policies and after its deletion. */
  onChanged(listener: (name: string) => void): void {
    this.#listeners.add(listener)
  }

  arnOf(name: string): string {
    return `arn:aws:iam::${this.#context.account.id}:role/${name}`
  }

  find(name: string): Role | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM roles WHERE name = ?`, name)
    return row && { ...row, arn: this.arnOf(row.name), policies: JSON.parse(row.policies) }
  }

  /** Makes or replaces a role; its id stays. */
  put(role: {
    name: string
    trustDocument: string
    policies: Record<string, string>
    maxSessionSeconds?: number
  }): Role {
    this.#context.database.run(
      `INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
        trust_document = excluded.trust_document, policies = excluded.policies,
        max_session_seconds = excluded.max_session_seconds`,
      role.name,
      `AROA${randomBase32(17)}`,
      role.trustDocument,
      JSON.stringify(role.policies),
      role.maxSessionSeconds ?? MAX_SESSION_SECONDS,
      this.#context.clock(),
    )
    const stored = this.find(role.name)
    if (!stored) throw new Error(`role ${role.name} is gone right after it was written`)
    this.#tell(role.name)
    return stored
  }

  list(): Role[] {
    return this.#context.database
      .all<Row>(`SELECT ${COLUMNS} FROM roles ORDER BY name`)
      .map((row) => ({ ...row, arn: this.arnOf(row.name), policies: JSON.parse(row.policies) }))
  }

  delete(name: string): boolean {
    const { changes } = this.#context.database.run('DELETE FROM roles WHERE name = ?', name)
    if (changes > 0) this.#tell(name)
    return changes > 0
  }

  #tell(name: string): void {
    for (const listener of this.#listeners) listener(name)
  }
}

/** Account and name of a role: `arn:aws:iam::123456789012:role/path/name`; undefined for anything else. */
export function parseRoleArn(arn: string): { account: string; name: string } | undefined {
  const match = /^arn:aws[a-z-]*:iam::(\d{12}):role\/(?:[\x21-\x7e]*\/)?([\w+=,.@-]{1,64})$/.exec(arn)
  return match?.[1] && match[2] ? { account: match[1], name: match[2] } : undefined
}
