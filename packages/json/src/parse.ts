import { JsonParseError } from './parse-error.ts'
import { JsonNumber, JsonObject, type JsonValue } from './value.ts'

/** Deeper values are refused everywhere: every walk over a value is recursive, and this bounds its stack. */
export const MAX_DEPTH = 1000

export interface ParseOptions {
  /** Levels of arrays and objects; `[[1]]` has two. Default and at most {@link MAX_DEPTH}. */
  readonly maxDepth?: number
  /**
   * Whether an object with two members of one key is refused (RFC 8259 §4 leaves it open). By default the last
   * counts, as with `JSON.parse`; refuse where it must not silently replace the first, as in a policy.
   */
  readonly uniqueKeys?: boolean
}

/** Is told what a parser passes, so that places need no second reader of the text. */
export interface ParseObserver {
  /** An array or object begins; its items or members follow. */
  opens(): void
  /** A member's key, from its opening quote up to behind its closing quote. */
  key(key: string, from: number, to: number): void
  /** A value has ended; an array or object after all within it. */
  value(value: JsonValue, from: number, to: number): void
}

/**
 * Parses exactly the grammar of RFC 8259, as `JSON.parse` does, but loses nothing: see {@link JsonValue}.
 * @throws {JsonParseError}
 */
export function parseJson(text: string, options: ParseOptions = {}): JsonValue {
  return new Parser(text, options).document()
}

/** {@link parseJson}, watched. */
export function parseObserved(text: string, observer: ParseObserver, options: ParseOptions): JsonValue {
  return new Parser(text, options, observer).document()
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

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

class Parser {
  readonly #text: string
  readonly #maxDepth: number
  readonly #uniqueKeys: boolean
  readonly #observer: ParseObserver | undefined
  #offset = 0
  /** Of the value being read: one step for each level that is open. */
  readonly #path: (string | number)[] = []

  constructor(text: string, options: ParseOptions, observer?: ParseObserver) {
    this.#text = text
    this.#maxDepth = Math.min(options.maxDepth ?? MAX_DEPTH, MAX_DEPTH)
    this.#uniqueKeys = options.uniqueKeys ?? false
    this.#observer = observer
  }

  document(): JsonValue {
    this.#skipSpace()
    const value = this.#value()
    this.#skipSpace()
    if (this.#offset < this.#text.length) throw this.#fault('the end of the text')
    return value
  }

  #value(): JsonValue {
    const from = this.#offset
    const value = this.#read()
    this.#observer?.value(value, from, this.#offset)
    return value
  }

  #read(): JsonValue {
    const code = this.#text.charCodeAt(this.#offset)
    switch (code) {
      case OPEN_BRACE:
        return this.#object()
      case OPEN_BRACKET:
        return this.#array()
      case QUOTE:
        return this.#string()
      case 0x74: // t
        return this.#literal('true', true)
      case 0x66: // f
        return this.#literal('false', false)
      case 0x6e: // n
        return this.#literal('null', null)
      default:
        if (code === 0x2d || isDigit(code)) return this.#number()
        throw this.#fault('a value')
    }
  }

  #literal<Value extends boolean | null>(word: string, value: Value): Value {
    for (let index = 1; index < word.length; index += 1) {
      if (this.#text[this.#offset + index] !== word[index]) throw this.#fault('a value')
    }
    this.#offset += word.length
    return value
  }

  #object(): JsonObject {
    const members = new Map<string, JsonValue>()
    this.#open()
    if (this.#take(CLOSE_BRACE)) return JsonObject.EMPTY
    const level = this.#path.length
    let expected = "a property name in double quotes or '}'"
    do {
      this.#skipSpace()
      if (this.#text.charCodeAt(this.#offset) !== QUOTE) throw this.#fault(expected)
      const from = this.#offset
      const key = this.#string()
      this.#path[level] = key
      if (this.#uniqueKeys && members.has(key)) throw this.#twice(key, from)
      this.#observer?.key(key, from, this.#offset)
      if (!this.#take(COLON)) throw this.#fault("':'")
      this.#skipSpace()
      members.set(key, this.#value())
      this.#path.length = level
      expected = 'a property name in double quotes'
    } while (this.#take(COMMA))
    if (!this.#take(CLOSE_BRACE)) throw this.#fault("',' or '}'")
    return new JsonObject(members)
  }

  #array(): JsonValue[] {
    const items: JsonValue[] = []
    this.#open()
    if (this.#take(CLOSE_BRACKET)) return items
    const level = this.#path.length
    do {
      this.#skipSpace()
      this.#path[level] = items.length
      items.push(this.#value())
      this.#path.length = level
    } while (this.#take(COMMA))
    if (!this.#take(CLOSE_BRACKET)) throw this.#fault("',' or ']'")
    return items
  }

  #open(): void {
    if (this.#path.length >= this.#maxDepth) {
      throw this.#error('TOO_DEEP', this.#offset, `at most ${this.#maxDepth} levels of nesting`)
    }
    this.#observer?.opens()
    this.#offset += 1
  }

  /** Skips white space, then the given character if it stands there. */
  #take(code: number): boolean {
    this.#skipSpace()
    if (this.#text.charCodeAt(this.#offset) !== code) return false
    this.#offset += 1
    return true
  }

  #string(): string {
    const start = this.#offset + 1
    let result = ''
    let copied = start
    for (this.#offset = start; ; this.#offset += 1) {
      const code = this.#text.charCodeAt(this.#offset)
      if (code === QUOTE) break
      if (code === BACKSLASH) {
        result += this.#text.slice(copied, this.#offset) + this.#escape()
        copied = this.#offset + 1
      } else if (!(code >= 0x20)) {
        throw this.#fault(Number.isNaN(code) ? "'\"'" : 'an escape sequence')
      }
    }
    result += this.#text.slice(copied, this.#offset)
    this.#offset += 1
    return result
  }

  /** From the backslash to the last character of the escape. */
  #escape(): string {
    this.#offset += 1
    const letter = this.#text[this.#offset] ?? ''
    const character = ESCAPES.get(letter)
    if (character !== undefined) return character
    if (letter !== 'u') throw this.#fault('one of " \\ / b f n r t u')
    let unit = 0
    for (let digit = 0; digit < 4; digit += 1) {
      this.#offset += 1
      const value = hexValue(this.#text.charCodeAt(this.#offset))
      if (value === undefined) throw this.#fault('a hexadecimal digit')
      unit = unit * 16 + value
    }
    return String.fromCharCode(unit)
  }

  #number(): JsonNumber {
    const start = this.#offset
    if (this.#text[this.#offset] === '-') this.#offset += 1
    if (this.#text[this.#offset] === '0') {
      this.#offset += 1
      if (isDigit(this.#text.charCodeAt(this.#offset))) throw this.#fault("'.', an exponent or the end of the number")
    } else {
      this.#digits()
    }
    if (this.#text[this.#offset] === '.') {
      this.#offset += 1
      this.#digits()
    }
    if ((this.#text.charCodeAt(this.#offset) | 0x20) === 0x65) {
      this.#offset += 1
      const sign = this.#text[this.#offset]
      if (sign === '+' || sign === '-') this.#offset += 1
      this.#digits()
    }
    return new JsonNumber(this.#text.slice(start, this.#offset))
  }

  #digits(): void {
    if (!isDigit(this.#text.charCodeAt(this.#offset))) throw this.#fault('a digit')
    do this.#offset += 1
    while (isDigit(this.#text.charCodeAt(this.#offset)))
  }

  #skipSpace(): void {
    for (; ; this.#offset += 1) {
      const code = this.#text.charCodeAt(this.#offset)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    }
  }

  #fault(expected: string): JsonParseError {
    return this.#error('SYNTAX', this.#offset, expected)
  }

  #twice(key: string, offset: number): JsonParseError {
    return this.#error('DUPLICATE_KEY', offset, 'another property name', `${JSON.stringify(key)} a second time`)
  }

  #error(code: JsonParseError['code'], offset: number, expected: string, found?: string): JsonParseError {
    return new JsonParseError(code, [...this.#path], this.#text, offset, expected, found)
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function hexValue(code: number): number | undefined {
  if (isDigit(code)) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : undefined
}
