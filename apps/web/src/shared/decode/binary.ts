import type { DataTree } from './data-tree.ts'
import { DecodeError } from './decode-error.ts'
import { decodeAs, type Encoding, encodingSaid, guessEncoding } from './encodings.ts'
import type { MetricBirths } from './protobuf/sparkplug.ts'
import { type TopicType, topicTypeOf } from './protobuf/topic-types.ts'

/** What else a message says of how its payload is to be read. */
export interface EncodingHint {
  readonly topic: string
  /** MQTT 5's Content Type. */
  readonly contentType?: string | undefined
  /** What the births of Sparkplug say that held when it came. */
  readonly births?: MetricBirths | undefined
}

/** Whether a payload begins as an array, a map or a tag of CBOR, or as an array or a map of MessagePack. JSON never does. */
export const mayBeBinary = (firstByte: number): boolean => firstByte >= 0x80 && firstByte <= 0xdf

/** Encodings of structured data that are no text. */
export type BinaryEncoding = Exclude<Encoding, 'json'> | TopicType['encoding']

export interface DecodedBinary {
  readonly encoding: BinaryEncoding
  readonly tree: DataTree
}

/**
 * What a payload is by the type that is known for its topic: one of Protocol Buffers that somebody gave, or Sparkplug's.
 * Undefined: none is, or the payload is not of it.
 */
export function decodeByTopic(payload: Uint8Array, { topic, births }: EncodingHint): DecodedBinary | undefined {
  const type = topicTypeOf(topic)
  if (!type || payload.length === 0) return undefined
  try {
    return { encoding: type.encoding, tree: type.decode(payload, births) }
  } catch (error) {
    if (error instanceof DecodeError) return undefined
    throw error
  }
}

/**
 * What a payload that is no text is, told apart as `guessEncoding` does: of the type that is known for its topic; what its
 * Content Type or topic says, CBOR or MessagePack; else the first of these as which it decodes whole to an array, a map or
 * a tag. Undefined: neither.
 */
export function decodeAnyBinary(payload: Uint8Array, hint: EncodingHint): DecodedBinary | undefined {
  const known = decodeByTopic(payload, hint)
  if (known) return known
  const said = encodingSaid(hint.contentType, hint.topic)
  const isStructured = mayBeBinary(payload[0] ?? 0)
  const order = said === 'message-pack' ? (['message-pack', 'cbor'] as const) : (['cbor', 'message-pack'] as const)
  for (const encoding of order) {
    if (encoding !== said && !isStructured) continue
    const decoded = decodeAs(payload, encoding)
    if (decoded.ok && (encoding === said || STRUCTURED.has(decoded.tree.kind))) return { encoding, tree: decoded.tree }
  }
  return undefined
}

const STRUCTURED: ReadonlySet<DataTree['kind']> = new Set(['map', 'array', 'tag'])

/** The array or map that a payload is that is no text, see {@link decodeAnyBinary}; undefined: none. */
export function decodeBinary(payload: Uint8Array, hint: EncodingHint): DataTree | undefined {
  if (!mayBeBinary(payload[0] ?? 0)) return decodeByTopic(payload, hint)?.tree
  const tree = decodeAnyBinary(payload, hint)?.tree
  return tree && STRUCTURED.has(tree.kind) ? tree : undefined
}

/** What a payload is by its topic, else probably, see `guessEncoding`; undefined: look at it as text or bytes. */
export function decodePayload(
  payload: Uint8Array,
  hint: EncodingHint,
): { readonly encoding: Encoding | BinaryEncoding; readonly tree: DataTree } | undefined {
  const known = decodeByTopic(payload, hint)
  if (known) return known
  const encoding = guessEncoding(payload, hint.contentType, hint.topic)
  if (encoding === undefined) return undefined
  const decoded = decodeAs(payload, encoding)
  return decoded.ok ? { encoding, tree: decoded.tree } : undefined
}
