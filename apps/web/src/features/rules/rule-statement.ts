import { formatExpression, formatStatement, parseStatement } from '@thingdeck/rules-sql'

/** The topic filter behind FROM; undefined: there is none, or it is no statement that is understood here. */
export function topicFilterOf(sql: string): string | undefined {
  try {
    return parseStatement(sql).source?.topicFilter
  } catch {
    return undefined // AWS took it: it knows more than this parser
  }
}

/** What stands behind WHERE; undefined as above. */
export function conditionOf(sql: string): string | undefined {
  try {
    const { where } = parseStatement(sql)
    return where && formatExpression(where)
  } catch {
    return undefined // as above
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
