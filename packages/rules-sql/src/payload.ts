import { isJsonArray, isJsonObject, JsonNumber, JsonParseError, type JsonValue, parseJson } from '@thingdeck/json'
import { SQL_LIMITS } from './limits.ts'
import type { Numbers } from './numbers.ts'
import { createObject, type Value } from './value.ts'

/**
 * The value of a JSON text, without loss: see {@link Value}. What `JSON.parse` makes of it is taken where it lost
 * nothing, which a scan finds out at a fraction of the cost.
 * @returns undefined for what is not JSON, is nested too deeply, or holds a number beyond a Decimal
 */
export function parseJsonValue(text: string, numbers: Numbers): Exclude<Value, undefined> | undefined {
  let value: Value
  try {
    // Which shape it has, the type of JSON.parse does not say; it is just that of a Value without bytes.
    value = JSON.parse(text) as Value
  } catch {
    return undefined
  }
  switch (inspect(text, numbers)) {
    case 'exact':
      return value
    case 'too deep':
      return undefined
    case 'inexact':
      return parseLosslessly(text, numbers)
  }
}

function parseLosslessly(text: string, numbers: Numbers): Exclude<Value, undefined> | undefined {
  try {
    return fromJson(parseJson(text, { maxDepth: SQL_LIMITS.payloadDepth }), numbers)
  } catch (error) {
    if (error instanceof JsonParseError || error instanceof NumberTooLarge) return undefined
    throw error
  }
}

class NumberTooLarge extends Error {}

function fromJson(json: JsonValue, numbers: Numbers): Exclude<Value, undefined> {
  if (json instanceof JsonNumber) {
    const number = numbers.parse(json.text)
    if (number === undefined) throw new NumberTooLarge()
    return number
  }
  if (isJsonArray(json)) return json.map((item) => fromJson(item, numbers))
  if (!isJsonObject(json)) return json
  return createObject(Array.from(json, ([key, member]) => [key, fromJson(member, numbers)] as const))
}

const QUOTE = 0x22
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const BACKSLASH = 0x5c

/** Digits that a double surely keeps. */
const SAFE_LENGTH = 15

/** Whether `JSON.parse`, which has taken this text, kept its numbers and the order of its keys. */
function inspect(text: string, numbers: Numbers): 'exact' | 'inexact' | 'too deep' {
  const { length } = text
  let depth = 0
  let index = 0
  while (index < length) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      const from = index + 1
      index = endOfString(text, from)
      const first = text.charCodeAt(from)
      if (first >= ZERO && first <= NINE && isIndexKey(text, from, index)) return 'inexact'
      index += 1
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const from = index
      let isPlain = true
      for (index += 1; index < length; index += 1) {
        const next = text.charCodeAt(index)
        if (next >= ZERO && next <= NINE) continue
        // What may follow a digit within a number: `.`, `e`, `E`, and a sign after those.
        if (next === POINT || next === 0x65 || next === 0x45 || next === MINUS || next === 0x2b) isPlain = false
        else break
      }
      if ((!isPlain || index - from > SAFE_LENGTH) && !isExact(text.slice(from, index), isPlain, numbers)) {
        return 'inexact'
      }
    } else {
      // 0x5b [ and 0x7b {, 0x5d ] and 0x7d }
      if ((code | 0x20) === 0x7b) {
        depth += 1
        if (depth > SQL_LIMITS.payloadDepth) return 'too deep'
      } else if ((code | 0x20) === 0x7d) {
        depth -= 1
      }
      index += 1
    }
  }
  return 'exact'
}

/** The closing quote's place. */
function endOfString(text: string, from: number): number {
  for (let index = from; ; index += 1) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) return index
    if (code === BACKSLASH) index += 1
  }
}

/** Whether a string is a key of digits only. */
function isIndexKey(text: string, from: number, to: number): boolean {
  if (to - from > 10) return false
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index)
    if (code < ZERO || code > NINE) return false
  }
  let after = to + 1
  while (text.charCodeAt(after) <= 0x20) after += 1
  return text.charCodeAt(after) === COLON
}

function isExact(text: string, isInt: boolean, numbers: Numbers): boolean {
  const double = Number(text)
  if (isInt) return Number.isSafeInteger(double)
  // The usual number of a sensor: a double that prints as it was written.
  if (!Number.isInteger(double) && String(double) === text) return true
  return numbers.parse(text) === double
}
