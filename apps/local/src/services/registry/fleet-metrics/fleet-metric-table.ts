import type { AggregationType, FleetMetricUnit } from '@aws-sdk/client-iot'
import type { Database } from '../../../foundation/database.ts'

/** What somebody wants to be emitted. */
export interface FleetMetricSettings {
  readonly queryString: string
  readonly queryVersion: string
  readonly indexName: string
  readonly aggregationField: string
  readonly aggregationType: { readonly name: AggregationType['name']; readonly values: readonly string[] }
  /** Seconds: a multiple of 60. */
  readonly period: number
  readonly description?: string | undefined
  readonly unit?: FleetMetricUnit | undefined
}

export interface FleetMetric extends FleetMetricSettings {
  readonly metricName: string
  readonly creationDate: Date
  readonly lastModifiedDate: Date
  /** 1, and one more with each update. */
  readonly version: number
}

interface Row {
  readonly name: string
  readonly settings: string
  readonly created_ms: number
  readonly modified_ms: number
  readonly version: number
}

/** The table of fleet metrics. Every rule is someone else's. */
export class FleetMetricTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('fleet-metrics', [
      `CREATE TABLE fleet_metrics (
         name TEXT PRIMARY KEY,
         settings TEXT NOT NULL,
         created_ms INTEGER NOT NULL,
         modified_ms INTEGER NOT NULL,
         version INTEGER NOT NULL
       ) STRICT, WITHOUT ROWID;`,
    ])
  }

  get(name: string): FleetMetric | undefined {
    const row = this.#database.get<Row>('SELECT * FROM fleet_metrics WHERE name = ?', name)
    return row && fromRow(row)
  }

  /** In the order of their names, behind one. */
  read(after: string, count: number): FleetMetric[] {
    const sql = 'SELECT * FROM fleet_metrics WHERE name > ? ORDER BY name LIMIT ?'
    return this.#database.all<Row>(sql, after, count).map(fromRow)
  }

  count(): number {
    return this.#database.get<{ n: number }>('SELECT count(*) AS n FROM fleet_metrics')?.n ?? 0
  }

  insert(name: string, settings: FleetMetricSettings, nowMs: number): void {
    this.#database.run('INSERT INTO fleet_metrics VALUES (?, ?, ?, ?, 1)', name, JSON.stringify(settings), nowMs, nowMs)
  }

  update(name: string, settings: FleetMetricSettings, nowMs: number): void {
    this.#database.run(
      'UPDATE fleet_metrics SET settings = ?, modified_ms = ?, version = version + 1 WHERE name = ?',
      JSON.stringify(settings),
      nowMs,
      name,
    )
  }

  delete(name: string): void {
    this.#database.run('DELETE FROM fleet_metrics WHERE name = ?', name)
  }
}

function fromRow({ name, settings, created_ms, modified_ms, version }: Row): FleetMetric {
  const stored: FleetMetricSettings = JSON.parse(settings) // as it was inserted
  return {
    ...stored,
    metricName: name,
    creationDate: new Date(created_ms),
    lastModifiedDate: new Date(modified_ms),
    version,
  }
}
