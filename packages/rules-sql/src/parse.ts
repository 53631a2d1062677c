import { validateTopicFilter } from '@thingdeck/topics'
import { ExpressionParser } from './expression-parser.ts'
import { SQL_LIMITS } from './limits.ts'
import { SqlError } from './sql-error.ts'
import { type Assignment, childrenOf, type Expression, rootsOf, type Statement, type TopicSource } from './syntax.ts'
import type { Expectation } from './token-cursor.ts'

/**
 * Reads a statement of a rule, whatever its version: which version has what, {@link checkStatement} says.
 * @throws {SqlError}
 */
export function parseStatement(text: string): Statement {
  return new StatementParser(text).statement()
}

/**
 * Reads an expression alone, as between `${` and `}`: from an offset up to the end of the text.
 * @throws {SqlError}
 */
export function parseExpression(text: string, from = 0): Expression {
  const parser = new StatementParser(text, from)
  const expression = parser.expression()
  parser.end()
  checkHeight(text, [expression])
  return expression
}

/** What could stand at the end of an unfinished statement; nothing where an earlier place is at fault. */
export function expectedAtEnd(text: string): readonly Expectation[] {
  let parser: StatementParser | undefined
  try {
    parser = new StatementParser(text)
    parser.statement()
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
  }
  return parser?.cursor.token.kind === 'end' ? parser.cursor.expected : []
}

class StatementParser extends ExpressionParser {
  constructor(text: string, from = 0) {
    if (text.length > SQL_LIMITS.textLength) {
      const place = { from: SQL_LIMITS.textLength, to: text.length }
      throw new SqlError('LIMIT', text, place, `A statement has at most ${SQL_LIMITS.textLength} characters`)
    }
    super(text, from)
  }

  statement(): Statement {
    const { cursor } = this
    const variables = cursor.takeWord('SET') ? this.#assignments() : []
    const select = this.select()
    const source = cursor.takeWord('FROM') ? this.#topicSource() : undefined
    const where = cursor.takeWord('WHERE') ? this.expression() : undefined
    this.end()
    const statement = { variables, select, source, where }
    checkHeight(cursor.text, rootsOf(statement))
    return statement
  }

  end(): void {
    if (this.cursor.token.kind !== 'end') throw this.cursor.unexpected()
  }

  #assignments(): readonly Assignment[] {
    const { cursor } = this
    const assignments: Assignment[] = []
    do {
      const variable = cursor.require('variable', { kind: 'variable' })
      cursor.requireSymbol('=')
      const value = this.expression(0)
      assignments.push({ name: variable.text, value, from: variable.from, to: value.to })
    } while (cursor.takeSymbol(','))
    return assignments
  }

  #topicSource(): TopicSource {
    const { cursor } = this
    const { from, to, text } = cursor.require('string', { kind: 'topic filter' })
    if (cursor.text[from] === '"') {
      throw cursor.error('SYNTAX', { from, to }, 'The topic filter of FROM stands in single quotes, not in double ones')
    }
    if (text.includes('${')) {
      throw cursor.error('SYNTAX', { from, to }, 'FROM takes a topic filter, and no substitution template')
    }
    const problem = validateTopicFilter(text)
    if (problem !== undefined) {
      throw cursor.error('SYNTAX', { from, to }, `'${text.slice(0, 256)}' is not a topic filter (${problem.message})`)
    }
    return { topicFilter: text, from, to }
  }
}

/** A long chain of operators is no nesting to the parser, but one to whoever walks the tree. */
function checkHeight(text: string, expressions: readonly Expression[]): void {
  let level = expressions
  for (let height = 0; level.length > 0; height += 1) {
    const [first] = level
    if (height > SQL_LIMITS.height && first !== undefined) {
      throw new SqlError('LIMIT', text, first, `An expression has at most ${SQL_LIMITS.height} operators in a row`)
    }
    level = level.flatMap(childrenOf)
  }
}
