import { type Token, tokenize } from './lexer.ts'
import { shortened } from './shortened.ts'
import { SqlError, type SqlErrorCode } from './sql-error.ts'
import { type Place, RESERVED_WORDS } from './syntax.ts'

/** What could stand where the parser is. The words of errors and the completions of an editor are made of it. */
export type Expectation =
  | { readonly kind: 'keyword'; readonly text: string }
  | { readonly kind: 'symbol'; readonly text: string }
  /** `=`, `+`, `AND`: what joins two expressions. */
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'expression' }
  /** A name behind a point. */
  | { readonly kind: 'member' }
  | { readonly kind: 'alias' }
  | { readonly kind: 'type' }
  | { readonly kind: 'topic filter' }
  | { readonly kind: 'variable' }
  | { readonly kind: 'key' }

const IN_WORDS: Readonly<Record<Exclude<Expectation['kind'], 'keyword' | 'symbol'>, string>> = {
  operator: 'an operator',
  expression: 'an expression',
  member: 'a name',
  alias: 'a name behind AS',
  type: 'a type',
  'topic filter': 'a topic filter in single quotes',
  variable: 'a variable as in @name',
  key: 'a key in quotes',
}

/** Words of other SQL, and what is here instead. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['IS', ' (whether a value is Null is isNull(value))'],
  ['LIKE', ' (patterns are for regexp_matches(text, pattern))'],
  ['BETWEEN', ' (two comparisons, joined by AND, say the same)'],
  ['DISTINCT', ' (a rule sees one message at a time)'],
  ['JOIN', ' (a rule sees one message at a time)'],
  ['GROUP', ' (a rule sees one message at a time)'],
  ['ORDER', ' (a rule sees one message at a time)'],
  ['LIMIT', ' (a rule sees one message at a time)'],
])

/** A place in the tokens of a text. Whatever is asked for, and is not there, is noted as what could be there. */
export class TokenCursor {
  readonly text: string
  readonly #tokens: readonly Token[]
  #index = 0
  #expected: Expectation[] = []

  /** @param from the offset at which the first token is looked for */
  constructor(text: string, from: number) {
    this.text = text
    this.#tokens = tokenize(text, from)
  }

  get token(): Token {
    return this.peek(0)
  }

  /** What has been asked for, in vain, since the last token was taken. */
  get expected(): readonly Expectation[] {
    return this.#expected
  }

  /** Where the token before this one ends. */
  get end(): number {
    return this.#tokens[this.#index - 1]?.to ?? 0
  }

  peek(ahead: number): Token {
    // The last token is the end, behind which there is only the end.
    return this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)] as Token
  }

  advance(): Token {
    const { token } = this
    this.#index += 1
    this.#expected = []
    return token
  }

  expect(expectation: Expectation): void {
    this.#expected.push(expectation)
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'word' && token.text.toUpperCase() === word
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'symbol' && token.text === symbol
  }

  isReserved(ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'word' && RESERVED_WORDS.has(token.text.toUpperCase())
  }

  /** Takes a word of the language, if it stands here. */
  takeWord(word: string): boolean {
    if (!this.isWord(word)) {
      this.expect({ kind: 'keyword', text: word })
      return false
    }
    this.advance()
    return true
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) {
      this.expect({ kind: 'symbol', text: symbol })
      return false
    }
    this.advance()
    return true
  }

  requireWord(word: string): void {
    if (!this.takeWord(word)) throw this.unexpected()
  }

  requireSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected()
  }

  require(kind: Token['kind'], expectation: Expectation): Token {
    if (this.token.kind !== kind) {
      this.expect(expectation)
      throw this.unexpected()
    }
    return this.advance()
  }

  /** What stands here is not what could. */
  unexpected(hint = ''): SqlError {
    const { token } = this
    if (token.kind === 'fault') return new SqlError('SYNTAX', this.text, token, `${token.fault}`)
    const expected = listed(this.#expected)
    hint ||= (token.kind === 'word' && ELSEWHERE.get(token.text.toUpperCase())) || ''
    return new SqlError('SYNTAX', this.text, token, `Expected ${expected}, found ${describe(token)}${hint}`)
  }

  error(code: SqlErrorCode, place: Place, sentence: string): SqlError {
    return new SqlError(code, this.text, place, sentence)
  }
}

/** `AND, OR or FROM`. */
function listed(expectations: readonly Expectation[]): string {
  const isExpression = expectations.some(({ kind }) => kind === 'expression')
  const words = new Set(
    expectations.flatMap((expectation) => {
      // NOT, and VALUE behind SELECT, are where an expression begins: saying that is enough.
      if (isExpression && expectation.kind === 'keyword') return []
      if (expectation.kind === 'keyword') return expectation.text
      return expectation.kind === 'symbol' ? `'${expectation.text}'` : IN_WORDS[expectation.kind]
    }),
  )
  const all = words.size === 0 ? ['the end of the statement'] : [...words]
  const last = all.pop()
  return all.length === 0 ? `${last}` : `${all.join(', ')} or ${last}`
}

function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the text'
    case 'string':
      return `the string '${shortened(token.text)}'`
    case 'variable':
      return `@${shortened(token.text)}`
    case 'symbol':
      return `'${token.text}'`
    default:
      return shortened(token.text)
  }
}
