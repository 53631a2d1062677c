import { type ParseObserver, type ParseOptions, parseObserved } from './parse.ts'
import { isJsonArray, isJsonObject, type JsonValue } from './value.ts'

/** A value with its place in the text: from its first character up to, not including, `to` (UTF-16 code units). */
export interface JsonTree {
  readonly value: JsonValue
  readonly from: number
  readonly to: number
  /** Of an object, as they were written: a key may come twice. */
  readonly members?: readonly JsonTreeMember[]
  /** Of an array. */
  readonly items?: readonly JsonTree[]
}

export interface JsonTreeMember {
  readonly key: string
  /** From the key's opening quote. */
  readonly from: number
  /** Behind the key's closing quote. */
  readonly keyTo: number
  readonly value: JsonTree
}

/**
 * Parses as `parseJson` does, and says where each value stands.
 * @throws {JsonParseError}
 */
export function parseJsonTree(text: string, options: ParseOptions = {}): JsonTree {
  const builder = new TreeBuilder()
  parseObserved(text, builder, options)
  return builder.root()
}

/** What is known of a value while it is read: its members or items up to here, of which it has one kind only. */
interface OpenLevel {
  readonly members: JsonTreeMember[]
  readonly items: JsonTree[]
  key: Omit<JsonTreeMember, 'value'> | undefined
}

class TreeBuilder implements ParseObserver {
  /** The lowest stands for the document, and has the root as its only item. */
  readonly #open: OpenLevel[] = [newLevel()]

  opens(): void {
    this.#open.push(newLevel())
  }

  key(key: string, from: number, keyTo: number): void {
    this.#top().key = { key, from, keyTo }
  }

  value(value: JsonValue, from: number, to: number): void {
    let node: JsonTree = { value, from, to }
    if (isJsonObject(value)) node = { ...node, members: this.#close().members }
    else if (isJsonArray(value)) node = { ...node, items: this.#close().items }
    const { members, items, key } = this.#top()
    if (key) members.push({ ...key, value: node })
    else items.push(node)
  }

  root(): JsonTree {
    const [root] = this.#top().items
    if (!root) throw new Error('A JSON text has one value')
    return root
  }

  #close(): OpenLevel {
    const level = this.#top()
    this.#open.pop()
    return level
  }

  #top(): OpenLevel {
    const level = this.#open.at(-1)
    if (!level) throw new Error('Every level that is closed was opened')
    return level
  }
}

function newLevel(): OpenLevel {
  return { members: [], items: [], key: undefined }
}
