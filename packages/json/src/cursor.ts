import { type JsonTree, parseJsonTree } from './json-tree.ts'
import { type ParseObserver, parseObserved } from './parse.ts'
import { JsonParseError } from './parse-error.ts'
import type { JsonPath } from './path.ts'
import { isJsonArray, isJsonObject, type JsonValue } from './value.ts'

/** What is being written at a place of a JSON text that need not be whole. */
export interface JsonCursor {
  /** Of the value that is written, or of the object whose key is written. */
  readonly path: JsonPath
  readonly what: 'key' | 'value'
  /** Where the string begins that is being written, behind its quote; undefined where none is yet. */
  readonly stringFrom: number | undefined
  /** What there is before the place, closed there, so that it is whole: as far as it is known what is written. */
  readonly before: JsonTree
}

/**
 * What the grammar expects at `offset`: a key or a value, within quotes or where quotes would have to come. Undefined
 * where neither may stand, or the text before is not JSON: `{"a": [1, "b|` is a value at `a[1]`.
 */
export function jsonCursor(text: string, offset: number): JsonCursor | undefined {
  const written = text.slice(0, offset)
  // A string that ends here is the one that is written: with the quote that it lacks, or with both.
  for (const quotes of ['"', '""']) {
    const whole = written + quotes
    const watch = new CursorObserver(whole.length)
    try {
      parseObserved(whole, watch, {})
    } catch (error) {
      if (!(error instanceof JsonParseError)) throw error
    }
    const found = watch.found
    if (!found) continue
    const stringFrom = quotes === '"' ? found.from + 1 : undefined
    return { ...found.place, stringFrom, before: parseJsonTree(whole + found.closing) }
  }
  return undefined
}

interface Level {
  /** Undefined in an array, and before the first key of an object. */
  key: string | undefined
  items: number
}

/** Follows the parser to the string that ends at the end of the text. */
class CursorObserver implements ParseObserver {
  readonly #end: number
  readonly #levels: Level[] = []
  found: { from: number; place: Pick<JsonCursor, 'path' | 'what'>; closing: string } | undefined

  constructor(end: number) {
    this.#end = end
  }

  opens(): void {
    this.#levels.push({ key: undefined, items: 0 })
  }

  key(key: string, from: number, to: number): void {
    const level = this.#levels.at(-1)
    if (!level) return
    level.key = key
    if (to !== this.#end) return
    const path = this.#path().slice(0, -1)
    this.found = { from, place: { path, what: 'key' }, closing: `:null${this.#closing()}` }
  }

  value(value: JsonValue, from: number, to: number): void {
    if (typeof value === 'string') {
      if (to === this.#end)
        this.found = { from, place: { path: this.#path(), what: 'value' }, closing: this.#closing() }
    } else if (isJsonObject(value) || isJsonArray(value)) this.#levels.pop()
    const level = this.#levels.at(-1)
    if (level) level.items += 1
  }

  #path(): JsonPath {
    return this.#levels.map(({ key, items }) => key ?? items)
  }

  #closing(): string {
    return this.#levels
      .toReversed()
      .map(({ key }) => (key === undefined ? ']' : '}'))
      .join('')
  }
}
