import { randomUUID } from 'node:crypto'
import { AwsError } from '@thingdeck/aws-api'
import type { LocalContext } from '../../foundation/context.ts'
import type { IdentityPool } from './identity-pool.ts'

interface Row {
  readonly settings: string
}

const STEPS = [
  `CREATE TABLE cognito_pools (
    id TEXT PRIMARY KEY,
    settings TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

/** The account's identity pools. */
export class PoolStore {
  readonly #context: LocalContext

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('cognito-pools', STEPS)
  }

  newId(): string {
    return `${this.#context.account.region}:${randomUUID()}`
  }

  arnOf(id: string): string {
    const { region, id: account } = this.#context.account
    return `arn:aws:cognito-identity:${region}:${account}:identitypool/${id}`
  }

  /** Makes or replaces a pool. */
  put(pool: IdentityPool): void {
    this.#context.database.run('INSERT OR REPLACE INTO cognito_pools VALUES (?, ?)', pool.id, JSON.stringify(pool))
  }

  find(id: string): IdentityPool | undefined {
    const row = this.#context.database.get<Row>('SELECT settings FROM cognito_pools WHERE id = ?', id)
    return row && JSON.parse(row.settings)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  mustFind(id: string | undefined): IdentityPool {
    const pool = id === undefined ? undefined : this.find(id)
    if (pool) return pool
    throw new AwsError('ResourceNotFoundException', `IdentityPool '${id}' not found.`)
  }

  /** In the order of their ids. */
  list(after: string, count: number): IdentityPool[] {
    return this.#context.database
      .all<Row>('SELECT settings FROM cognito_pools WHERE id > ? ORDER BY id LIMIT ?', after, count)
      .map(({ settings }) => JSON.parse(settings))
  }

  /** @param withIt what goes with the pool, or stays with it */
  delete(id: string, withIt: () => void): void {
    const { database } = this.#context
    database.transaction(() => {
      withIt()
      database.run('DELETE FROM cognito_pools WHERE id = ?', id)
    })
  }
}
