import type { EncodingHint } from '../../../../shared/decode/binary.ts'
import { mayBeBinary } from '../../../../shared/decode/binary.ts'
import { topicTypeOf } from '../../../../shared/decode/protobuf/topic-types.ts'
import { EVERY, type PathWithStars } from '../../protocol/read-path.ts'
import { type PlainDocument, plainDocument } from './plain-document.ts'

const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b

/** The object or array that a payload is; undefined when it is neither. */
export function structuredDocument(payload: Uint8Array, hint: EncodingHint): PlainDocument | undefined {
  if (topicTypeOf(hint.topic)) return plainDocument(payload, hint)
  let first = hasByteOrderMark(payload) ? 3 : 0
  while (first < payload.length && (payload[first] ?? 0) <= 0x20) first += 1
  const byte = payload[first] ?? 0
  if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET && !mayBeBinary(byte)) return undefined
  return plainDocument(payload, hint)
}

/** {@link structuredDocument} as programs read it, numbers as doubles. */
export function plainPayload(payload: Uint8Array, hint: EncodingHint): unknown {
  return structuredDocument(payload, hint)?.value
}

const hasByteOrderMark = (payload: Uint8Array) => payload[0] === 0xef && payload[1] === 0xbb && payload[2] === 0xbf

/** What stands at the path in a payload, numbers as doubles; undefined where there is nothing. */
export function plainAt(payload: Uint8Array, path: PathWithStars, hint: EncodingHint): unknown {
  return stepInto(plainPayload(payload, hint), path)
}

export function stepInto(value: unknown, path: PathWithStars): unknown {
  let current = value
  for (const step of path) {
    current = step === EVERY ? undefined : memberOf(current, step)
  }
  return current
}

/** The element or member at one step; undefined where there is none. */
export function memberOf(value: unknown, step: string | number): unknown {
  if (value instanceof Map) return (value as ReadonlyMap<unknown, unknown>).get(step) // of what keys and values, see plainDocument
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value) !== (typeof step === 'number') || !Object.hasOwn(value, step)) return undefined
  return (value as Record<string | number, unknown>)[step] // it has it, see above
}
