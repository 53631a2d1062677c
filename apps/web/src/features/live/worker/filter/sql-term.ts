import { compileRule, environmentOf, type Rule, RuleInput, SqlError } from '@thingdeck/rules-sql'
import type { MessageProperties } from '../../../../shared/mqtt/message.ts'
import type { FilterProblem } from '../../protocol/filter.ts'
import { statementOf } from '../../protocol/sql-in-filter.ts'
import type { RowCursor } from '../ring/message-ring.ts'

/** The version that the console proposes for rules. */
const SQL_VERSION = '2016-03-23'

export interface SqlTerm {
  readonly rule: Rule
  /** As a rule would have it; without FROM where the filter has none. */
  readonly sql: string
  /** What is asked of messages; undefined without WHERE. */
  readonly where: string | undefined
}

/** Reads a statement of rules, its WHERE alone, or an expression. */
export function readSql(text: string): SqlTerm | FilterProblem {
  const { sql, added } = statementOf(text)
  try {
    const rule = compileRule(sql, { sqlVersion: SQL_VERSION })
    if (rule.isAsync) {
      return { from: 0, to: text.length, message: 'A filter asks nobody: leave out the functions that ask AWS.' }
    }
    const { where } = rule.statement
    return { rule, sql: sql.trim(), where: where && sql.slice(where.from, where.to) }
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    const place = (offset: number) => Math.min(Math.max(0, offset - added), text.length)
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
  propertiesOf: (sequence: number) => MessageProperties | undefined,
): (row: RowCursor) => boolean {
  // Looking for properties costs more than all else: only where the SQL asks for them.
  const asksProperties = /_property\s*\(|_properties\s*\(/i.test(rule.sql)
  return (row) => {
    const { bytes, start, end, sequence, receivedAtMs } = row
    const properties = asksProperties ? propertiesOf(sequence) : undefined
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
