import { MalformedPolicyError } from './policy-error.ts'

/**
 * A JSON value that knows where it stands. Written here because `JSON.parse` tells neither the place of a value nor
 * that a member is there twice, and a second `Condition` that silently replaces the first widens a policy.
 */
export type JsonNode =
  | { readonly type: 'object'; readonly start: number; readonly members: readonly JsonMember[] }
  | { readonly type: 'array'; readonly start: number; readonly items: readonly JsonNode[] }
  | { readonly type: 'string'; readonly start: number; readonly value: string }
  /** Kept as written. */
  | { readonly type: 'number'; readonly start: number; readonly text: string }
  | { readonly type: 'boolean'; readonly start: number; readonly value: boolean }
  | { readonly type: 'null'; readonly start: number }

export interface JsonMember {
  readonly name: string
  readonly start: number
  readonly value: JsonNode
}

/** A policy needs six levels. The limit keeps a hostile text from exhausting the stack. */
const MAX_DEPTH = 64

/**
 * Reads one JSON value that fills `text`, by RFC 8259.
 * @throws {MalformedPolicyError} `JSON` or `DUPLICATE_MEMBER`, with the place.
 */
export function readJson(text: string): JsonNode {
  const reader = new JsonReader(text)
  const node = reader.value('', 0)
  reader.end()
  return node
}

/** Names a member below `path`: `Statement[1]` and `Sid` make `Statement[1].Sid`. */
export function memberPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** Names an item of the array at `path`. */
export function itemPath(path: string, index: number): string {
  return `${path}[${index}]`
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** All but control characters, quotes and backslashes. */
const PLAIN = /[ !#-[\]-\uffff]*/y
const SPACE = /[ \t\n\r]*/y
const HEX4 = /[0-9a-fA-F]{4}/y
const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const WORDS = [
  ['true', { type: 'boolean', value: true }],
  ['false', { type: 'boolean', value: false }],
  ['null', { type: 'null' }],
] as const

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(path: string, depth: number): JsonNode {
    this.#take(SPACE)
    const start = this.#at
    if (depth > MAX_DEPTH) throw this.#error(`JSON may not nest deeper than ${MAX_DEPTH} levels`, path)
    const character = this.#text[start]
    if (character === '{') return this.#object(path, depth)
    if (character === '[') return this.#array(path, depth)
    if (character === '"') return { type: 'string', start, value: this.#string(path) }
    for (const [word, node] of WORDS) {
      if (!this.#text.startsWith(word, start)) continue
      this.#at += word.length
      return { ...node, start }
    }
    const number = this.#take(NUMBER)
    if (number === '') throw this.#error(`Expected a JSON value, found ${this.#found()}`, path)
    return { type: 'number', start, text: number }
  }

  end(): void {
    this.#take(SPACE)
    if (this.#at < this.#text.length) throw this.#error(`Expected nothing more, found ${this.#found()}`, '')
  }

  #object(path: string, depth: number): JsonNode {
    const start = this.#at++
    const members: JsonMember[] = []
    const names = new Set<string>()
    if (this.#skip('}')) return { type: 'object', start, members }
    do {
      this.#take(SPACE)
      const nameStart = this.#at
      if (this.#text[nameStart] !== '"') throw this.#error(`Expected a member name, found ${this.#found()}`, path)
      const name = this.#string(path)
      const inner = memberPath(path, name)
      if (names.has(name)) {
        throw new MalformedPolicyError('DUPLICATE_MEMBER', `${name} is there twice`, inner, this.#text, nameStart)
      }
      names.add(name)
      this.#expect(':', inner)
      members.push({ name, start: nameStart, value: this.value(inner, depth + 1) })
    } while (this.#skip(','))
    this.#expect('}', path)
    return { type: 'object', start, members }
  }

  #array(path: string, depth: number): JsonNode {
    const start = this.#at++
    const items: JsonNode[] = []
    if (this.#skip(']')) return { type: 'array', start, items }
    do items.push(this.value(itemPath(path, items.length), depth + 1))
    while (this.#skip(','))
    this.#expect(']', path)
    return { type: 'array', start, items }
  }

  #string(path: string): string {
    this.#at++
    const pieces = [this.#take(PLAIN)]
    while (!this.#skipHere('"')) {
      if (!this.#skipHere('\\')) throw this.#error(`A string is not closed: found ${this.#found()}`, path)
      pieces.push(this.#escape(path), this.#take(PLAIN))
    }
    return pieces.join('')
  }

  #escape(path: string): string {
    const character = this.#text[this.#at] ?? ''
    const simple = ESCAPES.get(character)
    if (simple !== undefined) {
      this.#at++
      return simple
    }
    if (this.#skipHere('u')) {
      const hex = this.#take(HEX4)
      if (hex !== '') return String.fromCharCode(Number.parseInt(hex, 16))
    }
    throw this.#error(`\\ is followed by ${this.#found()}, which is no escape of JSON`, path)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0] ?? ''
    this.#at += found.length
    return found
  }

  #skipHere(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #skip(character: string): boolean {
    this.#take(SPACE)
    return this.#skipHere(character)
  }

  #expect(character: string, path: string): void {
    if (!this.#skip(character)) throw this.#error(`Expected ${character} , found ${this.#found()}`, path)
  }

  #found(): string {
    const codePoint = this.#text.codePointAt(this.#at)
    return codePoint === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(codePoint))
  }

  #error(message: string, path: string): MalformedPolicyError {
    return new MalformedPolicyError('JSON', message, path, this.#text, this.#at)
  }
}
