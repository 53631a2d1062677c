import type { Database } from '../../foundation/database.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'

/** What `CreateTopicRuleDestination` takes, as it is kept. */
export type DestinationConfiguration = IotInput<'CreateTopicRuleDestination'>['destinationConfiguration']

export type DestinationKind = 'http' | 'vpc' | 'influxdb'

/** `ERROR` is also what a confirmation becomes that never came. */
export type KeptStatus = 'ENABLED' | 'DISABLED' | 'IN_PROGRESS' | 'ERROR'

/** A destination of rules. Times are epoch milliseconds. */
export interface Destination {
  readonly seq: number
  readonly arn: string
  readonly kind: DestinationKind
  readonly configuration: DestinationConfiguration
  /** Of HTTP alone. */
  readonly confirmationUrl: string | null
  readonly status: KeptStatus
  readonly statusReason: string
  /** Of the challenge that was sent last; null where there is none. */
  readonly token: string | null
  readonly challengedAtMs: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

type Row = Omit<Destination, 'configuration'> & { readonly configuration: string }

const COLUMNS = `seq, arn, kind, configuration, confirmation_url AS confirmationUrl, status, status_reason AS statusReason,
  token, challenged_at_ms AS challengedAtMs, created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs`

const STEPS = [
  `CREATE TABLE rule_destinations (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    arn TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    configuration TEXT NOT NULL,
    confirmation_url TEXT UNIQUE,
    status TEXT NOT NULL,
    status_reason TEXT NOT NULL,
    token TEXT UNIQUE,
    challenged_at_ms INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
  ) STRICT`,
]

/** The account's destinations of rules. */
export class DestinationTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('rule-destinations', STEPS)
  }

  find(arn: string): Destination | undefined {
    return this.#one('arn = ?', arn)
  }

  findByUrl(confirmationUrl: string): Destination | undefined {
    return this.#one('confirmation_url = ?', confirmationUrl)
  }

  findByToken(token: string): Destination | undefined {
    return this.#one('token = ?', token)
  }

  /** In the order in which they were made, those after `seq`. */
  after(seq: number, count: number): Destination[] {
    const sql = `SELECT ${COLUMNS} FROM rule_destinations WHERE seq > ? ORDER BY seq LIMIT ?`
    return this.#database.all<Row>(sql, seq, count).map(destinationOf)
  }

  count(kind: DestinationKind): number {
    const sql = 'SELECT count(*) AS count FROM rule_destinations WHERE kind = ?'
    return this.#database.get<{ count: number }>(sql, kind)?.count ?? 0
  }

  insert(destination: Omit<Destination, 'seq'>): void {
    const { arn, kind, configuration, confirmationUrl, status, statusReason, token } = destination
    this.#database.run(
      `INSERT INTO rule_destinations (arn, kind, configuration, confirmation_url, status, status_reason, token,
        challenged_at_ms, created_at_ms, updated_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      arn,
      kind,
      JSON.stringify(configuration),
      confirmationUrl,
      status,
      statusReason,
      token,
      destination.challengedAtMs,
      destination.createdAtMs,
      destination.updatedAtMs,
    )
  }

  update({ arn, status, statusReason, token, challengedAtMs, updatedAtMs }: Destination): void {
    this.#database.run(
      `UPDATE rule_destinations SET status = ?, status_reason = ?, token = ?, challenged_at_ms = ?, updated_at_ms = ?
        WHERE arn = ?`,
      status,
      statusReason,
      token,
      challengedAtMs,
      updatedAtMs,
      arn,
    )
  }

  delete(arn: string): void {
    this.#database.run('DELETE FROM rule_destinations WHERE arn = ?', arn)
  }

  #one(where: string, value: string): Destination | undefined {
    const row = this.#database.get<Row>(`SELECT ${COLUMNS} FROM rule_destinations WHERE ${where}`, value)
    return row && destinationOf(row)
  }
}

const destinationOf = ({ configuration, ...row }: Row): Destination => ({
  ...row,
  configuration: JSON.parse(configuration) as DestinationConfiguration, // what `insert` wrote
})
