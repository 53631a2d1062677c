import { parseJson } from './parse.ts'
import { JsonObject, type JsonValue } from './value.ts'

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
 * Parses as {@link parseJson} does, and says where each value stands.
 * @throws {JsonParseError}
 */
export function parseJsonTree(text: string): JsonTree {
  parseJson(text) // from here on the text is known to be JSON, so that the scanner need not look for faults
  return new Scanner(text).value()
}

class Scanner {
  readonly #text: string
  #offset = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): JsonTree {
    this.#skipSpace()
    const from = this.#offset
    switch (this.#text[from]) {
      case '{':
        return this.#object(from)
      case '[':
        return this.#array(from)
      case '"':
        this.#skipString()
        break
      default:
        while (this.#offset < this.#text.length && !/[\s,\]}]/.test(this.#text[this.#offset] ?? '')) this.#offset += 1
    }
    return { value: parseJson(this.#text.slice(from, this.#offset)), from, to: this.#offset }
  }

  #object(from: number): JsonTree {
    const members: JsonTreeMember[] = []
    while (this.#next('}')) {
      const keyFrom = this.#offset
      this.#skipString()
      const keyTo = this.#offset
      const key: string = JSON.parse(this.#text.slice(keyFrom, keyTo))
      this.#skipSpace()
      this.#offset += 1 // the colon
      members.push({ key, from: keyFrom, keyTo, value: this.value() })
    }
    const value = JsonObject.from(members.map((member) => [member.key, member.value.value]))
    return { value, from, to: this.#offset, members }
  }

  #array(from: number): JsonTree {
    const items: JsonTree[] = []
    while (this.#next(']')) items.push(this.value())
    return { value: items.map((item) => item.value), from, to: this.#offset, items }
  }

  /** Passes the opening bracket or the comma; false, and behind it, if the closing bracket follows. */
  #next(close: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#offset] !== close) {
      this.#offset += 1
      this.#skipSpace()
    }
    if (this.#text[this.#offset] !== close) return true
    this.#offset += 1
    return false
  }

  #skipString(): void {
    this.#offset += 1
    while (this.#text[this.#offset] !== '"') this.#offset += this.#text[this.#offset] === '\\' ? 2 : 1
    this.#offset += 1
  }

  #skipSpace(): void {
    while (/[ \n\r\t]/.test(this.#text[this.#offset] ?? '')) this.#offset += 1
  }
}
