import type { Database } from '../../foundation/database.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'

/** A topic rule as it was given, with what the account knows of it. */
export interface Rule {
  readonly seq: number
  readonly name: string
  readonly payload: RulePayload
  readonly createdAtMs: number
}

/** What `CreateTopicRule` takes, as it is kept: its members are what JSON has. */
export type RulePayload = IotInput<'CreateTopicRule'>['topicRulePayload']

interface Row {
  readonly seq: number
  readonly name: string
  readonly payload: string
  readonly createdAtMs: number
}

const COLUMNS = 'seq, name, payload, created_at_ms AS createdAtMs'

const STEPS = [
  `CREATE TABLE topic_rules (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    payload TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT`,
]

/** The account's topic rules. */
export class RuleTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('topic-rules', STEPS)
  }

  find(name: string): Rule | undefined {
    const row = this.#database.get<Row>(`SELECT ${COLUMNS} FROM topic_rules WHERE name = ?`, name)
    return row && ruleOf(row)
  }

  get count(): number {
    return this.#database.get<{ count: number }>('SELECT count(*) AS count FROM topic_rules')?.count ?? 0
  }

  all(): Rule[] {
    return this.#database.all<Row>(`SELECT ${COLUMNS} FROM topic_rules ORDER BY seq`).map(ruleOf)
  }

  insert(name: string, payload: RulePayload, createdAtMs: number): void {
    this.#database.run(
      'INSERT INTO topic_rules (name, payload, created_at_ms) VALUES (?, ?, ?)',
      name,
      JSON.stringify(payload),
      createdAtMs,
    )
  }

  replace(name: string, payload: RulePayload): void {
    this.#database.run('UPDATE topic_rules SET payload = ? WHERE name = ?', JSON.stringify(payload), name)
  }

  delete(name: string): void {
    this.#database.run('DELETE FROM topic_rules WHERE name = ?', name)
  }
}

const ruleOf = ({ payload, ...row }: Row): Rule => ({
  ...row,
  payload: JSON.parse(payload) as RulePayload, // what `insert` or `replace` wrote
})

type RuleAction = RulePayload['actions'][number]

/** Which action it is: the one member of an `Action`. */
export type ActionName = keyof RuleAction

export const ACTION_NAMES = [
  'cloudwatchAlarm',
  'cloudwatchLogs',
  'cloudwatchMetric',
  'dynamoDB',
  'dynamoDBv2',
  'elasticsearch',
  'firehose',
  'http',
  'influxDB',
  'iotAnalytics',
  'iotEvents',
  'iotSiteWise',
  'kafka',
  'kinesis',
  'lambda',
  'location',
  'openSearch',
  'republish',
  's3',
  'salesforce',
  'sns',
  'sqs',
  'stepFunctions',
  'timestream',
] as const satisfies readonly ActionName[]

/** What an action is told. */
export type ActionSettings<Name extends ActionName> = NonNullable<RuleAction[Name]>

/** All texts of an action, however deep, by the name of their member. */
export function* textsOf(settings: object): Generator<readonly [member: string, text: string]> {
  for (const [member, value] of Object.entries(settings)) {
    if (typeof value === 'string') yield [member, value]
    else if (typeof value === 'object' && value !== null) yield* textsOf(value)
  }
}
