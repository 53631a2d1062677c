import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { randomBase32 } from './random-base32.ts'

/** An IAM user. */
export interface User {
  /** `AIDA…`; stays when the user is renamed. */
  readonly id: string
  readonly name: string
  readonly arn: string
  /** `/`, or a folder of users such as `/plant/`. */
  readonly path: string
  /** Inline policies by name, as they were given. */
  readonly policies: Readonly<Record<string, string>>
  /** ARNs of the managed policies that are attached. */
  readonly attachedPolicies: readonly string[]
  /** ARN of the managed policy that bounds what all of these can allow; null for none. */
  readonly boundary: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly createdAtMs: number
}

interface Row extends Omit<User, 'arn' | 'policies' | 'attachedPolicies' | 'tags'> {
  readonly policies: string
  readonly attachedPolicies: string
  readonly tags: string
}

const COLUMNS = `id, name, path, policies, attached_policies AS attachedPolicies, boundary, tags,
  created_at_ms AS createdAtMs`

const STEPS = [
  `CREATE TABLE iam_users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    path TEXT NOT NULL,
    policies TEXT NOT NULL,
    attached_policies TEXT NOT NULL,
    boundary TEXT,
    tags TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

/** The account's IAM users. Names are told apart without regard to case, as in IAM. */
export class UserStore {
  readonly #context: LocalContext
  /** Ids, after each change of what a user may do, and after its deletion. */
  readonly changes = new Changes<string>()

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('iam-users', STEPS)
  }

  arnOf({ path, name }: Pick<User, 'path' | 'name'>): string {
    return `arn:aws:iam::${this.#context.account.id}:user${path}${name}`
  }

  create(user: Pick<User, 'name' | 'path' | 'tags' | 'boundary'>): User {
    const made = {
      ...user,
      id: `AIDA${randomBase32(17)}`,
      arn: this.arnOf(user),
      policies: {},
      attachedPolicies: [],
      createdAtMs: this.#context.clock(),
    }
    this.put(made)
    return made
  }

  /** Keeps a user as it is now. */
  put(user: User): void {
    this.#context.database.run(
      `INSERT INTO iam_users VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,
        path = excluded.path, policies = excluded.policies, attached_policies = excluded.attached_policies,
        boundary = excluded.boundary, tags = excluded.tags`,
      user.id,
      user.name,
      user.path,
      JSON.stringify(user.policies),
      JSON.stringify(user.attachedPolicies),
      user.boundary,
      JSON.stringify(user.tags),
      user.createdAtMs,
    )
    this.changes.tell(user.id)
  }

  find(name: string): User | undefined {
    return this.#one('name = ?', name)
  }

  byId(id: string): User | undefined {
    return this.#one('id = ?', id)
  }

  list(): User[] {
    return this.#context.database.all<Row>(`SELECT ${COLUMNS} FROM iam_users`).map((row) => this.#userOf(row))
  }

  delete({ id }: User): void {
    this.#context.database.run('DELETE FROM iam_users WHERE id = ?', id)
    this.changes.tell(id)
  }

  #one(where: string, value: string): User | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM iam_users WHERE ${where}`, value)
    return row && this.#userOf(row)
  }

  #userOf(row: Row): User {
    return {
      ...row,
      arn: this.arnOf(row),
      policies: JSON.parse(row.policies),
      attachedPolicies: JSON.parse(row.attachedPolicies),
      tags: JSON.parse(row.tags),
    }
  }
}
