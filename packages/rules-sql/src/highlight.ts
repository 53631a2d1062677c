import { type Token, tokenize } from './lexer.ts'
import { type Place, RESERVED_WORDS } from './syntax.ts'

/** A piece of SQL as an editor colours it. */
export interface SqlPiece extends Place {
  readonly kind:
    | 'keyword'
    | 'function'
    | 'field'
    | 'variable'
    | 'string'
    | 'number'
    | 'operator'
    | 'punctuation'
    | 'fault'
}

/** Words of clauses, which are names elsewhere. */
const CLAUSE_WORDS = new Set(['SET', 'VALUE', 'EXISTS', 'CAST'])

/** The pieces of a text, right or wrong, without the white space between them. */
export function highlightSql(text: string): readonly SqlPiece[] {
  const tokens = tokenize(text)
  return tokens.slice(0, -1).map((token, index) => ({
    from: token.from,
    to: token.to,
    kind: kindOf(token, tokens[index - 1], tokens[index + 1]),
  }))
}

function kindOf(token: Token, before: Token | undefined, after: Token | undefined): SqlPiece['kind'] {
  switch (token.kind) {
    case 'word': {
      const word = token.text.toUpperCase()
      if (before?.text === '.' && before.kind === 'symbol') return 'field'
      if (RESERVED_WORDS.has(word)) return 'keyword'
      const isCalled = after?.text === '(' && after.kind === 'symbol'
      if (CLAUSE_WORDS.has(word) && (isCalled || (word === 'SET' && before === undefined))) return 'keyword'
      if (word === 'VALUE' && before?.text.toUpperCase() === 'SELECT' && startsExpression(after)) return 'keyword'
      return isCalled ? 'function' : 'field'
    }
    case 'symbol':
      return '.,:(){}[]'.includes(token.text) ? 'punctuation' : 'operator'
    case 'end':
      return 'punctuation'
    default:
      return token.kind
  }
}

function startsExpression(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'end') return false
  return token.kind !== 'symbol' || '({[*'.includes(token.text)
}
