import type { LocalContext } from '../../foundation/context.ts'
import { providerName } from '../../foundation/id-tokens.ts'

/** An OpenID Connect issuer that roles can trust. */
export interface OpenIdProvider {
  /** `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH` */
  readonly arn: string
  /** The issuer's address. */
  readonly url: string
  readonly clientIds: readonly string[]
  readonly thumbprints: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  readonly createdAtMs: number
}

interface Row {
  readonly arn: string
  readonly url: string
  readonly clientIds: string
  readonly thumbprints: string
  readonly tags: string
  readonly createdAtMs: number
}

const COLUMNS = 'arn, url, client_ids AS clientIds, thumbprints, tags, created_at_ms AS createdAtMs'

const STEPS = [
  `CREATE TABLE iam_open_id_providers (
    arn TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    client_ids TEXT NOT NULL,
    thumbprints TEXT NOT NULL,
    tags TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

/** The account's OpenID Connect providers. */
export class OpenIdProviderStore {
  readonly #context: LocalContext

  constructor(context: LocalContext) {
    this.#context = context
    context.database.migrate('iam-open-id-providers', STEPS)
  }

  /** The ARN of an issuer, by its address. */
  arnOf(url: string): string {
    return `arn:aws:iam::${this.#context.account.id}:oidc-provider/${providerName(url)}`
  }

  find(arn: string): OpenIdProvider | undefined {
    const row = this.#context.database.get<Row>(`SELECT ${COLUMNS} FROM iam_open_id_providers WHERE arn = ?`, arn)
    return row && providerOf(row)
  }

  list(): OpenIdProvider[] {
    return this.#context.database.all<Row>(`SELECT ${COLUMNS} FROM iam_open_id_providers ORDER BY arn`).map(providerOf)
  }

  /** Makes or replaces a provider. */
  put(provider: OpenIdProvider): void {
    this.#context.database.run(
      'INSERT OR REPLACE INTO iam_open_id_providers VALUES (?, ?, ?, ?, ?, ?)',
      provider.arn,
      provider.url,
      JSON.stringify(provider.clientIds),
      JSON.stringify(provider.thumbprints),
      JSON.stringify(provider.tags),
      provider.createdAtMs,
    )
  }

  delete(arn: string): void {
    this.#context.database.run('DELETE FROM iam_open_id_providers WHERE arn = ?', arn)
  }
}

const providerOf = (row: Row): OpenIdProvider => ({
  ...row,
  clientIds: JSON.parse(row.clientIds),
  thumbprints: JSON.parse(row.thumbprints),
  tags: JSON.parse(row.tags),
})
