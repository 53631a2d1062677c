import { MathError } from './math-error.ts'
import { scan, type Token } from './scanner.ts'

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '&&' | '||'

/** An expression as it is evaluated. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  /** The id of another query, or a word such as REPEAT. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negation'; readonly of: Expression }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }

/** From the weakest to the strongest. `AND` and `OR` are `&&` and `||`. */
const LEVELS: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '>', '<=', '>='],
  ['+', '-'],
  ['*', '/'],
]

const WORDS: Readonly<Record<string, BinaryOperator>> = { AND: '&&', OR: '||' }

/** Deeper than anybody writes, far less deep than the call stack. */
const MAX_DEPTH = 100

/**
 * Reads an expression.
 * @throws {MathError}
 * @see Amazon CloudWatch User Guide, "Metric math syntax and functions"
 */
export function parseMath(text: string): Expression {
  const parser = new Parser(scan(text))
  return parser.whole()
}

class Parser {
  readonly #tokens: readonly Token[]
  #index = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Expression {
    const expression = this.#expression()
    if (this.#token.kind !== 'end') throw this.#unexpected()
    return expression
  }

  #expression(): Expression {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new MathError('The expression is nested too deeply')
    const expression = this.#binary(0)
    this.#depth -= 1
    return expression
  }

  #binary(level: number): Expression {
    const operators = LEVELS[level]
    if (!operators) return this.#unary()
    let left = this.#binary(level + 1)
    for (let operator = this.#operator(operators); operator; operator = this.#operator(operators)) {
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) }
    }
    return left
  }

  #operator(among: readonly BinaryOperator[]): BinaryOperator | undefined {
    const { kind, text } = this.#token
    const meant = kind === 'name' && Object.hasOwn(WORDS, text) ? WORDS[text] : text
    const found = kind === 'name' || kind === 'operator' ? among.find((operator) => operator === meant) : undefined
    if (found) this.#index += 1
    return found
  }

  /** `-a^2` is `-(a^2)`, and `a^-b` is taken. */
  #unary(): Expression {
    let isNegative = false
    while (this.#take('-')) isNegative = !isNegative
    const operand = this.#power()
    return isNegative ? { kind: 'negation', of: operand } : operand
  }

  #power(): Expression {
    const base = this.#primary()
    if (!this.#take('^')) return base
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new MathError('The expression is nested too deeply')
    const right = this.#unary()
    this.#depth -= 1
    return { kind: 'binary', operator: '^', left: base, right }
  }

  #primary(): Expression {
    const token = this.#token
    if (token.kind === 'number') {
      this.#index += 1
      return { kind: 'number', value: Number(token.text) }
    }
    if (token.kind === 'string') {
      this.#index += 1
      return { kind: 'string', value: token.text }
    }
    if (token.kind === 'name') {
      this.#index += 1
      if (!this.#take('(')) return { kind: 'name', name: token.text }
      return { kind: 'call', name: token.text, arguments: this.#items(')') }
    }
    if (this.#take('(')) {
      const inner = this.#expression()
      this.#expect(')')
      return inner
    }
    if (this.#take('[')) return { kind: 'array', items: this.#items(']') }
    throw this.#unexpected()
  }

  #items(end: string): Expression[] {
    const items: Expression[] = []
    if (this.#take(end)) return items
    do items.push(this.#expression())
    while (this.#take(','))
    this.#expect(end)
    return items
  }

  get #token(): Token {
    const token = this.#tokens[this.#index]
    if (!token) throw new MathError('Unexpected end of the expression')
    return token
  }

  #take(operator: string): boolean {
    const { kind, text } = this.#token
    if (kind !== 'operator' || text !== operator) return false
    this.#index += 1
    return true
  }

  #expect(operator: string): void {
    if (!this.#take(operator)) throw this.#unexpected(`, expected '${operator}'`)
  }

  #unexpected(expected = ''): MathError {
    const { kind, text, at } = this.#token
    const what = kind === 'end' ? 'end of the expression' : `'${text}' at position ${at}`
    return new MathError(`Unexpected ${what}${expected}`)
  }
}
