import type { Glob, GlobPart } from './glob.ts'
import { type Bound, isNumber, type Query } from './query.ts'

/** A query that is none. `position` is that of the character at fault. */
export class QueryError extends Error {
  readonly position: number

  constructor(message: string, position: number) {
    super(message)
    this.name = 'QueryError'
    this.position = position
  }
}

/** Fleet indexing quotas, service quotas page. */
const MAX_BYTES = 1000
const MAX_TERMS = 12
const MAX_RUNS_PER_TERM = 2
const MAX_SINGLES_PER_TERM = 5
const MAX_LEADING_WILDCARDS = 1
const MAX_CHARACTERS_WITH_LEADING_WILDCARD = 100

/** What the syntax does not have; in a word they need a backslash. */
const UNSUPPORTED = /[`@#%/';,]/

/**
 * Parses a query of the fleet index:
 *
 * ```
 * query = all { OR all }           all  = term { [AND] term }
 * term  = (NOT | -) term | '(' query ')' | [field ':'] value | field op number
 * value = word | "a phrase" | range | '(' query without fields ')'
 * range = ('[' | '{') low TO high (']' | '}')       op = < | <= | > | >=
 * ```
 *
 * Words have the wildcards `*` and `?`; a backslash makes the next character an ordinary one.
 * @throws {QueryError}
 * @see AWS IoT developer guide, "Query syntax"
 */
export function parseQuery(text: string): Query {
  return new QueryParser(text).parse()
}

interface Word {
  readonly glob: Glob
  /** The characters as they are meant, in their own case. */
  readonly text: string
}

class QueryParser {
  readonly #text: string
  #at = 0
  #terms = 0
  #leadingWildcards = 0

  constructor(text: string) {
    this.#text = text
  }

  parse(): Query {
    if (Buffer.byteLength(this.#text) > MAX_BYTES) throw new QueryError(`Query is longer than ${MAX_BYTES} bytes`, 0)
    const query = this.#any(undefined)
    this.#skipBlanks()
    if (this.#at < this.#text.length) throw this.#error(`Unexpected '${this.#text[this.#at]}'`)
    if (this.#leadingWildcards > 0 && this.#text.length > MAX_CHARACTERS_WITH_LEADING_WILDCARD) {
      throw this.#error(
        `A query with a leading wildcard has at most ${MAX_CHARACTERS_WITH_LEADING_WILDCARD} characters`,
      )
    }
    return query
  }

  #any(field: string | undefined): Query {
    const queries = [this.#all(field)]
    while (this.#takeOperator('OR')) queries.push(this.#all(field))
    return join('or', queries)
  }

  #all(field: string | undefined): Query {
    const queries = [this.#term(field)]
    while (this.#takeOperator('AND') || !this.#isAtEndOfTerms()) queries.push(this.#term(field))
    return join('and', queries)
  }

  #isAtEndOfTerms(): boolean {
    this.#skipBlanks()
    return this.#at >= this.#text.length || this.#text[this.#at] === ')' || this.#isOperator('OR')
  }

  #term(field: string | undefined): Query {
    this.#skipBlanks()
    if (this.#takeOperator('NOT') || this.#take('-')) return { type: 'not', query: this.#term(field) }
    if (this.#isOperator('AND') || this.#isOperator('OR')) throw this.#error('An operator needs a term on either side')
    if (this.#take('(')) return this.#group(field)
    if (field !== undefined) return this.#value(field)
    return this.#fieldOrWord()
  }

  #group(field: string | undefined): Query {
    const query = this.#any(field)
    this.#skipBlanks()
    if (!this.#take(')')) throw this.#error("Missing ')'")
    return query
  }

  #fieldOrWord(): Query {
    if (this.#text[this.#at] === '"') return this.#value(undefined)
    const start = this.#at
    const word = this.#word(/[\s()":<>]/)
    this.#skipBlanks()
    const isField = word.glob.every(({ type }) => type === 'character')
    if (isField && this.#take(':')) {
      this.#skipBlanks()
      return this.#take('(') ? this.#group(word.text) : this.#value(word.text)
    }
    const operator = isField ? this.#comparison() : undefined
    if (operator !== undefined) return this.#compared(word.text, operator)
    this.#at = start
    return this.#value(undefined)
  }

  /** A single value of a field, or of any. */
  #value(field: string | undefined): Query {
    this.#terms += 1
    if (this.#terms > MAX_TERMS) throw this.#error(`A query has at most ${MAX_TERMS} terms`)
    const first = this.#text[this.#at]
    if (first === '"') return { type: 'phrase', field, text: this.#phrase().toLowerCase() }
    if (first === '[' || first === '{') {
      if (field === undefined) throw this.#error('A range needs a field')
      return this.#range(field)
    }
    const { glob } = this.#word(field === undefined ? /[\s()":<>]/ : /[\s()"]/)
    this.#checkWildcards(glob)
    const [only] = glob
    if (glob.length === 1 && only?.type === 'run') {
      return field === undefined ? { type: 'everything' } : { type: 'exists', field }
    }
    return { type: 'word', field, glob }
  }

  #compared(field: string, operator: string): Query {
    this.#terms += 1
    if (this.#terms > MAX_TERMS) throw this.#error(`A query has at most ${MAX_TERMS} terms`)
    this.#skipBlanks()
    const { text } = this.#word(/[\s()"]/)
    if (!isNumber(text)) throw this.#error(`'${operator}' needs a number`)
    const bound: Bound = { value: text, inclusive: operator.endsWith('=') }
    return operator.startsWith('<')
      ? { type: 'range', field, low: undefined, high: bound }
      : { type: 'range', field, low: bound, high: undefined }
  }

  #range(field: string): Query {
    const lowInclusive = this.#text[this.#at] === '['
    this.#at += 1
    const low = this.#bound(lowInclusive)
    if (!this.#takeOperator('TO')) throw this.#error("A range needs 'TO'")
    const high = this.#bound(true)
    this.#skipBlanks()
    const isClosed = this.#take(']')
    if (!isClosed && !this.#take('}')) throw this.#error("Missing ']' or '}'")
    return { type: 'range', field, low, high: high && { ...high, inclusive: isClosed } }
  }

  /** An end of a range; `*` leaves it open. */
  #bound(inclusive: boolean): Bound | undefined {
    this.#skipBlanks()
    if (this.#text[this.#at] === '"') return { value: this.#phrase().toLowerCase(), inclusive }
    const { text, glob } = this.#word(/[\s()"\]}]/)
    const [only] = glob
    if (glob.length === 1 && only?.type === 'run') return undefined
    if (glob.some(({ type }) => type !== 'character')) throw this.#error('A range has no wildcards')
    return { value: text.toLowerCase(), inclusive }
  }

  #comparison(): string | undefined {
    for (const operator of ['<=', '>=', '<', '>']) {
      if (this.#text.startsWith(operator, this.#at)) {
        this.#at += operator.length
        return operator
      }
    }
    return undefined
  }

  #phrase(): string {
    const start = this.#at
    this.#at += 1
    let phrase = ''
    for (;;) {
      const character = this.#text[this.#at]
      if (character === undefined) throw new QueryError('Missing quotation mark', start)
      this.#at += 1
      if (character === '"') break
      phrase += character === '\\' ? this.#escaped() : character
    }
    if (phrase.trim() === '') throw new QueryError('Empty phrase', start)
    return phrase
  }

  #word(end: RegExp): Word {
    const glob: GlobPart[] = []
    let text = ''
    for (;;) {
      const character = this.#text[this.#at]
      if (character === undefined || end.test(character)) break
      if (UNSUPPORTED.test(character) || /[[\]{}]/.test(character)) throw this.#error(`'${character}' is not supported`)
      this.#at += 1
      if (character === '*') glob.push({ type: 'run' })
      else if (character === '?') glob.push({ type: 'one' })
      else {
        const meant = character === '\\' ? this.#escaped() : character
        text += meant
        glob.push(...[...meant.toLowerCase()].map((each): GlobPart => ({ type: 'character', character: each })))
      }
    }
    if (glob.length === 0) throw this.#error('A value is missing')
    return { glob, text }
  }

  #escaped(): string {
    const character = this.#text[this.#at]
    if (character === undefined) throw this.#error('Nothing follows the backslash')
    this.#at += 1
    return character
  }

  #checkWildcards(glob: Glob): void {
    const count = (type: GlobPart['type']) => glob.filter((part) => part.type === type).length
    if (count('run') > MAX_RUNS_PER_TERM) throw this.#error(`A term has at most ${MAX_RUNS_PER_TERM} '*'`)
    if (count('one') > MAX_SINGLES_PER_TERM) throw this.#error(`A term has at most ${MAX_SINGLES_PER_TERM} '?'`)
    if (glob.length > 1 && glob[0]?.type !== 'character') {
      this.#leadingWildcards += 1
      if (this.#leadingWildcards > MAX_LEADING_WILDCARDS) {
        throw this.#error('Only one term of a query can begin with a wildcard')
      }
    }
  }

  #isOperator(operator: string): boolean {
    this.#skipBlanks()
    const next = this.#text[this.#at + operator.length]
    return this.#text.startsWith(operator, this.#at) && (next === undefined || /[\s()"]/.test(next))
  }

  #takeOperator(operator: string): boolean {
    if (!this.#isOperator(operator)) return false
    this.#at += operator.length
    return true
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1
  }

  #error(message: string): QueryError {
    return new QueryError(message, this.#at)
  }
}

function join(type: 'and' | 'or', queries: Query[]): Query {
  const [only] = queries
  return only && queries.length === 1 ? only : { type, queries }
}
