import type { DataTree } from './data-tree.ts'
import { decodeAs, type Encoding, encodingSaid } from './encodings.ts'

/** What else a message says of how its payload is to be read. */
export interface EncodingHint {
  readonly topic: string
  /** MQTT 5's Content Type. */
  readonly contentType?: string | undefined
}

/** Whether a payload begins as an array, a map or a tag of CBOR, or as an array or a map of MessagePack. JSON never does. */
export const mayBeBinary = (firstByte: number): boolean => firstByte >= 0x80 && firstByte <= 0xdf

/** Encodings of structured data that are no text. */
export type BinaryEncoding = Exclude<Encoding, 'json'>

export interface DecodedBinary {
  readonly encoding: BinaryEncoding
  readonly tree: DataTree
}

/**
 * What a payload that is no text is in CBOR or MessagePack, told apart as `guessEncoding` does: what its Content Type
 * or topic says, else the first as which it decodes whole to an array, a map or a tag. Undefined: neither.
 */
export function decodeAnyBinary(payload: Uint8Array, { topic, contentType }: EncodingHint): DecodedBinary | undefined {
  const said = encodingSaid(contentType, topic)
  const isStructured = mayBeBinary(payload[0] ?? 0)
  const order: readonly BinaryEncoding[] = said === 'message-pack' ? ['message-pack', 'cbor'] : ['cbor', 'message-pack']
  for (const encoding of order) {
    if (encoding !== said && !isStructured) continue
    const decoded = decodeAs(payload, encoding)
    if (decoded.ok && (encoding === said || STRUCTURED.has(decoded.tree.kind))) return { encoding, tree: decoded.tree }
  }
  return undefined
}

const STRUCTURED: ReadonlySet<DataTree['kind']> = new Set(['map', 'array', 'tag'])

/** The array or map that a payload is in CBOR or MessagePack, see {@link decodeAnyBinary}; undefined: neither. */
export function decodeBinary(payload: Uint8Array, hint: EncodingHint): DataTree | undefined {
  if (!mayBeBinary(payload[0] ?? 0)) return undefined
  const tree = decodeAnyBinary(payload, hint)?.tree
  return tree && STRUCTURED.has(tree.kind) ? tree : undefined
}
