import {
  isJsonArray,
  JsonNumber,
  JsonObject,
  JsonParseError,
  type JsonTree,
  type JsonValue,
  parseJsonTree,
  utf8ByteLength,
} from '@thingdeck/json'
import type { DataTree } from './data-tree.ts'
import { DecodeError } from './decode-error.ts'
import { byteText, utf8FaultOf, utf8Of } from './text.ts'

const BYTE_ORDER_MARK = '\ufeff'

/** JSON in a text, and what devices put around it that is none: a byte order mark before, the zeros of C behind. */
export interface JsonPart {
  readonly json: string
  readonly hasByteOrderMark: boolean
  readonly zeros: number
}

/** RFC 8259 §8.1 leaves it to a reader to pass over a byte order mark. */
export function jsonPartOf(text: string): JsonPart {
  const from = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0
  let to = text.length
  while (to > from && text.charCodeAt(to - 1) === 0) to -= 1
  return { json: text.slice(from, to), hasByteOrderMark: from === 1, zeros: text.length - to }
}

/**
 * Decodes JSON without losing a digit or a member: a key that comes twice is there twice, in the order as written.
 * @throws {DecodeError}
 */
export function decodeJson(payload: Uint8Array): DataTree {
  const text = utf8Of(payload)
  if (text === undefined) {
    const { offset = 0, byte = 0 } = utf8FaultOf(payload) ?? {}
    throw new DecodeError(`The payload is no UTF-8 text: ${byteText(byte)} begins no character`, offset)
  }
  const { json, hasByteOrderMark } = jsonPartOf(text)
  try {
    return fromJsonTree(parseJsonTree(json))
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error
    const offset = utf8ByteLength(json.slice(0, error.offset)) + (hasByteOrderMark ? 3 : 0)
    throw new DecodeError(error.message, offset)
  }
}

function fromJsonTree({ value, members, items }: JsonTree): DataTree {
  if (items) return { kind: 'array', items: items.map(fromJsonTree) }
  if (!members) return fromJson(value)
  const entries = members.map(({ key, value: member }) => ({
    key: { kind: 'string', value: key } as const,
    value: fromJsonTree(member),
  }))
  return { kind: 'map', entries }
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
