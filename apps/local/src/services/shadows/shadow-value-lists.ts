import type { Database } from '../../foundation/database.ts'
import type { IndexedShadowValues, ShadowValue, ValueRange } from '../../foundation/fleet-sources.ts'
import { byBytes } from '../../foundation/text-order.ts'

/** So many values are tried one by one: each costs some microseconds. */
const MOST_VALUES = 2000
/** So many lists of names are merged. */
const MOST_LISTS = 200
/** Up to so many rows are sorted by the names of their things. */
const MOST_SORTED = 100_000

/** The values of a field, where they are next to each other in the table. */
interface List {
  readonly field: number
  readonly value: ShadowValue
}

/** Where in the table values of a field are that lie within a range. */
interface Span<Range> {
  readonly field: number
  readonly range: Range
}

/** Reads names from the table of {@link ShadowValueIndex}, in which those with the same value of a field are in their order. */
export class ShadowValueLists {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Names after a name in their order, up to a number; undefined where that takes longer than to look through shadows. */
  names(fields: readonly number[], sought: IndexedShadowValues, after: string, count: number): string[] | undefined {
    const lists = this.#find(fields, sought)
    if (lists) return this.#merged(lists, after, count)
    return sought.ranges && this.#within(fields, sought.ranges, after, count)
  }

  /** How many rows hold such a value, or may, up to a number; undefined as above. */
  size(fields: readonly number[], sought: IndexedShadowValues, most: number): number | undefined {
    const { values = [], ranges } = sought
    if (sought.values || ranges) return this.#sizeOf(spansOf(fields, ranges ?? values.map(alone)), most)
    const lists = this.#find(fields, sought)
    return (
      lists &&
      this.#sizeOf(
        lists.map(({ field, value }) => ({ field, range: alone(value) })),
        most,
      )
    )
  }

  /** Undefined where fields have too many values to try each. */
  #find(fields: readonly number[], { values, ranges, accepts }: IndexedShadowValues): List[] | undefined {
    if (values) return fields.flatMap((field) => values.map((value) => ({ field, value })))
    const lists: List[] = []
    let tried = 0
    for (const { field, range } of spansOf(fields, ranges ?? [undefined])) {
      for (let value = this.#next(field, range?.[0]); value !== undefined; value = this.#next(field, value, true)) {
        if (range && isBeyond(value, range[1])) break
        tried += 1
        if (tried > MOST_VALUES || lists.length >= MOST_LISTS) return undefined
        if (accepts(value)) lists.push({ field, value })
      }
    }
    return lists
  }

  /** The first value of a field that is at least another, or after it. Numbers are before texts. */
  #next(field: number, from: ShadowValue | undefined, isAfter = false): ShadowValue | undefined {
    const where = from === undefined ? '' : `AND value ${isAfter ? '>' : '>='} ?`
    return this.#database.get<{ value: ShadowValue }>(
      `SELECT value FROM shadow_values WHERE field = ? ${where} ORDER BY value LIMIT 1`,
      field,
      ...(from === undefined ? [] : [from]),
    )?.value
  }

  #merged(lists: readonly List[], after: string, count: number): string[] {
    const names = new Set<string>()
    for (const { field, value } of lists) {
      const found = this.#database.all<{ name: string }>(
        `SELECT thing_name AS name FROM shadow_values
         WHERE field = ? AND value = ? AND thing_name > ? ORDER BY thing_name LIMIT ?`,
        field,
        value,
        after,
        count,
      )
      for (const { name } of found) names.add(name)
    }
    return [...names].sort(byBytes).slice(0, count)
  }

  #within(
    fields: readonly number[],
    ranges: readonly ValueRange[],
    after: string,
    count: number,
  ): string[] | undefined {
    const spans = spansOf(fields, ranges).filter((span) => this.#sizeOf([span], 1) > 0)
    if (this.#sizeOf(spans, MOST_SORTED) === MOST_SORTED) return undefined
    const names = spans.flatMap(({ field, range }) =>
      this.#database.all<{ name: string }>(
        `SELECT DISTINCT thing_name AS name FROM shadow_values
         WHERE field = ? AND value BETWEEN ? AND ? AND thing_name > ? ORDER BY thing_name LIMIT ?`,
        field,
        ...range,
        after,
        count,
      ),
    )
    return [...new Set(names.map(({ name }) => name))].sort(byBytes).slice(0, count)
  }

  /** How many rows there are, up to a number. */
  #sizeOf(spans: readonly Span<ValueRange>[], most: number): number {
    let size = 0
    for (const { field, range } of spans) {
      if (size === most) break
      const found = this.#database.get<{ size: number }>(
        `SELECT COUNT(*) AS size FROM
           (SELECT 1 FROM shadow_values WHERE field = ? AND value BETWEEN ? AND ? LIMIT ?)`,
        field,
        ...range,
        most - size,
      )
      size += found?.size ?? 0
    }
    return size
  }
}

const alone = (value: ShadowValue): ValueRange => [value, value]

const spansOf = <Range>(fields: readonly number[], ranges: readonly Range[]): Span<Range>[] =>
  fields.flatMap((field) => ranges.map((range) => ({ field, range })))

/** Of a value that comes after the beginning of a range: texts come after numbers. */
function isBeyond(value: ShadowValue, end: ShadowValue): boolean {
  if (typeof value === 'number') return typeof end === 'number' && value > end
  return typeof end === 'number' || byBytes(value, end) > 0
}
