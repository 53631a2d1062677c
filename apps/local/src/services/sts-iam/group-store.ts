import { Changes } from '../../foundation/changes.ts'
import type { LocalContext } from '../../foundation/context.ts'
import { randomBase32 } from './random-base32.ts'

/** An IAM group: policies that its users have besides their own. */
export interface Group {
  /** `AGPA…`; stays when the group is renamed. */
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly path: string
  /** Inline policies by name, as they were given. */
  readonly policies: Readonly<Record<string, string>>
  /** ARNs of the managed policies that are attached. */
  readonly attachedPolicies: readonly string[]
  readonly createdAtMs: number
}

interface Row extends Omit<Group, 'arn' | 'policies' | 'attachedPolicies'> {
  readonly policies: string
  readonly attachedPolicies: string
}

const COLUMNS = 'id, name, path, policies, attached_policies AS attachedPolicies, created_at_ms AS createdAtMs'

const STEPS = [
  `CREATE TABLE iam_groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    path TEXT NOT NULL,
    policies TEXT NOT NULL,
    attached_policies TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE iam_group_members (
    group_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (group_id, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX iam_group_members_by_user ON iam_group_members (user_id)`,
]

/** The account's IAM groups and who is in them. */
export class GroupStore {
  readonly #context: LocalContext
  /** Ids of users whose groups, or whose groups' policies, changed. */
  readonly changes = new Changes<string>()

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('iam-groups', STEPS)
  }

  arnOf({ path, name }: Pick<Group, 'path' | 'name'>): string {
    return `arn:aws:iam::${this.#context.account.id}:group${path}${name}`
  }

  create(group: Pick<Group, 'name' | 'path'>): Group {
    const made = {
      ...group,
      id: `AGPA${randomBase32(17)}`,
      arn: this.arnOf(group),
      policies: {},
      attachedPolicies: [],
      createdAtMs: this.#context.clock(),
    }
    this.put(made)
    return made
  }

  /** Keeps a group as it is now. */
  put(group: Group): void {
    this.#context.database.run(
      `INSERT INTO iam_groups VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name,
        path = excluded.path, policies = excluded.policies, attached_policies = excluded.attached_policies`,
      group.id,
      group.name,
      group.path,
      JSON.stringify(group.policies),
      JSON.stringify(group.attachedPolicies),
      group.createdAtMs,
    )
    for (const userId of this.membersOf(group)) this.changes.tell(userId)
  }

  find(name: string): Group | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM iam_groups WHERE name = ?`, name)
    return row && this.#groupOf(row)
  }

  list(): Group[] {
    return this.#context.database.all<Row>(`SELECT ${COLUMNS} FROM iam_groups`).map((row) => this.#groupOf(row))
  }

  delete({ id }: Group): void {
    this.#context.database.run('DELETE FROM iam_groups WHERE id = ?', id)
  }

  /** Ids of the users in it. */
  membersOf({ id }: Pick<Group, 'id'>): string[] {
    const sql = 'SELECT user_id AS userId FROM iam_group_members WHERE group_id = ?'
    return this.#context.database.all<{ userId: string }>(sql, id).map(({ userId }) => userId)
  }

  /** The groups that a user is in. */
  groupsOf(userId: string): Group[] {
    const sql = `SELECT ${COLUMNS} FROM iam_groups WHERE id IN (SELECT group_id FROM iam_group_members WHERE user_id = ?)`
    return this.#context.database.all<Row>(sql, userId).map((row) => this.#groupOf(row))
  }

  /** Puts a user into a group; nothing where it is in there. */
  add({ id }: Group, userId: string): void {
    this.#context.database.run('INSERT INTO iam_group_members VALUES (?, ?) ON CONFLICT DO NOTHING', id, userId)
    this.changes.tell(userId)
  }

  remove({ id }: Group, userId: string): void {
    this.#context.database.run('DELETE FROM iam_group_members WHERE group_id = ? AND user_id = ?', id, userId)
    this.changes.tell(userId)
  }

  #groupOf(row: Row): Group {
    return {
      ...row,
      arn: this.arnOf(row),
      policies: JSON.parse(row.policies),
      attachedPolicies: JSON.parse(row.attachedPolicies),
    }
  }
}
