import { isJsonArray, isJsonObject, JsonNumber, JsonParseError, type JsonValue, parseJson } from '@thingdeck/json'
import { inspectJson } from './inspect-json.ts'
import { SQL_LIMITS } from './limits.ts'
import type { Numbers } from './numbers.ts'
import { encodeUtf8 } from './utf8.ts'
import { createObject, type Value } from './value.ts'

/**
 * The value of a JSON text, without loss: see {@link Value}. What `JSON.parse` makes of it is taken where it lost
 * nothing, which a scan finds out at a fraction of the cost.
 * @param bytes of the text in UTF-8, where the caller has them
 * @returns undefined for what is not JSON, is nested too deeply, or holds a number beyond a Decimal
 */
export function parseJsonValue(
  text: string,
  numbers: Numbers,
  bytes: Uint8Array = encodeUtf8(text),
): Exclude<Value, undefined> | undefined {
  let value: Value
  try {
    // Which shape it has, the type of JSON.parse does not say; it is just that of a Value without bytes.
    value = JSON.parse(text) as Value
  } catch {
    return undefined
  }
  switch (inspectJson(text, bytes, numbers)) {
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
