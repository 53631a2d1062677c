import { TokenCursor } from '../token-cursor.ts'
import { MathError } from './math-error.ts'
import { type MathToken, scan } from './scanner.ts'

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
  return new Parser(new TokenCursor(scan(text))).whole()
}

class Parser {
  readonly #tokens: TokenCursor<MathToken['kind'], MathToken>
  #depth = 0

  constructor(tokens: TokenCursor<MathToken['kind'], MathToken>) {
    this.#tokens = tokens
  }

  whole(): Expression {
    const expression = this.#expression()
    if (this.#tokens.next) throw this.#unexpected()
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
    const { kind, text = '' } = this.#tokens.next ?? {}
    const meant = kind === 'name' && Object.hasOwn(WORDS, text) ? WORDS[text] : text
    const found = among.find((operator) => operator === meant)
    return found && this.#tokens.takeOf('name', 'operator') ? found : undefined
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
    const number = this.#tokens.takeOf('number')
    if (number) return { kind: 'number', value: Number(number.text) }
    const string = this.#tokens.takeOf('string')
    if (string) return { kind: 'string', value: string.text }
    const name = this.#tokens.takeOf('name')?.text
    if (name !== undefined) {
      return this.#take('(') ? { kind: 'call', name, arguments: this.#items(')') } : { kind: 'name', name }
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

  #take(operator: string): boolean {
    return this.#tokens.take('operator', operator)
  }

  #expect(operator: string): void {
    if (!this.#take(operator)) throw this.#unexpected(`, expected '${operator}'`)
  }

  #unexpected(expected = ''): MathError {
    const found = this.#tokens.next
    const what = found ? `'${found.text}' at position ${found.at}` : 'end of the expression'
    return new MathError(`Unexpected ${what}${expected}`)
  }
}
