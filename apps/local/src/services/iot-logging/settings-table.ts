import type { LogLevel } from '@aws-sdk/client-iot'
import type { Database } from '../../foundation/database.ts'
import type { LoggingOptions, TargetLevel, TargetType } from './settings.ts'

interface LevelRow {
  target_type: TargetType
  target_name: string
  level: LogLevel
}

/** The tables of what was set for logging. */
export class SettingsTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('iot-logging', [
      `CREATE TABLE iot_logging_options (id INTEGER PRIMARY KEY CHECK (id = 1), options TEXT NOT NULL) STRICT;
       CREATE TABLE iot_logging_levels (
         target_type TEXT NOT NULL,
         target_name TEXT NOT NULL,
         level TEXT NOT NULL,
         PRIMARY KEY (target_type, target_name)
       ) STRICT, WITHOUT ROWID;`,
    ])
  }

  /** Undefined until they are set first. */
  options(): LoggingOptions | undefined {
    const row = this.#database.get<{ options: string }>('SELECT options FROM iot_logging_options')
    return row && (JSON.parse(row.options) as LoggingOptions) // what putOptions wrote
  }

  putOptions(options: LoggingOptions): void {
    this.#database.run('INSERT OR REPLACE INTO iot_logging_options VALUES (1, ?)', JSON.stringify(options))
  }

  /** In the order of types and names, from behind one; of one type where that is given. */
  levels(after: readonly [string, string], limit: number, targetType?: TargetType): TargetLevel[] {
    const rows = this.#database.all<LevelRow>(
      `SELECT * FROM iot_logging_levels WHERE (target_type, target_name) > (?1, ?2) AND (?3 IS NULL OR target_type = ?3)
       ORDER BY target_type, target_name LIMIT ?4`,
      after[0],
      after[1],
      targetType ?? null,
      limit,
    )
    return rows.map(({ target_type, target_name, level }) => ({
      targetType: target_type,
      targetName: target_name,
      logLevel: level,
    }))
  }

  hasLevel(targetType: TargetType, targetName: string): boolean {
    const sql = 'SELECT 1 FROM iot_logging_levels WHERE target_type = ? AND target_name = ?'
    return this.#database.get(sql, targetType, targetName) !== undefined
  }

  countLevels(): number {
    return this.#database.get<{ count: number }>('SELECT count(*) AS count FROM iot_logging_levels')?.count ?? 0
  }

  putLevel({ targetType, targetName, logLevel }: TargetLevel): void {
    this.#database.run('INSERT OR REPLACE INTO iot_logging_levels VALUES (?, ?, ?)', targetType, targetName, logLevel)
  }

  deleteLevel(targetType: TargetType, targetName: string): void {
    this.#database.run(
      'DELETE FROM iot_logging_levels WHERE target_type = ? AND target_name = ?',
      targetType,
      targetName,
    )
  }
}
