import { formatExpression, formatStatement, parseStatement } from '@thingdeck/rules-sql'

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
