import { syntaxError } from './query-error.ts'

/** An end of a range as it is written; one in quotation marks stands for itself, `*` otherwise leaves it open. */
export interface RangeEnd {
  readonly text: string
  readonly isQuoted: boolean
}

export type Token = TokenKind & {
  /** Where it begins in the query, in UTF-16 units. */
  readonly at: number
}

type TokenKind =
  | { readonly kind: 'AND' | 'OR' | 'NOT' | '+' | '-' | '(' | ')' | ':' | '<' | '<=' | '>' | '>=' }
  /** `raw` still has its backslashes. */
  | { readonly kind: 'term' | 'quoted' | 'regexp'; readonly raw: string }
  | { readonly kind: 'fuzzy' | 'boost' }
  | {
      readonly kind: 'range'
      readonly low: RangeEnd
      readonly high: RangeEnd
      readonly lowInclusive: boolean
      readonly highInclusive: boolean
    }

type SignKind = Exclude<TokenKind['kind'], 'term' | 'quoted' | 'regexp' | 'fuzzy' | 'boost' | 'range'>

/** `=` between field and value is another `:`. */
const SIGNS: ReadonlyMap<string, SignKind> = new Map<string, SignKind>([
  ['<=', '<='],
  ['>=', '>='],
  ['!', 'NOT'],
  ['+', '+'],
  ['-', '-'],
  ['(', '('],
  [')', ')'],
  [':', ':'],
  ['=', ':'],
  ['<', '<'],
  ['>', '>'],
])

const WORDS: ReadonlyMap<string, SignKind> = new Map<string, SignKind>([
  ['AND', 'AND'],
  ['&&', 'AND'],
  ['OR', 'OR'],
  ['||', 'OR'],
  ['NOT', 'NOT'],
])

const BLANK = /[ \t\n\r\u3000]+/uy
const TERM = /(?:[^ \t\n\r\u3000+\-!():^<>=[\]"{}~\\/]|\\.)(?:[^ \t\n\r\u3000!():^<>=[\]"{}~\\/]|\\.)*/suy
const QUOTED = /"(?:[^"\\]|\\.)*"/suy
const REGEXP = /\/(?:[^/]|\\\/)*\//suy
const FUZZY = /~(?:\d+(?:\.\d+)?)?/uy
const BOOST = /\^\d+(?:\.\d+)?/uy
const SIGN = /<=|>=|[!+\-():=<>]/uy
const RANGE_QUOTED = /"(?:\\"|[^"])+"/suy
const RANGE_TEXT = /[^ \]}]+/suy

/**
 * The tokens of a query. AWS reads queries by the grammar of Lucene's standard query parser: what it answers to 60 odd
 * inputs, as measured by floci (`IotFleetIndexingServiceTest`), is what that grammar says.
 * @throws {QueryError} for what no token begins with
 * @see Apache Lucene, `flexible/standard/parser/StandardSyntaxParser.jj`
 */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const text = pattern.exec(query)?.[0]
    if (text !== undefined) at += text.length
    return text
  }
  for (;;) {
    take(BLANK)
    if (at >= query.length) return tokens
    const begin = at
    const term = take(TERM)
    if (term !== undefined) {
      const word = WORDS.get(term)
      tokens.push(word ? { kind: word, at: begin } : { kind: 'term', raw: term, at: begin })
      continue
    }
    const quoted = take(QUOTED)
    if (quoted !== undefined) {
      tokens.push({ kind: 'quoted', raw: quoted.slice(1, -1), at: begin })
      continue
    }
    const sign = SIGNS.get(take(SIGN) ?? '')
    if (sign) tokens.push({ kind: sign, at: begin })
    else if (query[at] === '[' || query[at] === '{') tokens.push({ ...takeRange(), at: begin })
    else tokens.push({ ...takeUnsupported(), at: begin })
  }

  /** `~`, `^` and `/…/`: the grammar has them, AWS says by their names that it does not. */
  function takeUnsupported(): TokenKind {
    const regexp = take(REGEXP)
    if (regexp !== undefined) return { kind: 'regexp', raw: regexp }
    if (take(FUZZY) !== undefined) return { kind: 'fuzzy' }
    if (take(BOOST) !== undefined) return { kind: 'boost' }
    throw syntaxError(query, at)
  }

  /** `[low TO high}`; `TO` may be left out. Within brackets spaces alone separate, so that `[a\tTO\tb]` is one text. */
  function takeRange(): TokenKind {
    const lowInclusive = query[at] === '['
    at += 1
    const parts: (RangeEnd | 'TO')[] = []
    for (;;) {
      while (query[at] === ' ') at += 1
      const part = takeRangePart()
      if (part === undefined) break
      parts.push(part)
    }
    const highInclusive = query[at] === ']'
    if (!highInclusive && query[at] !== '}') throw syntaxError(query, at)
    at += 1
    const [low, second, third] = parts
    const high = second === 'TO' ? third : second
    const isWhole = parts.length === (second === 'TO' ? 3 : 2)
    if (!isWhole || low === undefined || low === 'TO' || high === undefined || high === 'TO')
      throw syntaxError(query, at)
    return { kind: 'range', low, high, lowInclusive, highInclusive }
  }

  /** The longer of a text in quotation marks and a text that ends with a blank or the range. */
  function takeRangePart(): RangeEnd | 'TO' | undefined {
    const start = at
    const quoted = take(RANGE_QUOTED)
    at = start
    const text = take(RANGE_TEXT)
    if (quoted !== undefined && quoted.length >= (text?.length ?? 0)) {
      at = start + quoted.length
      return { text: unescaped(quoted.slice(1, -1)), isQuoted: true }
    }
    if (text === undefined) return undefined
    return text === 'TO' ? 'TO' : { text: unescaped(text), isQuoted: false }
  }
}

/** The text that is meant: a backslash makes the next character an ordinary one. */
export const unescaped = (raw: string): string => raw.replaceAll(/\\(.)/gsu, '$1')
