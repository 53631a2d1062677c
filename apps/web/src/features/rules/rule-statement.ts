import { formatExpression, formatStatement, parseStatement, SqlError } from '@thingdeck/rules-sql'

/** FROM of a statement; undefined without it, and while it cannot be read. */
export function sourceOf(sql: string) {
  try {
    return parseStatement(sql).source
  } catch (error) {
    if (error instanceof SqlError) return undefined
    throw error
  }
}

/** What stands behind WHERE; undefined: nothing, or it is no statement that is understood here. */
export function conditionOf(sql: string): string | undefined {
  try {
    const { where } = parseStatement(sql)
    return where && formatExpression(where)
  } catch {
    return undefined // AWS took it: it knows more than this parser
  }
}

/** The statement with a line for each clause; as it stands where it is not understood here. */
export function prettySql(sql: string): string {
  try {
    return formatStatement(parseStatement(sql))
  } catch {
    return sql // as above
  }
}
