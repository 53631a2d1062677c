import { checkStatement, type Findings } from './check.ts'
import { ALL_FUNCTIONS } from './function-table.ts'
import { parseStatement } from './parse.ts'
import { SqlError } from './sql-error.ts'
import type { SqlVersion } from './sql-version.ts'

/** What is wrong with a text, and what is surely not meant. Where it does not parse, there is one error. */
export function diagnoseSql(text: string, sqlVersion: SqlVersion): Findings {
  try {
    return checkStatement(text, parseStatement(text), { sqlVersion, functions: ALL_FUNCTIONS })
  } catch (error) {
    if (error instanceof SqlError) return { errors: [error], warnings: [] }
    throw error
  }
}
