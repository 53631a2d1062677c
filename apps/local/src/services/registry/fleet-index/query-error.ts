/** A query that is none. The message is what AWS says of it: `Unable to parse query, invalid syntax, query string: (`. */
export class QueryError extends Error {
  /** @param reason what stands between `Unable to parse query` and the query string */
  constructor(reason: string, queryString: string) {
    super(`Unable to parse query, ${reason}, query string: ${queryString}`)
    this.name = 'QueryError'
  }
}

/** What the grammar does not have. */
export const syntaxError = (queryString: string): QueryError => new QueryError('invalid syntax', queryString)
