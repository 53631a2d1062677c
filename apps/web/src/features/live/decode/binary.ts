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

/** The array or map that a payload is in CBOR or MessagePack, told apart as `guessEncoding` does; undefined: neither. */
export function decodeBinary(payload: Uint8Array, { topic, contentType }: EncodingHint): DataTree | undefined {
  if (!mayBeBinary(payload[0] ?? 0)) return undefined
  const order: readonly Encoding[] =
    encodingSaid(contentType, topic) === 'message-pack' ? ['message-pack', 'cbor'] : ['cbor', 'message-pack']
  for (const encoding of order) {
    const decoded = decodeAs(payload, encoding)
    if (decoded.ok && ['map', 'array', 'tag'].includes(decoded.tree.kind)) return decoded.tree
  }
  return undefined
}
