import { setImmediate } from 'node:timers/promises'
import type { Database } from './database.ts'

/** What a look at the whole database found. */
export interface IntegrityReport {
  readonly ok: boolean
  readonly tables: number
  /** What SQLite says is wrong, at most a hundred sentences. */
  readonly problems: readonly string[]
  /** What this look sees and does not. */
  readonly checked: string
}

const MOST_PROBLEMS = 100

const CHECKED =
  'The structure of every page, every index against its rows, and the types of values. Not whether a value is the one ' +
  'that was written: that is seen by the checksum of the file, at a start after an orderly end.'

/**
 * Looks at all of the database, table by table; others have their turn in between, but not while a large table is looked
 * at. See https://sqlite.org/pragma.html#pragma_integrity_check
 */
export async function checkIntegrity(database: Database): Promise<IntegrityReport> {
  const tables = database.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
  const problems: string[] = []
  for (const { name } of tables) {
    await setImmediate()
    problems.push(...check(database, name).slice(0, MOST_PROBLEMS - problems.length))
  }
  return { ok: problems.length === 0, tables: tables.length, problems, checked: CHECKED }
}

/** What was found in several databases, as one report. */
export function joinReports(reports: readonly IntegrityReport[]): IntegrityReport {
  return {
    ok: reports.every(({ ok }) => ok),
    tables: reports.reduce((sum, { tables }) => sum + tables, 0),
    problems: reports.flatMap(({ problems }) => problems),
    checked: CHECKED,
  }
}

function check(database: Database, table: string): string[] {
  try {
    const rows = database.all<{ integrity_check: string }>(`PRAGMA integrity_check("${table}")`)
    const lines = rows.flatMap(({ integrity_check: said }) => said.split('\n'))
    return lines.filter((line) => line !== 'ok' && !line.startsWith('***')).map((line) => `${table}: ${line}`)
  } catch (error) {
    return [`${table}: ${error instanceof Error ? error.message : String(error)}`]
  }
}
