import { QueryError } from './query-error.ts'

/** Fleet indexing quotas: AWS IoT Device Management endpoints and quotas; developer guide, "Query syntax". */
const MAX_RUNS_PER_TERM = 2
const MAX_SINGLES_PER_TERM = 5
const MAX_LEADING_WILDCARDS = 1
const MAX_CHARACTERS_WITH_LEADING_WILDCARD = 100

/** What values cannot have; the guide's list. Behind a backslash and in quotation marks they are ordinary. */
const UNSUPPORTED = /[`@#%';,]/u
/** `coordinates:geo_distance,47.6204,-122.3491,15.5km`; guide, "Indexing location data". */
const GEO_QUERY = /^geo_distance,/u

/** What AWS says of a value; a term without a field has none to name. */
export function invalidValue(reason: string, field: string | undefined, value: string): string {
  return `invalid value - ${reason}${field === undefined ? '' : `, field name: ${field}`}, value: ${value}`
}

/** Whether the words of a query are some that AWS takes. Words of the refusals: docs/reference/error-texts-registry.md. */
export class WordChecks {
  readonly #queryString: string
  #leadingWildcards = 0

  constructor(queryString: string) {
    this.#queryString = queryString
  }

  /**
   * To be called for each word, from left to right.
   * @param raw as it is written, with its backslashes
   * @throws {QueryError}
   */
  check(raw: string, field: string | undefined): void {
    if (GEO_QUERY.test(raw)) throw this.#error('unsupported query type - geoquery')
    const bare = raw.replaceAll(/\\./gsu, '')
    const refuse = (reason: string) => this.#error(invalidValue(reason, field, raw))
    const [unsupported] = UNSUPPORTED.exec(bare) ?? []
    if (unsupported !== undefined) throw refuse(`unsupported special character (${unsupported})`)
    if (raw.startsWith('?')) throw refuse('wildcard character (?) is not allowed at the start of the value')
    for (const [wildcard, most] of [
      ['*', MAX_RUNS_PER_TERM],
      ['?', MAX_SINGLES_PER_TERM],
    ] as const) {
      if (bare.split(wildcard).length - 1 > most) {
        throw refuse(`too many wildcards (${wildcard}). The maximum allowed per term is ${most}`)
      }
    }
    if (raw.length === 1 || !raw.startsWith('*')) return
    this.#leadingWildcards += 1
    if (this.#leadingWildcards > MAX_LEADING_WILDCARDS) {
      throw refuse('only one term of a query can start with a wildcard (*)')
    }
    const length = [...this.#queryString].length
    if (length <= MAX_CHARACTERS_WITH_LEADING_WILDCARD) return
    throw this.#error(
      `number of characters of a query with a leading wildcard cannot exceed ${MAX_CHARACTERS_WITH_LEADING_WILDCARD}, characters found: ${length}`,
    )
  }

  #error(reason: string): QueryError {
    return new QueryError(reason, this.#queryString)
  }
}
