import { type Glob, globMatches, literalPrefix } from './glob.ts'

/** A value that the fleet index holds for a field. */
export type IndexedValue = string | number | boolean

/** What a query is asked of: a thing or a thing group as the fleet index sees it. */
export interface IndexedDocument {
  /** The values of a field, several for an array; none where the field is not there. */
  values(field: string): readonly IndexedValue[]
  /** What a term without a field is looked for in. */
  allValues(): Iterable<IndexedValue>
}

/** An end of a range. */
export interface Bound {
  /** In lower case. */
  readonly value: string
  /** As it was written. */
  readonly written: string
  readonly inclusive: boolean
}

/**
 * A parsed query. Where `field` is undefined every value is searched. What is compared is in lower case; `written` is the
 * same as somebody wrote it, `raw` with its backslashes.
 * @see AWS IoT developer guide, "Query syntax"
 */
export type Query =
  | { readonly type: 'everything' }
  | { readonly type: 'and' | 'or'; readonly queries: readonly Query[] }
  | { readonly type: 'not'; readonly query: Query }
  | { readonly type: 'exists'; readonly field: string }
  | { readonly type: 'word'; readonly field: string | undefined; readonly glob: Glob; readonly raw: string }
  | { readonly type: 'phrase'; readonly field: string | undefined; readonly text: string; readonly written: string }
  | {
      readonly type: 'range'
      readonly field: string | undefined
      readonly low: Bound | undefined
      readonly high: Bound | undefined
    }

/** The fields that a query names. */
export function fieldsOf(query: Query): string[] {
  switch (query.type) {
    case 'everything':
      return []
    case 'and':
    case 'or':
      return query.queries.flatMap(fieldsOf)
    case 'not':
      return fieldsOf(query.query)
    default:
      return query.field === undefined ? [] : [query.field]
  }
}

/** Whether a document matches. Values are compared without regard to case, field names with. */
export function matches(query: Query, document: IndexedDocument): boolean {
  switch (query.type) {
    case 'everything':
      return true
    case 'and':
      return query.queries.every((part) => matches(part, document))
    case 'or':
      return query.queries.some((part) => matches(part, document))
    case 'not':
      return !matches(query.query, document)
    case 'exists':
      return document.values(query.field).length > 0
    case 'word':
      return some(valuesOf(query.field, document), (value) => wordMatches(query.glob, value))
    case 'phrase':
      return some(valuesOf(query.field, document), (value) => phraseMatches(query.text, value))
    case 'range':
      return some(valuesOf(query.field, document), (value) => within(value, query.low, query.high))
  }
}

const valuesOf = (field: string | undefined, document: IndexedDocument): Iterable<IndexedValue> =>
  field === undefined ? document.allValues() : document.values(field)

function some(values: Iterable<IndexedValue>, test: (value: IndexedValue) => boolean): boolean {
  for (const value of values) if (test(value)) return true
  return false
}

const textOf = (value: IndexedValue): string => String(value).toLowerCase()

/** A word is the whole value, or one of the words of a value that has several; a number is meant in any spelling. */
function wordMatches(glob: Glob, value: IndexedValue): boolean {
  if (typeof value === 'number') {
    const { text, isWhole } = literalPrefix(glob)
    if (isWhole && isNumber(text)) return Number(text) === value
  }
  const text = textOf(value)
  return globMatches(glob, text) || (/\s/.test(text) && text.split(/\s+/).some((word) => globMatches(glob, word)))
}

/** A phrase is one or more whole words of a value, one after the other. */
function phraseMatches(phrase: string, value: IndexedValue): boolean {
  const spaced = (text: string) => ` ${text.trim().split(/\s+/).join(' ')} `
  return spaced(textOf(value)).includes(spaced(phrase))
}

/** Numbers are compared as numbers, where both the value and the bounds are some; everything else as text. */
function within(value: IndexedValue, low: Bound | undefined, high: Bound | undefined): boolean {
  const bounds = [low, high].filter((bound) => bound !== undefined)
  const numeric = bounds.every((bound) => isNumber(bound.value))
  if (numeric) {
    if (typeof value === 'boolean' || !isNumber(String(value))) return false
    return between(
      Number(value),
      low && { ...low, value: Number(low.value) },
      high && { ...high, value: Number(high.value) },
    )
  }
  return typeof value === 'string' && between(value.toLowerCase(), low, high)
}

function between<Value extends string | number>(
  value: Value,
  low: { readonly value: Value; readonly inclusive: boolean } | undefined,
  high: { readonly value: Value; readonly inclusive: boolean } | undefined,
): boolean {
  if (low && !(low.inclusive ? value >= low.value : value > low.value)) return false
  if (high && !(high.inclusive ? value <= high.value : value < high.value)) return false
  return true
}

/** Whether a text is a JSON number: only such registry attributes are numeric. */
export const isNumber = (text: string): boolean => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)
