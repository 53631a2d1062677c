import type { Token } from '../token-cursor.ts'
import { MathError } from './math-error.ts'

type TokenKind = 'number' | 'name' | 'string' | 'operator'

/** The text of a string is what is in it. */
export interface MathToken extends Token<TokenKind> {
  /** Index of its first character in the expression. */
  readonly at: number
}

const SPACE = /\s*/y
const TOKENS: readonly { readonly kind: TokenKind; readonly pattern: RegExp }[] = [
  { kind: 'number', pattern: /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y },
  { kind: 'name', pattern: /[A-Za-z_]\w*/y },
  { kind: 'string', pattern: /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/y },
  { kind: 'operator', pattern: /&&|\|\||==|!=|<=|>=|[-+*/^<>()[\],]/y },
]

/**
 * The tokens of an expression.
 * @throws {MathError}
 */
export function scan(expression: string): readonly MathToken[] {
  const tokens: MathToken[] = []
  let at = lengthAt(SPACE, expression, 0)
  while (at < expression.length) {
    const token = tokenAt(expression, at)
    tokens.push(token.value)
    at = token.end + lengthAt(SPACE, expression, token.end)
  }
  return tokens
}

function tokenAt(expression: string, at: number): { value: MathToken; end: number } {
  for (const { kind, pattern } of TOKENS) {
    const length = lengthAt(pattern, expression, at)
    if (length === 0) continue
    const end = at + length
    const text = expression.slice(at, end)
    return { value: { kind, text: kind === 'string' ? text.slice(1, -1) : text, at }, end }
  }
  throw new MathError(`Unexpected character '${expression.charAt(at)}' at position ${at}`)
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0].length ?? 0
}
