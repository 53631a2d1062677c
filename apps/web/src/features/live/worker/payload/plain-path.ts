import type { EncodingHint } from '../../../../shared/decode/binary.ts'
import { mayBeBinary } from '../../../../shared/decode/binary.ts'
import { plainDocument } from './plain-document.ts'
import { EVERY, type PathWithStars } from './read-path.ts'

const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b

/** The object or array that a payload is, numbers as doubles; undefined when it is neither. */
export function plainPayload(payload: Uint8Array, hint: EncodingHint): unknown {
  let first = 0
  while (first < payload.length && (payload[first] ?? 0) <= 0x20) first += 1
  const byte = payload[first] ?? 0
  if (byte !== OPEN_BRACE && byte !== OPEN_BRACKET && !mayBeBinary(byte)) return undefined
  return plainDocument(payload, hint)?.value
}

/** What stands at the path in a payload, numbers as doubles; undefined where there is nothing. */
export function plainAt(payload: Uint8Array, path: PathWithStars, hint: EncodingHint): unknown {
  return stepInto(plainPayload(payload, hint), path)
}

export function stepInto(value: unknown, path: PathWithStars): unknown {
  let current = value
  for (const step of path) {
    if (step === EVERY || typeof current !== 'object' || current === null) return undefined
    if (Array.isArray(current) !== (typeof step === 'number') || !Object.hasOwn(current, step)) return undefined
    current = (current as Record<string | number, unknown>)[step] // it has it, see above
  }
  return current
}
