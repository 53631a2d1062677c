const SYNTAX = 'invalid syntax'

/** A query that is none. The message is what AWS says of it: `Unable to parse query, invalid syntax, query string: (`. */
export class QueryError extends Error {
  /** What stands between `Unable to parse query` and the query string. */
  readonly reason: string
  #at: number | undefined

  /** @param at see {@link QueryError.at} */
  constructor(reason: string, queryString: string, at?: number) {
    super(`Unable to parse query, ${reason}, query string: ${queryString}`)
    this.name = 'QueryError'
    this.reason = reason
    this.#at = at
  }

  /** Where in the query string it fails, in UTF-16 units; AWS does not say, and nor does its message. */
  get at(): number | undefined {
    return this.#at
  }

  /** Whether the grammar has none of it; else a field or a value of it is refused. */
  get isOfSyntax(): boolean {
    return this.reason === SYNTAX
  }

  /** The same, once it is known where; whoever knew it before is right. */
  placed(at: number): this {
    this.#at ??= at
    return this
  }
}

/** What the grammar does not have. */
export const syntaxError = (queryString: string, at?: number): QueryError => new QueryError(SYNTAX, queryString, at)
