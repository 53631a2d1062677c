import { shortened } from './shortened.ts'

/** A piece of SQL. Offsets are in UTF-16 code units; `to` is behind the last. */
export interface Token {
  readonly kind: TokenKind
  readonly from: number
  readonly to: number
  /** As it is written; of a string what is between its quotes, of a variable its name without the `@`. */
  readonly text: string
  /** Of what is no token: why not. */
  readonly fault?: string
}

export type TokenKind = 'word' | 'string' | 'number' | 'variable' | 'symbol' | 'fault' | 'end'

const SPACE = /[ \t\r\n\f]+/y
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y
const NUMBER = /\d+(?:\.\d+)?(?:[eE]-?\d+)?/y
const VARIABLE = /@[A-Za-z0-9_]*/y
const SYMBOL = /<>|<=|>=|[=<>+\-*/%.,:(){}[\]]/y
/** Everything up to where something else may begin: one fault, not one a character. */
const REST = /[^\s'"(){}[\],]+/y

/**
 * The tokens of a text, the last of which is its end. Nothing is thrown: what is no token is one of kind `fault`.
 * There are no comments, no escapes in strings, and both quotes make a string. Source: AWS IoT developer guide, "AWS
 * IoT SQL reference".
 */
export function tokenize(text: string, from = 0): readonly Token[] {
  const tokens: Token[] = []
  for (let offset = from; ; ) {
    offset = skip(SPACE, text, offset)
    const token = readToken(text, offset)
    tokens.push(token)
    if (token.kind === 'end') return tokens
    offset = token.to
  }
}

/** The token at an offset where no white space is. */
export function readToken(text: string, from: number): Token {
  const character = text[from]
  if (character === undefined) return { kind: 'end', from, to: from, text: '' }
  if (character === "'" || character === '"') return readString(text, from, character)
  return (
    readComment(text, from) ??
    readWord(text, from) ??
    readNumber(text, from) ??
    readVariable(text, from) ??
    match('symbol', SYMBOL, text, from) ??
    unknown(text, from)
  )
}

/** Where the white space that begins at an offset ends. */
export function skipSpace(text: string, from: number): number {
  return skip(SPACE, text, from)
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

function match(kind: TokenKind, pattern: RegExp, text: string, from: number): Token | undefined {
  const to = skip(pattern, text, from)
  return to === from ? undefined : { kind, from, to, text: text.slice(from, to) }
}

function fault(text: string, from: number, to: number, reason: string): Token {
  const piece = text.slice(from, to)
  return { kind: 'fault', from, to, text: piece, fault: `${shortened(piece)} ${reason}` }
}

/** A name as other languages would have it. */
const FOREIGN_NAME = /[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*/uy

/** What other languages write, and what it is here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['!=', 'unequal is <>'],
  ['!', 'it is NOT'],
  ['&&', 'it is AND'],
  ['||', 'it is OR, and of texts +'],
  ['`', 'a name stands as it is'],
  ['$', 'there are no substitution templates within SQL'],
  [';', 'a statement just ends'],
])

function unknown(text: string, from: number): Token {
  const meant = [text.slice(from, from + 2), text.slice(from, from + 1)].find((piece) => ELSEWHERE.has(piece))
  if (meant === undefined)
    return fault(text, from, Math.max(skip(REST, text, from), from + 1), 'is not part of the language')
  return fault(text, from, from + meant.length, `is not part of the language: ${ELSEWHERE.get(meant)}`)
}

function readString(text: string, from: number, quote: string): Token {
  const close = text.indexOf(quote, from + 1)
  if (close === -1) {
    return {
      kind: 'fault',
      from,
      to: text.length,
      text: text.slice(from),
      fault: `A string is not closed: ${quote} is missing`,
    }
  }
  return { kind: 'string', from, to: close + 1, text: text.slice(from + 1, close) }
}

/** `--` would be two signs of minus; AWS knows no comments, so that it is surely meant as one. */
function readComment(text: string, from: number): Token | undefined {
  const start = text.slice(from, from + 2)
  if (start !== '--' && start !== '/*' && start !== '//') return undefined
  return fault(text, from, from + 2, 'begins a comment, which AWS IoT SQL does not have')
}

function readWord(text: string, from: number): Token | undefined {
  const to = skip(FOREIGN_NAME, text, from)
  if (to === from) return undefined
  if (skip(WORD, text, from) === to) return { kind: 'word', from, to, text: text.slice(from, to) }
  return fault(
    text,
    from,
    to,
    "is no name here: names have letters from A to Z, digits and _; others are for get(*, 'name')",
  )
}

function readNumber(text: string, from: number): Token | undefined {
  const token = match('number', NUMBER, text, from)
  if (token === undefined) return undefined
  const to = skip(/[A-Za-z0-9_]+/y, text, token.to)
  return to === token.to ? token : fault(text, from, to, 'is neither a number nor a name')
}

function readVariable(text: string, from: number): Token | undefined {
  const token = match('variable', VARIABLE, text, from)
  if (token === undefined) return undefined
  return token.text === '@'
    ? fault(text, from, token.to, 'has no name of a variable')
    : { ...token, text: token.text.slice(1) }
}
