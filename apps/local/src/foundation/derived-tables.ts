import { createHash } from 'node:crypto'
import type { Database } from './database.ts'

/** Tables whose content follows from that of others, with triggers and what else belongs to them. */
export interface DerivedTables {
  readonly name: string
  /** Another one whenever what is written into them is another. */
  readonly version: number
  /** Statements of SQL. */
  readonly make: readonly string[]
  /** Statements of SQL that fail for nothing that is not there. */
  readonly drop: readonly string[]
}

/**
 * Makes tables, or takes them away; those that are there as they should be stay. What another release has made, or has
 * emptied without knowing what it was, is made anew: nobody can tell what is in it.
 */
export function keepDerivedTables(database: Database, tables: DerivedTables, areKept: boolean): void {
  const { name, make, drop } = tables
  database.transaction(() => {
    database.run(
      'CREATE TABLE IF NOT EXISTS derived_tables (name TEXT PRIMARY KEY, form TEXT NOT NULL) STRICT, WITHOUT ROWID',
    )
    const form = formOf(tables)
    const found = database.get<{ form: string }>('SELECT form FROM derived_tables WHERE name = ?', name)?.form
    if (areKept && found === form) return
    for (const statement of drop) database.run(statement)
    database.run('DELETE FROM derived_tables WHERE name = ?', name)
    if (!areKept) return
    for (const statement of make) database.run(statement)
    database.run('INSERT INTO derived_tables VALUES (?, ?)', name, form)
  })
}

const formOf = ({ version, make }: DerivedTables): string =>
  createHash('sha256')
    .update(JSON.stringify([version, make]))
    .digest('hex')
