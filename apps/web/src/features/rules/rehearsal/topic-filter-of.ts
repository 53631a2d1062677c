import { parseStatement, SqlError } from '@thingdeck/rules-sql'
import type { RehearsedRule } from './protocol.ts'

/** What FROM takes; undefined without it, and while the SQL cannot be read. */
export function topicFilterOf({ sql }: Pick<RehearsedRule, 'sql'>): string | undefined {
  try {
    return parseStatement(sql).source?.topicFilter
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    return undefined
  }
}
