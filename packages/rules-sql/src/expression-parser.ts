import { SQL_LIMITS } from './limits.ts'
import { readSelect } from './select-parser.ts'
import {
  BINARY_LEVELS,
  type BinaryOperator,
  type CaseBranch,
  COMPARISON_LEVEL,
  type Expression,
  type ObjectMember,
  type Query,
  type Select,
} from './syntax.ts'
import { TokenCursor } from './token-cursor.ts'

const LEVEL_OF: ReadonlyMap<string, number> = new Map(
  BINARY_LEVELS.flatMap((operators, level) => operators.map((operator) => [operator, level] as const)),
)

/** Reads expressions, and what stands behind SELECT: each method begins at the first token of what it reads. */
export class ExpressionParser {
  readonly cursor: TokenCursor
  #nesting = 0
  /** Whether what is read is an item of SELECT, and within nothing. */
  #isItem = false

  constructor(text: string, from: number) {
    this.cursor = new TokenCursor(text, from)
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
    const read = (isItem: boolean) => () => this.#as(isItem, () => this.expression())
    return readSelect(this.cursor, read(false), read(true))
  }

  #as<Result>(isItem: boolean, readIt: () => Result): Result {
    const before = this.#isItem
    this.#isItem = isItem
    const result = readIt()
    this.#isItem = before
    return result
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
    while (!this.#isSpread() && this.cursor.takeSymbol('.')) {
      if (this.cursor.token.kind === 'number') {
        this.cursor.expect({ kind: 'member' })
        const { text } = this.cursor.token
        throw this.cursor.unexpected(` (a member called so is get(…, '${text}'), an item get(…, ${text}))`)
      }
      if (this.cursor.isSymbol('*')) {
        this.cursor.expect({ kind: 'member' })
        throw this.cursor.unexpected(' (an item of SELECT may end so; elsewhere an object is named as a whole)')
      }
      const name = this.cursor.require('word', { kind: 'member' })
      object = { kind: 'member', object, name: name.text, from: object.from, to: name.to }
    }
    if (this.cursor.isSymbol('[')) {
      throw this.cursor.error('SYNTAX', this.cursor.token, 'AWS IoT SQL has no [index]: an item is get(array, index)')
    }
    return object
  }

  #isSpread(): boolean {
    return this.#isItem && this.cursor.isSymbol('.') && this.cursor.isSymbol('*', 1)
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
    const result = this.#as(false, read)
    this.#nesting -= 1
    return result
  }
}
