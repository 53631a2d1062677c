import type { Database } from '../../foundation/database.ts'
import type { ShadowedThings, ShadowFields, ShadowFinder, SoughtShadow } from '../../foundation/fleet-sources.ts'
import { likePart } from '../../foundation/like-part.ts'
import { byBytes } from '../../foundation/text-order.ts'
import { ShadowValueIndex } from './shadow-value-index.ts'

/** Each takes SQLite some microseconds. */
const WINDOW = 5_000

/** A field of more names than this is looked for without them: where names hold periods there are too many ways to it. */
const MOST_NAMES = 4

/** What SQL says of the shadows that are sought. */
interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/**
 * Finds things by their shadows: by the {@link ShadowValueIndex}, and what is behind in it, or never in it, by looking
 * through the texts of shadows in SQLite, which takes a fraction of reading each of them.
 */
export class ShadowSearch implements ShadowFinder {
  readonly #database: Database
  readonly #window: number
  readonly #index: ShadowValueIndex

  /** @param window shadows that one call looks at */
  constructor(database: Database, window = WINDOW) {
    this.#database = database
    this.#window = window
    this.#index = new ShadowValueIndex(database)
  }

  keepIndex(isKept: boolean): void {
    this.#index.keep(isKept)
  }

  catchUp(count: number): boolean {
    return this.#index.isKept && this.#index.catchUp(count)
  }

  get isMade(): boolean {
    return !this.#index.isKept || this.#index.isMade
  }

  estimate(sought: SoughtShadow, most: number): number | undefined {
    const { shadowName, indexed } = sought
    if (!indexed || !this.#index.isMade) return undefined
    return this.#index.size(shadowName, indexed, most)
  }

  among(names: readonly string[], { shadowName, indexed }: SoughtShadow): string[] | undefined {
    if (!indexed?.values || !this.#index.isMade) return undefined
    return this.#index.among(names, shadowName, indexed.field, indexed.values)
  }

  things(sought: SoughtShadow, after: string, count: number): ShadowedThings {
    const indexed = this.#indexed(sought, after, count)
    return indexed ? this.#withChanged(indexed, sought, after, count) : this.#lookThrough(sought, after, count)
  }

  withFields(fields: ShadowFields, after: string, count: number): ShadowedThings {
    const { shadowName } = fields
    const sought = { shadowName, field: undefined, value: undefined }
    const indexed = this.#index.isMade ? this.#index.withFields(fields, after, count) : undefined
    return indexed ? this.#withChanged(indexed, sought, after, count) : this.#lookThrough(sought, after, count)
  }

  without(names: readonly string[], shadowName: string): string[] {
    return this.#database
      .all<{ name: string }>(
        `SELECT n.value AS name FROM JSON_EACH(?) n WHERE NOT EXISTS
           (SELECT 1 FROM shadow WHERE thing_name = n.value AND shadow_name = ? AND deleted_at_seconds IS NULL)`,
        JSON.stringify(names),
        shadowName,
      )
      .map(({ name }) => name)
  }

  /** What is behind in the index is looked through. */
  #withChanged(indexed: readonly string[], sought: SoughtShadow, after: string, count: number): ShadowedThings {
    const changed = this.#index.changed(after, this.#window)
    const last = changed.length === this.#window ? changed.at(-1) : undefined
    const all = [...new Set([...indexed, ...this.#ofThese(sought, changed)])].sort(byBytes)
    const known = last === undefined ? all : all.filter((name) => byBytes(name, last) <= 0)
    const names = known.slice(0, count)
    return { names, next: names.length === count ? names.at(-1) : last }
  }

  #indexed({ shadowName, indexed }: SoughtShadow, after: string, count: number): string[] | undefined {
    if (!indexed || !this.#index.isMade) return undefined
    return this.#index.names(shadowName, indexed, after, count)
  }

  #ofThese(sought: SoughtShadow, names: readonly string[]): string[] {
    if (names.length === 0) return []
    const { sql, values } = conditionOf(sought)
    return this.#database
      .all<{ name: string }>(
        `SELECT DISTINCT thing_name AS name FROM JSON_EACH(?) c CROSS JOIN shadow ON thing_name = c.value
         WHERE deleted_at_seconds IS NULL ${sql}`,
        JSON.stringify(names),
        ...values,
      )
      .map(({ name }) => name)
  }

  #lookThrough(sought: SoughtShadow, after: string, count: number): ShadowedThings {
    const window = this.#database.get<{ size: number; last: string | null }>(
      `SELECT COUNT(*) AS size, MAX(thing_name) AS last FROM
         (SELECT thing_name FROM shadow WHERE thing_name > ? ORDER BY thing_name LIMIT ?)`,
      after,
      this.#window,
    )
    const last = window?.last ?? null
    if (last === null) return { names: [], next: undefined }
    const { sql, values } = conditionOf(sought)
    const names = this.#database
      .all<{ name: string }>(
        `SELECT DISTINCT thing_name AS name FROM shadow
         WHERE thing_name > ? AND thing_name <= ? AND deleted_at_seconds IS NULL ${sql} ORDER BY thing_name LIMIT ?`,
        after,
        last,
        ...values,
        count,
      )
      .map(({ name }) => name)
    if (names.length === count) return { names, next: names.at(-1) }
    return { names, next: window?.size === this.#window ? last : undefined }
  }
}

function conditionOf({ shadowName, field, value }: SoughtShadow): Condition {
  const ofName: Condition =
    shadowName === undefined ? { sql: '', values: [] } : { sql: 'AND shadow_name = ?', values: [shadowName] }
  const ofValue = field === undefined ? ofAnyValue(value) : ofField(pathsOf(field), value)
  return ofValue === undefined
    ? ofName
    : { sql: `${ofName.sql} AND (${ofValue.sql})`, values: [...ofName.values, ...ofValue.values] }
}

function ofAnyValue(value: SoughtShadow['value']): Condition | undefined {
  if (value === undefined) return undefined
  if (!value.numbers) return like('document', value.part)
  const ofText = like('atom', value.part)
  return {
    sql: `EXISTS (SELECT 1 FROM json_tree(document)
          WHERE type = 'text' AND (${ofText.sql}) OR CAST(atom AS REAL) BETWEEN ? AND ?)`,
    values: [...ofText.values, ...value.numbers],
  }
}

/** @param paths of which the value is at one; none where they cannot be told */
function ofField(paths: readonly string[], value: SoughtShadow['value']): Condition | undefined {
  if (paths.length === 0) return ofAnyValue(value)
  const conditions = paths.map((path) => atPath(path, value))
  // To look at a text is faster than to read it.
  const first = value && !value.numbers ? like('document', value.part) : { sql: 'TRUE', values: [] }
  return {
    sql: `(${first.sql}) AND (${conditions.map(({ sql }) => sql).join(' OR ')})`,
    values: [...first.values, ...conditions.flatMap(({ values }) => values)],
  }
}

function atPath(path: string, value: SoughtShadow['value']): Condition {
  if (value === undefined) return { sql: 'json_type(document, ?) IS NOT NULL', values: [path] }
  const ofText = like('document -> ?', value.part, path)
  if (!value.numbers) return ofText
  return {
    sql: `CASE json_type(document, ?) WHEN 'array' THEN 1 WHEN 'text' THEN ${ofText.sql}
          ELSE CAST(document ->> ? AS REAL) BETWEEN ? AND ? END`,
    values: [path, ...ofText.values, path, ...value.numbers],
  }
}

/** Characters beyond ASCII that have some of ASCII in lower case, which LIKE does not know. */
const FOLDED_INTO_ASCII = new Map([
  ['k', '\u212a'],
  ['i', '\u0130'],
])

/**
 * Whether a text has a part.
 * @param before values of the text itself
 */
function like(text: string, part = '', ...before: readonly string[]): Condition {
  const odd = [...FOLDED_INTO_ASCII].filter(([letter]) => part.includes(letter)).map(([, character]) => character)
  return {
    sql: [`${text} LIKE ? ESCAPE '\\'`, ...odd.map(() => `${text} LIKE ?`)].join(' OR '),
    values: [part, ...odd].flatMap((each) => [...before, likePart(each)]),
  }
}

/**
 * Where in a stored shadow a field may be: `reported.a.b` is `{"a":{"b":1}}` and `{"a.b":1}`. None where a name is one
 * that a path of SQLite cannot have.
 */
function pathsOf(field: string): readonly string[] {
  const [section = '', ...names] = field.split('.')
  if (names.length > MOST_NAMES || !names.every((name) => /^[\x20-\x7e]+$/.test(name) && !/["\\]/.test(name))) return []
  const [first, ...others] = names
  if (first === undefined) return [`$.state.${section}`]
  const ways = others.reduce(
    (before, name) => before.flatMap((way) => [`${way}.${name}`, `${way}"."${name}`]),
    [`"${first}`],
  )
  return ways.map((way) => `$.state.${section}.${way}"`)
}
