import { setImmediate } from 'node:timers/promises'
import type { Field } from '@aws-sdk/client-iot'
import { type IndexedDocument, type IndexedValue, matches, type Query } from '@thingdeck/fleet-query'
import { Changes } from '../../../foundation/changes.ts'
import type { LocalContext } from '../../../foundation/context.ts'
import type { Database } from '../../../foundation/database.ts'
import { invalidRequest } from '../../../foundation/errors.ts'
import type { FleetSources } from '../../../foundation/fleet-sources.ts'
import type { IotInput } from '../../../foundation/iot-handlers.ts'
import { mapPage, type Page, type PageRequest, paginate } from '../../../foundation/paging.ts'
import type { Thing } from '../../../foundation/thing.ts'
import { reachingGroups } from '../static-groups.ts'
import type { CandidatePlace } from '../thing-attribute-search.ts'
import type { ThingGroup } from '../thing-group.ts'
import type { ThingGroupTable } from '../thing-group-table.ts'
import { dropSearchIndexes, makeSearchIndexes } from '../thing-search-indexes.ts'
import type { IndexPiece, ThingSearchTable } from '../thing-search-table.ts'
import { ofType } from './aggregation-field.ts'
import { type Candidates, shadowsOfMatches } from './candidates.ts'
import { cheapestFirst } from './cheapest-first.ts'
import { thingGroupDocument } from './documents.ts'
import { type IndexName, IndexQueries, THING_GROUPS_INDEX, THINGS_INDEX } from './index-queries.ts'
import { IndexingConfiguration } from './indexing-configuration.ts'
import { isFirstFound, type SearchStep, stepsOf } from './search-steps.ts'
import { placeOf, type SearchTokens, startOf } from './search-token.ts'
import { areShadowsIndexed, type FoundThing, type GroupNames, searchedShadows, thingView } from './thing-view.ts'

const DEFAULT_PAGE_SIZE = 100
const BATCH = 500

/** Unless said otherwise one call looks at this many things at most, so that no query holds up the server; its page may then be short. */
const MAX_EXAMINED = 10_000

const EVERYTHING: Candidates = { by: 'all' }

/** A value that a custom field does not take. */
export interface FailedField {
  readonly name: string
  readonly value: IndexedValue
  readonly expectedType: string
}

/** Of each index. */
export type CustomFields = Readonly<Record<IndexName, readonly Field[]>>

export interface ThingSearch {
  readonly tokens: SearchTokens
  /** What `thingGroupNames` holds; without it, static groups only, which is what the queries of dynamic groups see. */
  readonly groupNamesOf?: GroupNames
  /** A further condition. */
  readonly accept?: (thing: Thing) => boolean
  /** At most so many things are looked at. */
  readonly examined?: number | undefined
}

interface SeenThing {
  readonly thing: Thing
  readonly found: () => FoundThing
}

/**
 * Searches the registry, shadows and connectivity by queries. It reads what is stored; what is written behind only tells
 * where to look, and what that lacks is looked through. So an index that is on is ACTIVE at once.
 * @see AWS IoT developer guide, "Fleet indexing"
 */
export class FleetIndex {
  readonly configuration: IndexingConfiguration
  readonly queries: IndexQueries
  /** Told within the change: a listener that throws takes it back. */
  readonly reconfigured = new Changes<{ readonly before: CustomFields; readonly after: CustomFields }>()
  readonly #database: Database
  readonly #things: ThingSearchTable
  readonly #groups: ThingGroupTable
  readonly #sources: FleetSources

  constructor(context: LocalContext, things: ThingSearchTable, groups: ThingGroupTable, sources: FleetSources) {
    this.#database = context.database
    this.configuration = new IndexingConfiguration(context)
    this.queries = new IndexQueries(context, this.configuration)
    this.#things = things
    this.#groups = groups
    this.#sources = sources
    // Of an earlier release it may lack some of the indexes that searches need.
    if (this.queries.isThingIndexOn) makeSearchIndexes(context.database)
    this.#keepShadows()
  }

  /** After the database was emptied: an index that is off keeps nothing. */
  reset(): void {
    dropSearchIndexes(this.#database)
    this.#keepShadows()
  }

  #keepShadows(): void {
    this.#sources.shadows?.keepIndex(areShadowsIndexed(this.configuration.things))
  }

  /** See {@link ThingSearchTable.catchUp}. */
  catchUp(piece: IndexPiece): boolean {
    return this.queries.isThingIndexOn && this.#things.catchUp(piece)
  }

  /** Whether all is indexed but what changed lately. */
  get isMade(): boolean {
    return this.#things.isMade
  }

  updateConfiguration(input: IotInput<'UpdateIndexingConfiguration'>): void {
    const mode = input.thingIndexingConfiguration?.thingIndexingMode
    if (mode === 'OFF' && this.#groups.hasDynamic()) {
      throw invalidRequest('Thing indexing cannot be turned off while there are dynamic thing groups')
    }
    this.#database.transaction(() => {
      const before = this.#customFields()
      this.configuration.update(input)
      this.reconfigured.tell({ before, after: this.#customFields() })
      if (mode === 'OFF') dropSearchIndexes(this.#database)
      else if (mode !== undefined) makeSearchIndexes(this.#database)
      this.#keepShadows()
    })
  }

  #customFields(): CustomFields {
    const { things, thingGroups } = this.configuration
    return { AWS_Things: things.customFields ?? [], AWS_ThingGroups: thingGroups.customFields ?? [] }
  }

  /** The `schema` of an index. @throws {AwsError} as {@link IndexQueries.indexNamed} */
  schemaOf(indexName: string): string {
    if (this.queries.indexNamed(indexName) === THING_GROUPS_INDEX) return 'THING_GROUPS'
    const things = this.configuration.things
    const isMulti = things.namedShadowIndexingMode === 'ON' || things.deviceDefenderIndexingMode === 'VIOLATIONS'
    if (isMulti) return 'MULTI_INDEXING_MODE'
    const suffix = things.thingConnectivityIndexingMode === 'STATUS' ? '_AND_CONNECTIVITY_STATUS' : ''
    return `${things.thingIndexingMode}${suffix}`
  }

  listIndices(request: PageRequest): Page<string> {
    const places = this.queries.indexNames.map((name, place) => ({ name, place }))
    const found = paginate(
      request,
      'ListIndices',
      [-1],
      ([after]: readonly [number], count) => places.filter(({ place }) => place > after).slice(0, count),
      ({ place }) => [place],
    )
    return mapPage(found, ({ name }) => name)
  }

  /** Things that match, read forward from a place. A page may be short, even empty, and still have a token. */
  searchThings(query: Query, request: PageRequest, search: ThingSearch): Page<FoundThing> {
    return mapPage(this.#search(query, request, search), ({ found }) => found())
  }

  /** As {@link searchThings}, without what the index holds of them, which costs more than to find them. */
  findThings(query: Query, request: PageRequest, search: ThingSearch): Page<Thing> {
    return mapPage(this.#search(query, request, search), ({ thing }) => thing)
  }

  #search(query: Query, request: PageRequest, search: ThingSearch): Page<SeenThing> {
    const { tokens, groupNamesOf, accept, examined: most = MAX_EXAMINED } = search
    const size = request.maxResults ?? DEFAULT_PAGE_SIZE
    const view = this.#view(groupNamesOf)
    const ordered = cheapestFirst(query)
    const start = startOf(tokens.decode(request.nextToken, ['', 0]))
    const choices = [...start.choices]
    const steps = this.#stepsOf(query, choices)
    const soughtShadows = shadowsOfMatches(query)
    const found: SeenThing[] = []
    let { step, place } = start
    const tokenAt = () => tokens.encode(placeOf([step, ...choices], place))
    // Who wants a few is not kept waiting for many; where few match, it is soon whole batches.
    let count = Math.min(BATCH, size + 1, most)
    for (let examined = 0; examined < most; ) {
      const { candidates, isLast } = this.#things.read(steps[step]?.candidates ?? EVERYTHING, place, count)
      examined += count
      const mayMatch = this.#things.withShadows(candidates, soughtShadows)
      for (const candidate of candidates) {
        const thing = candidate.record?.thing
        const seen = thing && mayMatch(thing) ? view(thing) : undefined
        if (
          thing &&
          seen &&
          matches(ordered, seen.document) &&
          isFirstFound(steps, step, seen.document) &&
          (accept?.(thing) ?? true)
        ) {
          if (found.length === size) return { items: found, nextToken: tokenAt() }
          found.push({ thing, found: seen.found })
        }
        place = candidate.place
      }
      if (isLast) {
        step += 1
        place = ['', 0]
        if (step >= steps.length) return { items: found, nextToken: undefined }
      }
      count = Math.min(BATCH, count * 2, most - examined)
    }
    return { items: found, nextToken: tokenAt() }
  }

  /** @param choices those that were made on the first page, which all others go on with; on that, those that are made */
  #stepsOf(query: Query, choices: number[] = []): readonly SearchStep[] {
    let made = 0
    return stepsOf(query, searchedShadows(this.configuration.things), (ways) => {
      const choice = choices[made] ?? this.#things.fewest(ways)
      choices[made++] = choice
      return choice
    })
  }

  /**
   * What matches, for who looks at all of it. Others have their turn between batches, so that what changes meanwhile may
   * be seen as it was or as it is.
   */
  async *documents(index: IndexName, query: Query, groupNamesOf: GroupNames): AsyncGenerator<IndexedDocument> {
    const ordered = cheapestFirst(query)
    for await (const document of index === THINGS_INDEX
      ? this.#thingDocuments(query, groupNamesOf)
      : this.#thingGroupDocuments()) {
      if (matches(ordered, document)) yield document
    }
  }

  async *#thingDocuments(query: Query, groupNamesOf: GroupNames): AsyncGenerator<IndexedDocument> {
    const view = this.#view(groupNamesOf)
    const steps = this.#stepsOf(query)
    const soughtShadows = shadowsOfMatches(query)
    for (const [step, { candidates }] of steps.entries()) {
      let place: CandidatePlace = ['', 0]
      for (;;) {
        const batch = this.#things.read(candidates, place, BATCH)
        const mayMatch = this.#things.withShadows(batch.candidates, soughtShadows)
        for (const candidate of batch.candidates) {
          const thing = candidate.record?.thing
          const document = thing && mayMatch(thing) ? view(thing).document : undefined
          if (document && isFirstFound(steps, step, document)) yield document
          place = candidate.place
        }
        if (batch.isLast) break
        await setImmediate()
      }
    }
  }

  async *#thingGroupDocuments(): AsyncGenerator<IndexedDocument> {
    let after = 0
    for (;;) {
      const batch = this.#groups.read({ parent: undefined, recursive: false, namePrefix: '' }, after, BATCH)
      for (const { seq, group } of batch) {
        yield thingGroupDocument(group)
        after = seq
      }
      if (batch.length < BATCH) return
      await setImmediate()
    }
  }

  /** Whether a thing matches, as a search that sees static groups would find it. */
  matchesThing(query: Query, thing: Thing): boolean {
    return matches(query, this.#view()(thing).document)
  }

  /** Values of a thing that are not of the type that their custom field has, as the index has it now. */
  failedFields(thing: Thing): FailedField[] {
    const { customFields = [] } = this.configuration.things
    if (customFields.length === 0) return []
    const { document } = this.#view()(thing)
    return customFields.flatMap(({ name = '', type = 'String' }) =>
      document
        .values(name)
        .filter((value) => ofType(type, value).length === 0)
        .map((value) => ({ name, value, expectedType: type })),
    )
  }

  searchThingGroups(query: Query, request: PageRequest, tokens: SearchTokens): Page<ThingGroup> {
    const size = request.maxResults ?? DEFAULT_PAGE_SIZE
    const everyGroup = { parent: undefined, recursive: false, namePrefix: '' }
    const found: ThingGroup[] = []
    let [, after] = tokens.decode(request.nextToken, ['', 0])
    for (;;) {
      const batch = this.#groups.read(everyGroup, after, BATCH)
      for (const { seq, group } of batch) {
        if (matches(query, thingGroupDocument(group))) {
          if (found.length === size) return { items: found, nextToken: tokens.encode(['', after]) }
          found.push(group)
        }
        after = seq
      }
      if (batch.length < BATCH) return { items: found, nextToken: undefined }
    }
  }

  /** Names of the thing's static groups, all above them, and its billing group. */
  #staticGroupNames(thing: Thing): readonly string[] {
    return withBillingGroup(reachingGroups(this.#groups, thing.thingName), thing)
  }

  /** How the index sees things, by the configuration of now. */
  #view(groupNamesOf: GroupNames = (thing) => this.#staticGroupNames(thing)) {
    return thingView(this.configuration.things, this.#sources, groupNamesOf)
  }
}

/** A thing's billing group counts among its groups. */
export const withBillingGroup = (names: readonly string[], { billingGroupName }: Thing): readonly string[] =>
  billingGroupName === undefined ? names : [...names, billingGroupName]
