import type { Database } from '../../foundation/database.ts'
import type { FleetSources, ShadowedThings, ShadowFinder, SoughtShadow } from '../../foundation/fleet-sources.ts'
import { AFTER_ALL } from '../../foundation/text-order.ts'
import type { Thing } from '../../foundation/thing.ts'
import type { Beginning, Candidates } from './fleet-index/candidates.ts'
import { fewestOf } from './fleet-index/fewest.ts'
import { type CandidatePlace, type FoundByText, later, ThingAttributeSearch } from './thing-attribute-search.ts'
import { TYPE } from './thing-search-indexes.ts'
import type { ThingRecord, ThingTable } from './thing-table.ts'
import { type FoundBySeq, ThingTextIndex } from './thing-text-index.ts'

export interface Candidate {
  /** Undefined where no thing is there after all. */
  readonly record: ThingRecord | undefined
  readonly place: CandidatePlace
}

/** How much is indexed at a time. */
export interface IndexPiece {
  readonly things: number
  readonly shadows: number
}

export interface CandidateBatch {
  readonly candidates: readonly Candidate[]
  /** Whether there are no more. */
  readonly isLast: boolean
}

/** By which things are found that the registry knows nothing of. */
type SearchSources = Pick<FleetSources, 'connectionNames' | 'shadows'>

/** So many names are looked at for those without a shadow. */
const WINDOW = 1000

const byAge = (found: FoundBySeq): FoundByText => ({ ...found, text: '' })

/** Reads the tables of {@link ThingTable} without regard to case, as the fleet index does. */
export class ThingSearchTable {
  readonly #database: Database
  readonly #things: ThingTable
  readonly #sources: SearchSources
  readonly #attributes: ThingAttributeSearch
  readonly #texts: ThingTextIndex

  constructor(database: Database, things: ThingTable, sources: SearchSources) {
    this.#database = database
    this.#things = things
    this.#sources = sources
    this.#attributes = new ThingAttributeSearch(database)
    this.#texts = new ThingTextIndex(database)
  }

  /** Brings what is written behind further; whether there is more to do. */
  catchUp({ things, shadows }: IndexPiece): boolean {
    const isMore = this.#texts.catchUp(things)
    return this.#sources.shadows?.catchUp(shadows) === true || isMore
  }

  /** Whether all is indexed but what changed lately. */
  get isMade(): boolean {
    return this.#texts.isMade && this.#sources.shadows?.isMade !== false
  }

  /** Up to `count` candidates after a place. */
  read(candidates: Candidates, after: CandidatePlace, count: number): CandidateBatch {
    const { shadows } = this.#sources
    if (candidates.by === 'shadow' && shadows) return this.#ofWindow(shadows.things(candidates.sought, after[0], count))
    if (candidates.by === 'shadowFields' && shadows) {
      return this.#ofWindow(shadows.withFields(candidates.sought, after[0], count))
    }
    if (candidates.by === 'noShadow' && shadows) return this.#ofWindow(this.#withoutShadow(shadows, after[0], count))
    const found = this.#read(candidates, after, count)
    return { candidates: found, isLast: found.length < count }
  }

  #ofWindow({ names, next }: ShadowedThings): CandidateBatch {
    const isLast = next === undefined
    const rest: Candidate[] = isLast || next === names.at(-1) ? [] : [{ record: undefined, place: [next, 0] }]
    return { candidates: [...this.#named(names), ...rest], isLast }
  }

  /** Up to `count` things after a name that have no classic shadow, of a bounded number that is looked at. */
  #withoutShadow(shadows: ShadowFinder, after: string, count: number): ShadowedThings {
    const all = this.#database
      .all<{ name: string }>('SELECT name FROM things WHERE name > ? ORDER BY name LIMIT ?', after, WINDOW)
      .map(({ name }) => name)
    const names = shadows.without(all, '')
    if (names.length >= count) return { names: names.slice(0, count), next: names[count - 1] }
    return { names, next: all.length === WINDOW ? all.at(-1) : undefined }
  }

  /** Of some candidates, which may have all of some shadows: those of the others are not read. */
  withShadows(candidates: readonly Candidate[], sought: readonly SoughtShadow[]): (thing: Thing) => boolean {
    let names = candidates.flatMap(({ record }) => record?.thing.thingName ?? [])
    for (const each of sought) names = this.#sources.shadows?.among(names, each) ?? names
    const left = new Set(names)
    return ({ thingName }) => left.has(thingName)
  }

  /** See {@link fewestOf}. */
  fewest(ways: readonly (readonly Candidates[])[]): number {
    return fewestOf(ways, (candidates, most) => this.#estimate(candidates, most))
  }

  /** How many candidates there are, as far as that is told by reading some names; infinite where that would cost a search. */
  #estimate(candidates: Candidates, most: number): number {
    const start: CandidatePlace = ['', 0]
    switch (candidates.by) {
      case 'all':
      case 'noShadow':
        return Number.POSITIVE_INFINITY
      case 'shadowFields':
        return this.#sources.shadows?.withFields(candidates.sought, '', most).names.length ?? Number.POSITIVE_INFINITY
      case 'shadow':
        return this.#sources.shadows?.estimate(candidates.sought, most) ?? Number.POSITIVE_INFINITY
      case 'group':
      case 'connection':
        return this.#names(candidates, '', most)?.length ?? Number.POSITIVE_INFINITY
      case 'part': // no index knows a single character
        return [...candidates.text].length < 2 ? Number.POSITIVE_INFINITY : this.#found(candidates, start, most).length
      case 'attribute': // without what it has further on, for which all of them would be looked through
        return this.#found({ ...candidates, part: '' }, start, most).length
      default:
        return this.#found(candidates, start, most).length
    }
  }

  #read(candidates: Candidates, after: CandidatePlace, count: number): Candidate[] {
    switch (candidates.by) {
      case 'all':
      case 'shadow':
      case 'shadowFields':
      case 'noShadow':
        return this.#all(after, count)
      case 'group':
      case 'connection': {
        const names = this.#names(candidates, after[0], count)
        return names ? this.#named(names) : this.#all(after, count)
      }
      case 'value':
        return this.#byValue(candidates, after, count)
      default:
        return this.#records(this.#found(candidates, after, count), 'isWhole' in candidates && candidates.isWhole)
    }
  }

  #found(
    candidates: Exclude<Candidates, { by: 'all' | 'shadow' | 'shadowFields' | 'noShadow' | 'group' | 'connection' }>,
    after: CandidatePlace,
    count: number,
  ): FoundByText[] {
    switch (candidates.by) {
      case 'name':
        return this.#byColumn('name COLLATE NOCASE', candidates, after, count)
      case 'id':
        return this.#byColumn('id', candidates, after, count)
      case 'type':
        return this.#byColumn(TYPE, candidates, after, count)
      case 'otherType':
        return this.#byOtherType(candidates.text, after, count)
      case 'partOfType':
        return this.#byPartOfType(candidates.text, after, count)
      case 'value':
        return this.#attributes.ofAny(candidates, after, count)
      case 'attribute':
        return this.#attributes.of(candidates, after, count)
      case 'number':
        return this.#attributes.byNumber(candidates, after, count)
      case 'part':
        return this.#texts.find(candidates.of, candidates.text, after[1], count).map(byAge)
      case 'lacking':
        return this.#texts.lacking(candidates.attribute, after[1], count).map(byAge)
    }
  }

  #all([, seq]: CandidatePlace, count: number): Candidate[] {
    return this.#things.readAll(seq, count).map((record) => ({ record, place: ['', record.seq] }))
  }

  /** @param isByAge the order is that of creation alone */
  #records(found: readonly FoundByText[], isByAge = false): Candidate[] {
    return found.flatMap(({ name, text, seq }) => {
      const record = this.#things.get(name)
      return record ? [{ record, place: [isByAge ? '' : text, seq] as const }] : []
    })
  }

  /** Things by names in their order; a name that no thing has is still a place. */
  #named(names: readonly string[]): Candidate[] {
    return names.map((name) => ({ record: this.#things.get(name), place: [name, 0] }))
  }

  /** By types in their order, those without one first. */
  #byOtherType(type: string, after: CandidatePlace, count: number): FoundByText[] {
    const read = (range: string, rest: number) =>
      this.#database.all<FoundByText>(
        `SELECT name, IFNULL(type, '') AS text, seq FROM things
         WHERE ${TYPE} ${range} ? AND (${TYPE}, seq) > (?, ?) ORDER BY ${TYPE}, seq LIMIT ?`,
        type,
        ...after,
        rest,
      )
    const before = after[0].toLowerCase() < type ? read('<', count) : []
    return before.length < count ? [...before, ...read('>', count - before.length)] : before
  }

  /** By types that have a text, in their order: of these there are few. */
  #byPartOfType(text: string, after: CandidatePlace, count: number): FoundByText[] {
    const found: FoundByText[] = []
    for (const type of this.#types()) {
      if (found.length === count) break
      if (!type.includes(text) || type < after[0]) continue
      const ofType = this.#byColumn(
        TYPE,
        { text: type, isWhole: true },
        ['', type === after[0] ? after[1] : 0],
        count - found.length,
      )
      found.push(...ofType.map((each) => ({ ...each, text: type })))
    }
    return found
  }

  /** Those that things have, in lower case and in their order. */
  *#types(): Generator<string> {
    const next = (after: string) =>
      this.#database.get<{ type: string }>(
        `SELECT LOWER(type) AS type FROM things WHERE ${TYPE} > ? ORDER BY ${TYPE} LIMIT 1`,
        after,
      )?.type
    for (let type = next(''); type !== undefined; type = next(type)) yield type
  }

  /** In their order; undefined where there is no list of them. */
  #names(
    candidates: Extract<Candidates, { by: 'group' | 'connection' }>,
    after: string,
    count: number,
  ): readonly string[] | undefined {
    if (candidates.by === 'group') return this.#membersOf(candidates.text, after, count)
    return this.#sources.connectionNames?.(candidates.sought, after, count)
  }

  /** The members of static groups of this name and of those below. Dynamic and billing groups have no list of members. */
  #membersOf(name: string, after: string, count: number): string[] | undefined {
    const groups = this.#database.all<{ seq: number; query: string | null }>(
      `WITH RECURSIVE reached (name) AS (
         SELECT name FROM thing_groups WHERE name = ? COLLATE NOCASE
         UNION SELECT g.name FROM reached JOIN thing_groups g ON g.parent = reached.name
       ) SELECT seq, query FROM thing_groups WHERE name IN reached`,
      name,
    )
    const isBilling =
      this.#database.get('SELECT 1 FROM billing_groups WHERE name = ? COLLATE NOCASE', name) !== undefined
    if (isBilling || groups.some(({ query }) => query !== null)) return undefined
    const members = groups.flatMap(({ seq }) =>
      this.#database.all<{ thing: string }>(
        'SELECT thing FROM thing_group_members WHERE thing_group = ? AND thing > ? ORDER BY thing LIMIT ?',
        seq,
        after,
        count,
      ),
    )
    return [...new Set(members.map(({ thing }) => thing))].sort().slice(0, count)
  }

  /** @param column as an index has it */
  #byColumn(
    column: string,
    { text, isWhole, upTo = text }: Beginning,
    after: CandidatePlace,
    count: number,
  ): FoundByText[] {
    if (isWhole) {
      return this.#database.all<FoundByText>(
        `SELECT name, '' AS text, seq FROM things WHERE ${column} = ? AND seq > ? ORDER BY seq LIMIT ?`,
        text,
        after[1],
        count,
      )
    }
    return this.#database.all<FoundByText>(
      `SELECT name, ${column} AS text, seq FROM things
       WHERE ${column} >= ? AND ${column} < ? AND (${column}, seq) > (?, ?) ORDER BY ${column}, seq LIMIT ?`,
      later(text, after[0]),
      upTo + AFTER_ALL,
      ...after,
      count,
    )
  }

  /** A thing with several such values is a candidate once, at the first of them. */
  #byValue(beginning: Beginning, after: CandidatePlace, count: number): Candidate[] {
    const { text, isWhole } = beginning
    const candidates = this.#records(this.#attributes.ofAny(beginning, after, count), isWhole)
    if (isWhole) return candidates
    return candidates.map(({ record, place }) => ({
      record: record && isFirstValue(record.thing, text, place[0]) ? record : undefined,
      place,
    }))
  }
}

/** Whether a value is the first of the values of a thing's attributes that begin with a text. */
const isFirstValue = ({ attributes }: Thing, text: string, value: string): boolean =>
  Object.values(attributes)
    .map((each) => each.toLowerCase())
    .every((each) => !each.startsWith(text) || each >= value)
