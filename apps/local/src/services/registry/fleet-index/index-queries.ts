import { AwsError } from '@thingdeck/aws-api'
import { parseQuery, type Query, QueryError } from '@thingdeck/fleet-query'
import type { LocalContext } from '../../../foundation/context.ts'
import { invalidRequest, notFound } from '../../../foundation/errors.ts'
import { thingFields, thingGroupFields } from './fields.ts'
import type { IndexingConfiguration } from './indexing-configuration.ts'

export const THINGS_INDEX = 'AWS_Things'
export const THING_GROUPS_INDEX = 'AWS_ThingGroups'
export const QUERY_VERSION = '2017-09-30'

const INDEX_NAMES = [THINGS_INDEX, THING_GROUPS_INDEX] as const
export type IndexName = (typeof INDEX_NAMES)[number]

/** Of a query string, in characters. Source: what AWS answers to a longer one, floci `IotFleetIndexingServiceTest`. */
const MAX_QUERY_LENGTH = 1000
/** As many as there are dynamic groups, and some that were. */
const MAX_STORED = 200

/** A query as a request has it. */
export interface AskedQuery {
  readonly queryString: string
  readonly queryVersion?: string | undefined
  /** Default {@link THINGS_INDEX}. */
  readonly indexName?: string | undefined
}

/** Which indexes there are, and what they can be asked. */
export class IndexQueries {
  readonly #configuration: IndexingConfiguration
  readonly #log: LocalContext['log']
  /** Queries of dynamic groups, by their text: each thing's groups ask for all of them. */
  readonly #stored = new Map<string, Query>()

  constructor({ log }: LocalContext, configuration: IndexingConfiguration) {
    this.#configuration = configuration
    this.#log = log
  }

  get isThingIndexOn(): boolean {
    return this.#configuration.things.thingIndexingMode !== 'OFF'
  }

  /** Names of the indexes that are on. */
  get indexNames(): IndexName[] {
    const groups = this.#configuration.thingGroups.thingGroupIndexingMode === 'ON'
    return INDEX_NAMES.filter((name) => (name === THINGS_INDEX ? this.isThingIndexOn : groups))
  }

  /**
   * Reads what somebody asks an index, which has to be on.
   * @throws {AwsError} InvalidQueryException; InvalidRequestException for a version that is none, too long a query, or
   *   fields of what is not indexed; as {@link indexNamed} for the index. In this order, which is AWS's: see the sources
   *   of {@link thingFields}.
   */
  parse({ queryString, queryVersion, indexName = THINGS_INDEX }: AskedQuery): { index: IndexName; query: Query } {
    const length = [...queryString].length
    if (length > MAX_QUERY_LENGTH) {
      throw invalidRequest(
        `1 validation error detected: Value '${queryString}' at 'queryString' failed to satisfy constraint: Member must have length less than or equal to ${MAX_QUERY_LENGTH}`,
      )
    }
    if (queryVersion !== undefined && queryVersion !== QUERY_VERSION) {
      throw invalidRequest(`Invalid queryVersion. Expected one of: [${QUERY_VERSION}]`)
    }
    const index = this.indexNamed(indexName, '. Please enable index by calling UpdateIndexingConfiguration')
    const fields =
      index === THINGS_INDEX ? thingFields(this.#configuration.things, queryString) : thingGroupFields(queryString)
    try {
      return { index, query: parseQuery(queryString, fields) }
    } catch (error) {
      if (error instanceof QueryError) throw new AwsError('InvalidQueryException', error.message)
      throw error
    }
  }

  /**
   * A query that was asked before, of a dynamic group: what it was checked against may have been turned off since, and
   * one that an earlier release took may be none any more; it then matches nothing, and the log says so.
   */
  stored(queryString: string): Query {
    const known = this.#stored.get(queryString)
    if (known) return known
    const query = this.#readStored(queryString)
    if (this.#stored.size >= MAX_STORED) this.#stored.clear()
    this.#stored.set(queryString, query)
    return query
  }

  #readStored(queryString: string): Query {
    try {
      return parseQuery(queryString)
    } catch (error) {
      if (!(error instanceof QueryError)) throw error
      this.#log.warn({ queryString }, `a dynamic thing group has no members: ${error.message}`)
      return { type: 'or', queries: [] }
    }
  }

  /**
   * An index that is on.
   * @param advice what the message adds where it is off
   * @throws {AwsError} InvalidRequestException where there is none of this name, ResourceNotFoundException where it is off
   */
  indexNamed(name: string, advice = ''): IndexName {
    const index = INDEX_NAMES.find((known) => known === name)
    if (index === undefined) throw invalidRequest(`Unrecognized indexName ${name}`)
    if (!this.indexNames.includes(index)) throw notFound(`Index ${index} does not exist${advice}`)
    return index
  }
}
