import type { LocalContext } from '../../foundation/context.ts'
import { AWS_MANAGED_POLICIES } from './aws-managed-policies.ts'
import type { ManagedPolicy, ManagedPolicyVersion } from './managed-policy.ts'
import { randomBase32 } from './random-base32.ts'

interface Row extends Omit<ManagedPolicy, 'tags' | 'isOfAws'> {
  readonly tags: string
}

const COLUMNS = `arn, id, name, path, description, tags, default_version_id AS defaultVersionId,
  created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs`

const STEPS = [
  `CREATE TABLE iam_policies (
    arn TEXT PRIMARY KEY,
    id TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    path TEXT NOT NULL,
    description TEXT NOT NULL,
    tags TEXT NOT NULL,
    default_version_id TEXT NOT NULL,
    last_version INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE iam_policy_versions (
    arn TEXT NOT NULL REFERENCES iam_policies (arn) ON DELETE CASCADE,
    version_id TEXT NOT NULL,
    document TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    PRIMARY KEY (arn, version_id)
  ) STRICT, WITHOUT ROWID`,
]

/** The managed policies that can be attached. */
export class ManagedPolicyStore {
  readonly #context: LocalContext

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('iam-policies', STEPS)
  }

  create(policy: Pick<ManagedPolicy, 'name' | 'path' | 'description' | 'tags'>, document: string): ManagedPolicy {
    const { name, path } = policy
    const arn = `arn:aws:iam::${this.#context.account.id}:policy${path}${name}`
    const now = this.#context.clock()
    const { database } = this.#context
    database.transaction(() => {
      database.run(
        "INSERT INTO iam_policies VALUES (?, ?, ?, ?, ?, ?, 'v1', 1, ?, ?)",
        arn,
        `ANPA${randomBase32(17)}`,
        name,
        path,
        policy.description,
        JSON.stringify(policy.tags),
        now,
        now,
      )
      database.run("INSERT INTO iam_policy_versions VALUES (?, 'v1', ?, ?)", arn, document, now)
    })
    const made = this.find(arn)
    if (!made) throw new Error(`policy ${arn} is gone right after it was written`)
    return made
  }

  find(arn: string): ManagedPolicy | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM iam_policies WHERE arn = ?`, arn)
    return row ? policyOf(row) : AWS_MANAGED_POLICIES.get(arn)?.policy
  }

  /** Whether a policy of the account has that name, in whatever folder. */
  hasName(name: string): boolean {
    return this.#context.database.get('SELECT 1 FROM iam_policies WHERE name = ?', name) !== undefined
  }

  /** The account's and AWS's. */
  list(): ManagedPolicy[] {
    const own = this.#context.database.all<Row>(`SELECT ${COLUMNS} FROM iam_policies`).map(policyOf)
    return [...own, ...[...AWS_MANAGED_POLICIES.values()].map(({ policy }) => policy)]
  }

  /** The newest first. */
  versionsOf({ arn }: ManagedPolicy): ManagedPolicyVersion[] {
    const ofAws = AWS_MANAGED_POLICIES.get(arn)
    if (ofAws) return [ofAws.version]
    return this.#context.database.all<ManagedPolicyVersion>(
      `SELECT version_id AS versionId, document, created_at_ms AS createdAtMs FROM iam_policy_versions
        WHERE arn = ? ORDER BY CAST(substr(version_id, 2) AS INTEGER) DESC`,
      arn,
    )
  }

  /** The document that counts; undefined where there is no such policy. */
  documentOf(arn: string): string | undefined {
    const policy = this.find(arn)
    return policy && this.versionsOf(policy).find(({ versionId }) => versionId === policy.defaultVersionId)?.document
  }

  addVersion({ arn }: ManagedPolicy, document: string, asDefault: boolean): ManagedPolicyVersion {
    const { database } = this.#context
    const createdAtMs = this.#context.clock()
    return database.transaction(() => {
      database.run(
        'UPDATE iam_policies SET last_version = last_version + 1, updated_at_ms = ? WHERE arn = ?',
        createdAtMs,
        arn,
      )
      const row = database.get<{ last: number }>('SELECT last_version AS last FROM iam_policies WHERE arn = ?', arn)
      const versionId = `v${row?.last ?? 1}`
      database.run('INSERT INTO iam_policy_versions VALUES (?, ?, ?, ?)', arn, versionId, document, createdAtMs)
      if (asDefault) this.setDefault(arn, versionId)
      return { versionId, document, createdAtMs }
    })
  }

  setDefault(arn: string, versionId: string): void {
    this.#context.database.run('UPDATE iam_policies SET default_version_id = ? WHERE arn = ?', versionId, arn)
  }

  setTags(arn: string, tags: Readonly<Record<string, string>>): void {
    this.#context.database.run('UPDATE iam_policies SET tags = ? WHERE arn = ?', JSON.stringify(tags), arn)
  }

  deleteVersion(arn: string, versionId: string): void {
    this.#context.database.run('DELETE FROM iam_policy_versions WHERE arn = ? AND version_id = ?', arn, versionId)
  }

  delete(arn: string): void {
    this.#context.database.run('DELETE FROM iam_policies WHERE arn = ?', arn)
  }
}

const policyOf = (row: Row): ManagedPolicy => ({ ...row, tags: JSON.parse(row.tags), isOfAws: false })
