import { isJsonArray, JsonNumber, JsonObject, JsonParseError, type JsonValue, parseJson } from '@thingdeck/json'
import type { DataTree } from './data-tree.ts'
import { DecodeError } from './decode-error.ts'
import { textOf } from './text.ts'

/**
 * Decodes JSON without losing a digit. Of two members with one key the last counts, as everywhere.
 * @throws {DecodeError} whose offset is in UTF-16 code units of the text
 */
export function decodeJson(payload: Uint8Array): DataTree {
  const text = textOf(payload)
  if (text === undefined) throw new DecodeError('The payload is no UTF-8 text', 0)
  try {
    return fromJson(parseJson(text))
  } catch (error) {
    if (error instanceof JsonParseError) throw new DecodeError(error.message, error.offset)
    throw error
  }
}

export function fromJson(value: JsonValue): DataTree {
  if (value === null) return { kind: 'null' }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (typeof value === 'string') return { kind: 'string', value }
  if (value instanceof JsonNumber) return { kind: 'number', text: value.text }
  if (isJsonArray(value)) return { kind: 'array', items: value.map(fromJson) }
  if (value instanceof JsonObject) {
    const entries = Array.from(value, ([key, member]) => ({
      key: { kind: 'string', value: key } as const,
      value: fromJson(member),
    }))
    return { kind: 'map', entries }
  }
  return { kind: 'undefined' }
}
