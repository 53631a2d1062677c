import { compileRule, environmentOf, type Rule, RuleInput, SqlError } from '@thingdeck/rules-sql'
import type { MessageProperties } from '../../../../shared/mqtt/message.ts'
import type { FilterProblem } from '../../protocol/filter.ts'
import type { RowCursor } from '../ring/message-ring.ts'

/** The version that the console proposes for rules. */
const SQL_VERSION = '2016-03-23'

/** `SQL …`, or a statement of rules by its first word in capitals, up to the end of the filter. */
const BEGINS = /^(?:sql\s+|(?=(?:SELECT|WHERE)\s))/i

/** What there is before an expression that is written alone. */
const BEFORE = 'SELECT * WHERE '

export interface SqlTerm {
  readonly rule: Rule
  /** As a rule would have it; without FROM where the filter has none. */
  readonly sql: string
  /** What is asked of messages; undefined without WHERE. */
  readonly where: string | undefined
}

/** Whether SQL begins here, and how long the word is that says so. */
export function sqlBegins(text: string): number | undefined {
  const found = BEGINS.exec(text)
  if (found === null) return undefined
  // In small letters `select` and `where` are words that somebody looks for.
  return found[0] === '' && !/^(?:SELECT|WHERE)/.test(text) ? undefined : found[0].length
}

/** Reads a statement of rules, its WHERE alone, or an expression. */
export function readSql(text: string): SqlTerm | FilterProblem {
  const isStatement = /^\s*(?:select|set)\b/i.test(text)
  const expression = text.replace(/^\s*where\b/i, (word) => ' '.repeat(word.length))
  const before = isStatement ? '' : BEFORE
  const sql = `${before}${isStatement ? text : expression}`
  try {
    const rule = compileRule(sql, { sqlVersion: SQL_VERSION })
    if (rule.isAsync) {
      return { from: 0, to: text.length, message: 'A filter asks nobody: leave out the functions that ask AWS.' }
    }
    const { where } = rule.statement
    return { rule, sql: sql.trim(), where: where && sql.slice(where.from, where.to) }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    const place = (offset: number) => Math.min(Math.max(0, offset - before.length), text.length)
    const from = place(error.from)
    // The sentence ends in line and column of a text that nobody wrote; the part at fault is quoted instead.
    const message = error.message.replace(/ \(line \d+, column \d+\)$/, '')
    return { from, to: Math.max(from, place(error.to)), message: `${message}.` }
  }
}

/** Whether a rule of this SQL would act on a row. */
export function sqlTest(
  { rule }: SqlTerm,
  topicOf: (row: RowCursor) => string,
  propertiesOf: ((sequence: number) => MessageProperties | undefined) | undefined,
): (row: RowCursor) => boolean {
  // Looking for properties costs more than all else: only where the SQL asks for them.
  const asksProperties = /_property\s*\(|_properties\s*\(/i.test(rule.sql)
  return (row) => {
    const { bytes, start, end, sequence, receivedAtMs } = row
    const properties = asksProperties ? propertiesOf?.(sequence) : undefined
    const input = new RuleInput({
      topic: topicOf(row),
      payload: bytes.subarray(start, end),
      timestampMs: receivedAtMs,
      ...(properties && { mqtt: { ...properties, payloadIsUtf8: properties.payloadFormatIndicator } }),
    })
    return rule.run(input, ENVIRONMENT).kind === 'result'
  }
}

const ENVIRONMENT = environmentOf('', 0, {})
