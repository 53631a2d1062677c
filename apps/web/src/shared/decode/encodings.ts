import { decodeCbor } from './cbor.ts'
import type { DataTree } from './data-tree.ts'
import { DecodeError } from './decode-error.ts'
import { decodeJson } from './json.ts'
import { decodeMessagePack } from './message-pack.ts'

/** Encodings of structured data that a payload can be looked at as. */
export type Encoding = 'json' | 'cbor' | 'message-pack'

export type Decoded =
  | { readonly ok: true; readonly tree: DataTree }
  /** `message` is a sentence that says where. */
  | { readonly ok: false; readonly message: string }

const DECODERS: Record<Encoding, (payload: Uint8Array) => DataTree> = {
  json: decodeJson,
  cbor: decodeCbor,
  'message-pack': decodeMessagePack,
}

/** Decodes a payload as the encoding that a person chose. Never throws. */
export function decodeAs(payload: Uint8Array, encoding: Encoding): Decoded {
  try {
    return { ok: true, tree: DECODERS[encoding](payload) }
  } catch (error) {
    if (error instanceof DecodeError) return { ok: false, message: `${error.message}.` }
    throw error
  }
}

const CONTENT_TYPES: readonly (readonly [RegExp, Encoding])[] = [
  [/[/+]json\b/i, 'json'],
  [/[/+]cbor\b/i, 'cbor'],
  [/[/+](?:x-|vnd\.)?(?:msgpack|messagepack)\b/i, 'message-pack'],
]

/** The encoding that a message's Content Type names, or its topic (`…/cbor`). */
export function encodingSaid(contentType?: string, topic = ''): Encoding | undefined {
  const said = contentType ?? `x${/\/(?:json|cbor)$/.exec(topic)?.[0] ?? ''}`
  return CONTENT_TYPES.find(([form]) => form.test(said))?.[1]
}

/**
 * What a payload probably is: what its Content Type or topic says (`…/cbor`), if it is that; else JSON, CBOR or
 * MessagePack, the first as which it decodes to an array or a map whole. Undefined: look at it as text or bytes. A
 * single number or text decodes as almost anything, so it is none of these unless the Content Type says so.
 */
export function guessEncoding(payload: Uint8Array, contentType?: string, topic = ''): Encoding | undefined {
  const said = encodingSaid(contentType, topic)
  if (said && decodeAs(payload, said).ok) return said
  const order: readonly Encoding[] = ['json', 'cbor', 'message-pack']
  return order.find((encoding) => {
    const decoded = decodeAs(payload, encoding)
    if (!decoded.ok) return false
    const { kind } = decoded.tree
    return kind === 'map' || kind === 'array' || (encoding === 'json' && payload.length > 0) || kind === 'tag'
  })
}
