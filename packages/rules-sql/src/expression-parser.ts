import { SQL_LIMITS } from './limits.ts'
import {
  BINARY_LEVELS,
  type BinaryOperator,
  type CaseBranch,
  COMPARISON_LEVEL,
  type Expression,
  type ObjectMember,
  type Query,
  type Select,
  type SelectItem,
} from './syntax.ts'
import { TokenCursor } from './token-cursor.ts'

const LEVEL_OF: ReadonlyMap<string, number> = new Map(
  BINARY_LEVELS.flatMap((operators, level) => operators.map((operator) => [operator, level] as const)),
)

/** Reads expressions, and what stands behind SELECT: each method begins at the first token of what it reads. */
export class ExpressionParser {
  readonly cursor: TokenCursor
  #nesting = 0

  constructor(text: string) {
    this.cursor = new TokenCursor(text)
  }

  /** @param level of the loosest operator that is taken; see {@link BINARY_LEVELS} */
  expression(level = 0): Expression {
    let left = level <= COMPARISON_LEVEL && this.cursor.isWord('NOT') ? this.#not() : this.#operand(level)
    for (;;) {
      const operator = this.#binaryOperator(level)
      if (operator === undefined) return left
      const own = LEVEL_OF.get(operator) ?? 0
      this.cursor.advance()
      const right = this.expression(own + 1)
      left = { kind: 'binary', operator, left, right, from: left.from, to: right.to }
      if (own === COMPARISON_LEVEL && this.#binaryOperator(COMPARISON_LEVEL, COMPARISON_LEVEL) !== undefined) {
        throw this.cursor.error('SYNTAX', this.cursor.token, 'Comparisons do not chain: join them by AND')
      }
    }
  }

  select(): Select {
    this.cursor.requireWord('SELECT')
    if (this.#isValueKeyword()) {
      this.cursor.advance()
      const value = this.expression()
      if (this.cursor.isWord('AS')) {
        throw this.cursor.error('SYNTAX', this.cursor.token, 'SELECT VALUE gives one bare value: it takes no AS')
      }
      if (this.cursor.isSymbol(',')) {
        throw this.cursor.error('SYNTAX', this.cursor.token, 'SELECT VALUE gives one bare value: it takes no list')
      }
      return { kind: 'value', value }
    }
    const items: SelectItem[] = []
    do items.push(this.#item())
    while (this.cursor.takeSymbol(',') && !this.#isFromClause())
    return { kind: 'items', items }
  }

  /** A comma may stand before FROM. Source: AWS IoT developer guide, tutorial "Storing device data in a DynamoDB table". */
  #isFromClause(): boolean {
    return this.cursor.isWord('FROM') && this.cursor.peek(1).kind === 'string'
  }

  #item(): SelectItem {
    if (this.cursor.isWord('VALUE')) this.cursor.expect({ kind: 'keyword', text: 'VALUE' })
    const value = this.expression()
    const alias = this.cursor.takeWord('AS') ? this.#alias() : undefined
    return { value, alias, from: value.from, to: this.cursor.end }
  }

  #alias(): readonly string[] {
    const names: string[] = []
    do {
      // FROM behind AS is the clause, not a name, where a topic filter follows.
      if (this.#isFromClause()) {
        this.cursor.expect({ kind: 'alias' })
        throw this.cursor.unexpected()
      }
      names.push(this.cursor.require('word', { kind: 'alias' }).text)
    } while (this.cursor.takeSymbol('.'))
    return names
  }

  /** `VALUE` right behind SELECT, unless it is a field that is called so. */
  #isValueKeyword(): boolean {
    const { cursor } = this
    if (!cursor.isWord('VALUE')) {
      cursor.expect({ kind: 'keyword', text: 'VALUE' })
      return false
    }
    const next = cursor.peek(1)
    if (next.kind === 'end') return false
    if (next.kind === 'word') return !['FROM', 'AS', 'WHERE', 'AND', 'OR', 'IN'].includes(next.text.toUpperCase())
    if (next.kind !== 'symbol') return true
    if (next.text === '-') return !this.#isNamed()
    if (next.text !== '*') return ['(', '{', '['].includes(next.text)
    // The message, or a product: a product has a factor behind it.
    const after = cursor.peek(2)
    return (
      after.kind === 'end' || (after.kind === 'word' && cursor.isReserved(2)) || ['.', ')', ','].includes(after.text)
    )
  }

  /** Whether the first item behind SELECT has an alias, or others behind it: then it is no bare value. */
  #isNamed(): boolean {
    const { cursor } = this
    for (let ahead = 0, depth = 0; ; ahead += 1) {
      const token = cursor.peek(ahead)
      if (token.kind === 'end') return false
      if (token.kind === 'symbol' && '([{'.includes(token.text)) depth += 1
      if (token.kind === 'symbol' && ')]}'.includes(token.text)) depth -= 1
      if (depth < 0 || (depth === 0 && cursor.isWord('FROM', ahead))) return false
      if (depth === 0 && (cursor.isWord('AS', ahead) || cursor.isSymbol(',', ahead))) return true
    }
  }

  #binaryOperator(level: number, upTo = Number.POSITIVE_INFINITY): BinaryOperator | undefined {
    const { token } = this.cursor
    const text = token.kind === 'word' ? token.text.toUpperCase() : token.kind === 'symbol' ? token.text : ''
    const own = LEVEL_OF.get(text)
    // A key of the table is an operator.
    if (own !== undefined && own >= level && own <= upTo) return text as BinaryOperator
    for (const operators of BINARY_LEVELS.slice(level)) {
      for (const operator of operators) this.cursor.expect({ kind: 'operator', text: operator })
    }
    return undefined
  }

  #not(): Expression {
    const { from } = this.cursor.advance()
    return this.#within(() => {
      const operand = this.expression(COMPARISON_LEVEL)
      return { kind: 'unary', operator: 'NOT', operand, from, to: operand.to }
    })
  }

  #operand(level: number): Expression {
    if (level <= COMPARISON_LEVEL) this.cursor.expect({ kind: 'keyword', text: 'NOT' })
    if (!this.cursor.isSymbol('-')) return this.#members()
    const { from } = this.cursor.advance()
    return this.#within(() => {
      const operand = this.#operand(Number.POSITIVE_INFINITY)
      return { kind: 'unary', operator: '-', operand, from, to: operand.to }
    })
  }

  /** `a.b.c`; a point may follow whatever has a value. */
  #members(): Expression {
    let object = this.#primary()
    while (this.cursor.takeSymbol('.')) {
      if (this.cursor.token.kind === 'number') {
        this.cursor.expect({ kind: 'member' })
        const { text } = this.cursor.token
        throw this.cursor.unexpected(` (a member called so is get(…, '${text}'), an item get(…, ${text}))`)
      }
      const name = this.cursor.require('word', { kind: 'member' })
      object = { kind: 'member', object, name: name.text, from: object.from, to: name.to }
    }
    if (this.cursor.isSymbol('[')) {
      throw this.cursor.error('SYNTAX', this.cursor.token, 'AWS IoT SQL has no [index]: an item is get(array, index)')
    }
    return object
  }

  #primary(): Expression {
    const { cursor } = this
    const { token } = cursor
    const place = { from: token.from, to: token.to }
    switch (token.kind) {
      case 'number':
        cursor.advance()
        return { kind: 'number', text: token.text, ...place }
      case 'string':
        cursor.advance()
        return { kind: 'string', text: token.text, ...place }
      case 'variable':
        cursor.advance()
        return { kind: 'variable', name: token.text, ...place }
      case 'word':
        return this.#word()
      case 'symbol':
        if (token.text === '*') {
          cursor.advance()
          return { kind: 'whole', ...place }
        }
        if (token.text === '(') return this.#within(() => this.#parentheses())
        if (token.text === '{') return this.#within(() => this.#object())
        if (token.text === '[') return this.#within(() => this.#array())
        break
    }
    cursor.expect({ kind: 'expression' })
    throw cursor.unexpected(token.text === '=' ? ' (equal is one = alone)' : '')
  }

  #word(): Expression {
    const { cursor } = this
    const { token } = cursor
    const word = token.text.toUpperCase()
    const place = { from: token.from, to: token.to }
    if (word === 'TRUE' || word === 'FALSE' || word === 'NULL') {
      cursor.advance()
      return { kind: 'constant', value: word === 'NULL' ? null : word === 'TRUE', ...place }
    }
    if (word === 'CASE') return this.#within(() => this.#case())
    if (cursor.isReserved()) {
      cursor.expect({ kind: 'expression' })
      const name = token.text
      throw cursor.unexpected(
        word === 'FROM' || word === 'SELECT'
          ? ''
          : `, a word of the language (a field of this name is get(*, '${name}'))`,
      )
    }
    if (!cursor.isSymbol('(', 1)) {
      cursor.advance()
      // Before the next token is asked for, it could be a call as well.
      return { kind: 'field', name: token.text, ...place }
    }
    return this.#within(() => {
      if (word === 'CAST') return this.#cast()
      if (word === 'EXISTS') return this.#exists()
      return this.#call()
    })
  }

  #call(): Expression {
    const { cursor } = this
    const { from, text } = cursor.advance()
    cursor.requireSymbol('(')
    const args: Expression[] = []
    if (!cursor.isSymbol(')')) {
      do args.push(cursor.isWord('SELECT') ? this.#query(cursor.token.from) : this.expression())
      while (cursor.takeSymbol(','))
    }
    cursor.requireSymbol(')')
    return { kind: 'call', name: text.toLowerCase(), args, from, to: cursor.end }
  }

  #cast(): Expression {
    const { cursor } = this
    const { from } = cursor.advance()
    cursor.requireSymbol('(')
    const value = this.expression()
    cursor.requireWord('AS')
    const type = cursor.require('word', { kind: 'type' }).text.toLowerCase()
    cursor.requireSymbol(')')
    return { kind: 'cast', value, type, from, to: cursor.end }
  }

  #exists(): Expression {
    const { cursor } = this
    const { from } = cursor.advance()
    cursor.requireSymbol('(')
    const query = this.#query(cursor.token.from)
    cursor.requireSymbol(')')
    return { kind: 'exists', query, from, to: cursor.end }
  }

  #case(): Expression {
    const { cursor } = this
    const { from } = cursor.advance()
    if (cursor.isWord('WHEN')) {
      throw cursor.error(
        'SYNTAX',
        cursor.token,
        'AWS IoT SQL has no CASE WHEN condition: it is CASE value WHEN constant THEN result … END',
      )
    }
    const value = this.expression()
    const branches: CaseBranch[] = []
    cursor.requireWord('WHEN')
    do {
      const when = this.expression()
      cursor.requireWord('THEN')
      branches.push({ when, result: this.expression() })
    } while (cursor.takeWord('WHEN'))
    const otherwise = cursor.takeWord('ELSE') ? this.expression() : undefined
    cursor.requireWord('END')
    return { kind: 'case', value, branches, otherwise, from, to: cursor.end }
  }

  #parentheses(): Expression {
    const { cursor } = this
    const { from } = cursor.advance()
    const inner = cursor.isWord('SELECT') ? this.#query(from) : this.expression()
    cursor.requireSymbol(')')
    return { ...inner, from, to: cursor.end }
  }

  /** From its SELECT up to before what closes it. */
  #query(from: number): Query {
    const { cursor } = this
    const select = this.select()
    cursor.requireWord('FROM')
    const source = this.#members()
    const alias = cursor.takeWord('AS') ? cursor.require('word', { kind: 'alias' }).text : undefined
    const where = cursor.takeWord('WHERE') ? this.expression() : undefined
    return { kind: 'query', select, source, alias, where, from, to: cursor.end }
  }

  #object(): Expression {
    const { cursor } = this
    const { from } = cursor.advance()
    const members: ObjectMember[] = []
    // A comma may stand behind the last member. Source: an example of the guide.
    while (!cursor.isSymbol('}')) {
      cursor.expect({ kind: 'symbol', text: '}' })
      const key = cursor.require('string', { kind: 'key' })
      cursor.requireSymbol(':')
      const value = this.expression()
      members.push({ key: key.text, value, from: key.from, to: value.to })
      if (!cursor.takeSymbol(',')) break
    }
    cursor.requireSymbol('}')
    return { kind: 'object', members, from, to: cursor.end }
  }

  #array(): Expression {
    const { cursor } = this
    const { from } = cursor.advance()
    const items: Expression[] = []
    if (!cursor.isSymbol(']')) {
      do items.push(this.expression())
      while (cursor.takeSymbol(','))
    }
    cursor.requireSymbol(']')
    return { kind: 'array', items, from, to: cursor.end }
  }

  #within<Result>(read: () => Result): Result {
    this.#nesting += 1
    if (this.#nesting > SQL_LIMITS.nesting) {
      throw this.cursor.error('LIMIT', this.cursor.token, `More than ${SQL_LIMITS.nesting} levels of nesting`)
    }
    const result = read()
    this.#nesting -= 1
    return result
  }
}
