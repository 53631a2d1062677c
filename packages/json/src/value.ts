/**
 * Any JSON value, without loss: numbers keep their digits, objects the order of their keys. Values are immutable
 * and may be shared between documents.
 */
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject
export type JsonArray = readonly JsonValue[]

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A number as it was written: `1.0`, `1e400` and `12345678901234567890` stay themselves. */
export class JsonNumber {
  /** The number's source text (RFC 8259 §6). */
  readonly text: string

  /** @param text must be a JSON number; {@link JsonNumber.of} checks it */
  constructor(text: string) {
    this.text = text
  }

  /** @throws {TypeError} for text that is not a JSON number, for NaN and for infinities */
  static of(value: number | bigint | string): JsonNumber {
    const text = String(value)
    if (!NUMBER.test(text)) throw new TypeError(`Not a JSON number: ${text}`)
    return new JsonNumber(text)
  }

  /** The nearest double, which may be another number: digits beyond 2^53 are lost, `1e400` is Infinity. */
  toNumber(): number {
    return Number(this.text)
  }

  /** Whether {@link toNumber} is exactly this number. */
  get isExact(): boolean {
    const double = this.toNumber()
    return Number.isFinite(double) && decimalForm(shortestExact(double)) === decimalForm(this.text)
  }

  toString(): string {
    return this.text
  }
}

/** `0.1` is a double's usual spelling, so it counts as exact; only integers are spelled out to the last digit. */
function shortestExact(double: number): string {
  return Number.isInteger(double) ? BigInt(double).toString() : String(double)
}

/**
 * One spelling for all spellings of a number, `-12.50e3` → `-125e2`; `0`, `-0` and `0e9` → `0`. Equal texts mean
 * equal numbers, however many digits or however large the exponent.
 */
export function decimalForm(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (!match) throw new TypeError(`Not a JSON number: ${text}`)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const digits = trimZeros(whole + fraction)
  if (digits.significant === '') return '0'
  const shift = digits.trailing - fraction.length
  const scale = exponent.length <= 15 ? Number(exponent) + shift : BigInt(exponent) + BigInt(shift)
  return `${sign}${digits.significant}e${scale}`
}

/** By index, not by a pattern anchored at the end, which would be quadratic in a long row of zeros. */
function trimZeros(digits: string): { significant: string; trailing: number } {
  let start = 0
  while (start < digits.length && digits[start] === '0') start += 1
  let end = digits.length
  while (end > start && digits[end - 1] === '0') end -= 1
  return { significant: digits.slice(start, end), trailing: digits.length - end }
}

/** An object whose keys keep their order and are never anything but keys, `__proto__` and `7` included. */
export class JsonObject {
  static readonly EMPTY: JsonObject = new JsonObject()
  readonly #members: ReadonlyMap<string, JsonValue>
  /** Of a document that changes in one place, all else is written as it was before. */
  #compact: string | undefined

  /** @param members is kept, not copied, and must not be changed afterwards */
  constructor(members: ReadonlyMap<string, JsonValue> = new Map()) {
    this.#members = members
  }

  /** Of two members with one key the last counts, at the place of the first, as with `JSON.parse`. */
  static from(entries: Iterable<readonly [string, JsonValue]>): JsonObject {
    return new JsonObject(new Map(entries))
  }

  get size(): number {
    return this.#members.size
  }

  get(key: string): JsonValue | undefined {
    return this.#members.get(key)
  }

  has(key: string): boolean {
    return this.#members.has(key)
  }

  keys(): MapIterator<string> {
    return this.#members.keys()
  }

  values(): MapIterator<JsonValue> {
    return this.#members.values()
  }

  entries(): MapIterator<[string, JsonValue]> {
    return this.#members.entries()
  }

  [Symbol.iterator](): MapIterator<[string, JsonValue]> {
    return this.#members.entries()
  }

  /** A copy with `key` set, at its old place or at the end. */
  with(key: string, value: JsonValue): JsonObject {
    return new JsonObject(new Map(this.#members).set(key, value))
  }

  /** A copy without `key`. */
  without(key: string): JsonObject {
    const members = new Map(this.#members)
    members.delete(key)
    return new JsonObject(members)
  }

  /** The compact form; written once, since an object does not change. */
  toString(): string {
    this.#compact ??= compactMembers(this)
    return this.#compact
  }
}

/** Without white space, as `JSON.stringify` writes it by default. */
export function compactText(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quoted(value)
  if (!isJsonArray(value)) return value.toString()
  let items = ''
  for (const item of value) items += (items === '' ? '' : ',') + compactText(item)
  return `[${items}]`
}

function compactMembers(object: JsonObject): string {
  let members = ''
  for (const [key, member] of object) {
    members += `${(members === '' ? '' : ',') + quoted(key)}:${compactText(member)}`
  }
  return `{${members}}`
}

/** All but what `JSON.stringify` leaves as it is: not `"`, `\`, control characters, surrogates (which may be lone). */
const MAY_NEED_ESCAPES = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

function quoted(text: string): string {
  return MAY_NEED_ESCAPES.test(text) ? JSON.stringify(text) : `"${text}"`
}

export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value)
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof JsonObject
}
