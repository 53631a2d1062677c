import type { ApplicationProtocol, AuthenticationType, DomainConfigurationStatus } from '@aws-sdk/client-iot'
import { type Account, arnOf } from '../../foundation/account.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { SecurityPolicyName } from '../../foundation/security-policy-name.ts'

/** What of a configuration can be changed. */
export interface DomainSettings {
  readonly status: DomainConfigurationStatus
  readonly authenticationType: AuthenticationType
  readonly applicationProtocol: ApplicationProtocol
  readonly authorizerConfig:
    | { readonly defaultAuthorizerName?: string | undefined; readonly allowAuthorizerOverride: boolean }
    | undefined
  readonly securityPolicy: SecurityPolicyName | undefined
  readonly clientCertificateCallbackArn: string | undefined
}

/** Times are epoch milliseconds. */
export interface DomainConfiguration extends DomainSettings {
  readonly name: string
  readonly arn: string
  /** Lower case. */
  readonly domainName: string
  readonly domainType: 'AWS_MANAGED' | 'CUSTOMER_MANAGED'
  /** Of one in ACM, for domains that are the customer's. */
  readonly serverCertificateArn: string | undefined
  readonly validationCertificateArn: string | undefined
  readonly statusChangedAtMs: number
}

interface Row {
  readonly name: string
  readonly arn_suffix: string
  readonly domain_name: string
  readonly certificate_arn: string | null
  readonly validation_certificate_arn: string | null
  readonly settings: string
  readonly status_changed_at_ms: number
}

const STEPS = [
  `CREATE TABLE domain_configurations (
    name TEXT PRIMARY KEY,
    arn_suffix TEXT NOT NULL,
    domain_name TEXT NOT NULL UNIQUE,
    certificate_arn TEXT,
    validation_certificate_arn TEXT,
    settings TEXT NOT NULL,
    status_changed_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`,
]

/** The domain configurations that somebody made, as they are kept; AWS allows ten, so that they are read at once. */
export class DomainConfigurationTable {
  readonly #context: Pick<LocalContext, 'account' | 'database'>
  /** Every handshake asks, so that they are kept as they are until one changes. */
  #all: readonly DomainConfiguration[] | undefined

  constructor(context: Pick<LocalContext, 'account' | 'database'>) {
    this.#context = context
    context.database.migrate('domain-configurations', STEPS)
  }

  /** In the order of their names. */
  get all(): readonly DomainConfiguration[] {
    this.#all ??= this.#context.database
      .all<Row>('SELECT * FROM domain_configurations ORDER BY name')
      .map((row) => fromRow(this.#context.account, row))
    return this.#all
  }

  /** @param arnSuffix by which AWS tells configurations of one name apart that were there one after the other */
  insert(configuration: Omit<DomainConfiguration, 'arn' | 'domainType'>, arnSuffix: string): void {
    const { name, domainName, serverCertificateArn, validationCertificateArn, statusChangedAtMs } = configuration
    this.#context.database.run(
      'INSERT INTO domain_configurations VALUES (?, ?, ?, ?, ?, ?, ?)',
      name,
      arnSuffix,
      domainName,
      serverCertificateArn ?? null,
      validationCertificateArn ?? null,
      JSON.stringify(settingsOf(configuration)),
      statusChangedAtMs,
    )
    this.forget()
  }

  update(name: string, settings: DomainSettings, statusChangedAtMs: number): void {
    this.#context.database.run(
      'UPDATE domain_configurations SET settings = ?, status_changed_at_ms = ? WHERE name = ?',
      JSON.stringify(settingsOf(settings)),
      statusChangedAtMs,
      name,
    )
    this.forget()
  }

  delete(name: string): void {
    this.#context.database.run('DELETE FROM domain_configurations WHERE name = ?', name)
    this.forget()
  }

  /** What was read is read again. */
  forget(): void {
    this.#all = undefined
  }
}

const settingsOf = (settings: DomainSettings): DomainSettings => ({
  status: settings.status,
  authenticationType: settings.authenticationType,
  applicationProtocol: settings.applicationProtocol,
  authorizerConfig: settings.authorizerConfig,
  securityPolicy: settings.securityPolicy,
  clientCertificateCallbackArn: settings.clientCertificateCallbackArn,
})

function fromRow(account: Account, row: Row): DomainConfiguration {
  const settings = JSON.parse(row.settings) as DomainSettings // written here
  return {
    ...settings,
    name: row.name,
    arn: arnOf(account, 'iot', `domainconfiguration/${row.name}/${row.arn_suffix}`),
    domainName: row.domain_name,
    domainType: row.certificate_arn === null ? 'AWS_MANAGED' : 'CUSTOMER_MANAGED',
    serverCertificateArn: row.certificate_arn ?? undefined,
    validationCertificateArn: row.validation_certificate_arn ?? undefined,
    statusChangedAtMs: row.status_changed_at_ms,
  }
}
