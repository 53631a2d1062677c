import {
  type BinaryEncoding,
  type DecodedBinary,
  decodeAnyBinary,
  decodeByTopic,
  type EncodingHint,
} from '../../../../shared/decode/binary.ts'
import { dataText } from '../../../../shared/decode/data-text.ts'
import { topicTypeOf } from '../../../../shared/decode/protobuf/topic-types.ts'
import { isMostlyText, looseText, textOf } from '../../../../shared/decode/text.ts'

const MAX_BYTES = 400
/** A row is made anew with each frame: what is larger is decoded where it is looked at alone. */
const MAX_DECODED_BYTES = 4_096
const MAX_HEX_BYTES = 64
/** Of a text on lines. What else JavaScript's `\s` matches, such as a byte order mark, is to be seen. */
const WHITE_SPACE = /[ \t\r\n]+/g

/** The beginning of a payload on one line, for a list. */
export interface Preview {
  readonly preview: string
  /** Not hex. */
  readonly isText: boolean
  /** What `preview` was decoded from; left out for text, and for hex. */
  readonly encoding?: BinaryEncoding
}

/**
 * Text as it is, also with a few bytes that are no UTF-8 (see `looseText`); CBOR, MessagePack and what is known by its
 * topic as the detail shows them, where they decode whole; anything else as hex.
 */
export function previewOf(payload: Uint8Array, hint: EncodingHint): Preview {
  if (topicTypeOf(hint.topic) && payload.length <= MAX_DECODED_BYTES) {
    const known = decodeByTopic(payload, hint)
    if (known) return previewOfDecoded(known)
  }
  const head = payload.subarray(0, endOfCharacter(payload))
  const text = textOf(head)
  if (text !== undefined) return { preview: text.replace(WHITE_SPACE, ' '), isText: true }
  const decoded = payload.length <= MAX_DECODED_BYTES ? decodeAnyBinary(payload, hint) : undefined
  if (decoded) return previewOfDecoded(decoded)
  if (isMostlyText(head)) return { preview: looseText(head).replace(WHITE_SPACE, ' '), isText: true }
  const bytes = Array.from(payload.subarray(0, MAX_HEX_BYTES), (byte) => byte.toString(16).padStart(2, '0'))
  return { preview: bytes.join(' '), isText: false }
}

const previewOfDecoded = ({ encoding, tree }: DecodedBinary): Preview => ({
  preview: dataText(tree).slice(0, MAX_BYTES),
  isText: true,
  encoding,
})

/** The cut may not fall inside a character: its continuation bytes are 0b10xxxxxx. */
function endOfCharacter(payload: Uint8Array): number {
  if (payload.length <= MAX_BYTES) return payload.length
  let end = MAX_BYTES
  while (end > 0 && ((payload[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return end
}
