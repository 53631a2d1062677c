import type { Glob, GlobPart } from './glob.ts'
import type { Bound, Query } from './query.ts'
import { QueryError, syntaxError } from './query-error.ts'
import { type RangeEnd, type Token, tokenize, unescaped } from './query-tokens.ts'
import { invalidValue, WordChecks } from './word-checks.ts'

/** Fleet indexing quotas: AWS IoT Device Management endpoints and quotas; developer guide, "Query syntax". */
const MAX_TERMS = 12
/** Of parentheses within each other, so that the stack holds them: as many as fit into the longest query that AWS takes. */
const MAX_DEPTH = 500

const COMPARISONS = ['<', '<=', '>', '>='] as const
type Comparison = (typeof COMPARISONS)[number]

/** Throws where an index has no such field. */
export type CheckField = (field: string) => void

/**
 * Parses a query of the fleet index:
 *
 * ```
 * query  = any { any }             a blank is an AND that binds less than OR: a OR b c  is  (a OR b) AND c
 * any    = all { OR all }          OR is also ||
 * all    = one { AND one }         AND is also &&
 * one    = [NOT | - | !] ( [field ':'] ( value | '(' query ')' ) | field ('<' | '<=' | '>' | '>=') value )
 * value  = word | "a phrase" | ('[' | '{') low [TO] high (']' | '}')
 * ```
 *
 * Words have the wildcards `*` and `?`; a backslash makes the next character an ordinary one.
 * @param checkField asked for the field of each term, once the whole is a query of not too many terms
 * @throws {QueryError} and what `checkField` throws; of several faults the first, as AWS has it: syntax, the number of
 *   terms, then fields and values from left to right
 * @see AWS IoT developer guide, "Query syntax"; {@link tokenize} for the grammar's source
 */
export function parseQuery(text: string, checkField: CheckField = () => {}): Query {
  return new QueryParser(text, checkField).parse()
}

class QueryParser {
  readonly #text: string
  readonly #checkField: CheckField
  readonly #tokens: readonly Token[]
  readonly #words: WordChecks
  /** What is to be asked of fields and values once the syntax is known to be right. */
  readonly #checks: { readonly at: number; readonly run: () => void }[] = []
  #at = 0
  #terms = 0
  #depth = 0
  /** Where the field that was named last begins. */
  #fieldAt = 0

  constructor(text: string, checkField: CheckField) {
    this.#text = text
    this.#checkField = checkField
    this.#tokens = tokenize(text)
    this.#words = new WordChecks(text)
  }

  parse(): Query {
    const query = this.#query(undefined)
    if (this.#at < this.#tokens.length) throw this.#syntaxError()
    if (this.#terms > MAX_TERMS) {
      throw this.#error(`number of terms cannot exceed ${MAX_TERMS}, terms found: ${this.#terms}`)
    }
    for (const { at, run } of this.#checks) {
      try {
        run()
      } catch (error) {
        throw error instanceof QueryError ? error.placed(at) : error
      }
    }
    return query
  }

  #query(field: string | undefined): Query {
    const queries = [this.#any(field)]
    while (this.#at < this.#tokens.length && !this.#isNext(')')) queries.push(this.#any(field))
    return join('and', queries)
  }

  #any(field: string | undefined): Query {
    const queries = [this.#all(field)]
    while (this.#take('OR')) queries.push(this.#all(field))
    return join('or', queries)
  }

  #all(field: string | undefined): Query {
    const queries = [this.#one(field)]
    while (this.#take('AND')) queries.push(this.#one(field))
    return join('and', queries)
  }

  #one(field: string | undefined): Query {
    if (this.#take('+')) this.#refuse('unsupported operator - "+"')
    else if (this.#take('NOT') || this.#take('-')) return { type: 'not', query: this.#clause(field) }
    return this.#clause(field)
  }

  #clause(field: string | undefined): Query {
    const named = this.#fieldName()
    if (named?.operator) return this.#compared(named.field, named.operator)
    const inner = named?.field ?? field
    if (!this.#take('(')) return this.#value(inner)
    if (named) this.#check(named.field)
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw this.#error(`parentheses cannot be more than ${MAX_DEPTH} deep`)
    const query = this.#query(inner)
    this.#depth -= 1
    if (!this.#take(')')) throw this.#syntaxError()
    if (this.#take('boost')) this.#refuse('unsupported query type - boost')
    return query
  }

  /** `thingName` of `thingName:`, with the operator of `thingName >=`. */
  #fieldName(): { readonly field: string; readonly operator: Comparison | undefined } | undefined {
    const first = this.#tokens[this.#at]
    const second = this.#tokens[this.#at + 1]
    if (first?.kind !== 'term' || second === undefined) return undefined
    const operator = COMPARISONS.find((comparison) => comparison === second.kind)
    if (second.kind !== ':' && operator === undefined) return undefined
    this.#at += 2
    this.#fieldAt = first.at
    // A wildcard in the name of a field is kept as it is written: no field is called so.
    return { field: first.raw.replaceAll(/\\([^*?])/gsu, '$1'), operator }
  }

  #compared(field: string, operator: Comparison): Query {
    const token = this.#next()
    if (token.kind !== 'term' && token.kind !== 'quoted') throw this.#syntaxError()
    this.#at += 1
    this.#terms += 1
    this.#check(field)
    const written = unescaped(token.raw)
    const bound: Bound = { value: written.toLowerCase(), written, inclusive: operator.endsWith('=') }
    return operator.startsWith('<')
      ? { type: 'range', field, low: undefined, high: bound }
      : { type: 'range', field, low: bound, high: undefined }
  }

  /** A single value of a field, or of any. */
  #value(field: string | undefined): Query {
    const token = this.#next()
    this.#at += 1
    switch (token.kind) {
      case 'term':
        this.#begin(field)
        return this.#word(field, token.raw)
      case 'quoted':
        this.#begin(field)
        if (this.#take('fuzzy')) this.#refuse('unsupported query type - proximity')
        this.#takeBoost()
        return { type: 'phrase', field, text: unescaped(token.raw).toLowerCase(), written: unescaped(token.raw) }
      case 'regexp':
        this.#begin(field)
        this.#refuse('unsupported query type - regular expression')
        this.#takeBoost()
        return { type: 'everything' }
      case 'range': {
        this.#begin(field)
        this.#takeBoost()
        const { low, high, lowInclusive, highInclusive } = token
        return {
          type: 'range',
          field,
          low: this.#bound(field, low, lowInclusive),
          high: this.#bound(field, high, highInclusive),
        }
      }
      default:
        throw syntaxError(this.#text, token.at)
    }
  }

  #begin(field: string | undefined): void {
    this.#terms += 1
    if (field !== undefined) this.#check(field)
  }

  #word(field: string | undefined, raw: string): Query {
    if (this.#take('fuzzy')) this.#refuse('unsupported query type - fuzzy')
    if (this.#takeBoost() && this.#take('fuzzy')) this.#refuse('unsupported query type - fuzzy')
    this.#checkLater(() => this.#words.check(raw, field))
    const glob = globOf(raw)
    const [only] = glob
    if (glob.length === 1 && only?.type === 'run') {
      return field === undefined ? { type: 'everything' } : { type: 'exists', field }
    }
    return { type: 'word', field, glob, raw }
  }

  #bound(field: string | undefined, { text, isQuoted }: RangeEnd, inclusive: boolean): Bound | undefined {
    if (isQuoted) return { value: text.toLowerCase(), written: text, inclusive }
    if (text === '*') return undefined
    if (/[*?]/u.test(text)) this.#refuse(invalidValue('wildcards are not allowed in a range', field, text))
    return { value: text.toLowerCase(), written: text, inclusive }
  }

  #takeBoost(): boolean {
    const isBoosted = this.#take('boost')
    if (isBoosted) this.#refuse('unsupported query type - boost')
    return isBoosted
  }

  #check(field: string): void {
    this.#checkLater(() => {
      if (/[*?]/u.test(field)) throw new QueryError(invalidField(field), this.#text)
      this.#checkField(field)
    }, this.#fieldAt)
  }

  #refuse(reason: string): void {
    this.#checkLater(() => {
      throw this.#error(reason)
    })
  }

  /** To be asked once the syntax is right, about the token that was taken last. */
  #checkLater(run: () => void, at = this.#tokens[this.#at - 1]?.at ?? 0): void {
    this.#checks.push({ at, run })
  }

  #isNext(kind: Token['kind']): boolean {
    return this.#tokens[this.#at]?.kind === kind
  }

  #take(kind: Token['kind']): boolean {
    if (!this.#isNext(kind)) return false
    this.#at += 1
    return true
  }

  #next(): Token {
    const token = this.#tokens[this.#at]
    if (!token) throw this.#syntaxError()
    return token
  }

  /** Of the token that is next, or of the end. */
  #syntaxError(): QueryError {
    return syntaxError(this.#text, this.#tokens[this.#at]?.at ?? this.#text.length)
  }

  #error(reason: string): QueryError {
    return new QueryError(reason, this.#text)
  }
}

/** What AWS says of a field that an index does not have. */
export const invalidField = (field: string): string => `invalid field name, field name: ${field}`

function globOf(raw: string): Glob {
  return [...raw.matchAll(/\\(.)|(.)/gsu)].flatMap(([, escaped, plain = '']): GlobPart[] => {
    if (escaped === undefined && plain === '*') return [{ type: 'run' }]
    if (escaped === undefined && plain === '?') return [{ type: 'one' }]
    return [...(escaped ?? plain).toLowerCase()].map((character) => ({ type: 'character', character }))
  })
}

/** One query of several; those that are joined alike already lie side by side, so that each can narrow the search. */
function join(type: 'and' | 'or', queries: readonly Query[]): Query {
  const [only] = queries
  if (only && queries.length === 1) return only
  return { type, queries: queries.flatMap((query) => (query.type === type ? query.queries : [query])) }
}
