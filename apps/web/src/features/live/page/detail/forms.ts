import { type BinaryEncoding, decodePayload } from '../../../../shared/decode/binary.ts'
import { DecodeError } from '../../../../shared/decode/decode-error.ts'
import { decodeAs, type Encoding } from '../../../../shared/decode/encodings.ts'
import { topicTypeOf } from '../../../../shared/decode/protobuf/topic-types.ts'
import { readFields } from '../../../../shared/decode/protobuf/wire-reader.ts'
import { isMostlyText, textOf } from '../../../../shared/decode/text.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import type { DetailForm } from '../search.ts'

export interface FormChoice {
  readonly id: DetailForm
  readonly label: string
  /** Why the payload cannot be shown so. */
  readonly whyNot?: string
}

/** Forms that show the payload as structured data. */
export const ENCODING_OF: Partial<Record<DetailForm, Encoding>> = {
  tree: 'json',
  cbor: 'cbor',
  msgpack: 'message-pack',
}

const FORM_OF: Record<Encoding | BinaryEncoding, DetailForm> = {
  json: 'tree',
  cbor: 'cbor',
  'message-pack': 'msgpack',
  protobuf: 'protobuf',
  sparkplug: 'protobuf',
}

/** Everything that a message can be looked at as. */
export function availableForms(message: FullMessage): readonly FormChoice[] {
  const { payload } = message
  return [
    structured('tree', 'Tree', payload, 'json'),
    { id: 'text', label: 'Text' },
    { id: 'hex', label: 'Hex' },
    { id: 'base64', label: 'Base64' },
    structured('cbor', 'CBOR', payload, 'cbor'),
    structured('msgpack', 'MessagePack', payload, 'message-pack'),
    protobuf(message),
    {
      id: 'diff',
      label: 'Diff to previous',
      ...(message.previousOnTopic === undefined ? { whyNot: 'No earlier message on this topic is kept.' } : {}),
    },
    { id: 'properties', label: 'Properties' },
  ]
}

const NAMES: Record<Encoding, string> = { json: 'JSON', cbor: 'CBOR', 'message-pack': 'MessagePack' }

function structured(id: DetailForm, label: string, payload: Uint8Array, encoding: Encoding): FormChoice {
  const decoded = decodeAs(payload, encoding)
  return decoded.ok ? { id, label } : { id, label, whyNot: `Not ${NAMES[encoding]}: ${decoded.message}` }
}

function protobuf({ payload, topic }: FullMessage): FormChoice {
  const id = 'protobuf'
  const type = topicTypeOf(topic)
  const label = type?.encoding === 'sparkplug' ? 'Sparkplug B' : 'Protobuf'
  if (payload.length === 0) return { id, label, whyNot: `Not ${label}: the payload is empty.` }
  try {
    readFields(payload)
    return { id, label }
  } catch (error) {
    if (error instanceof DecodeError) return { id, label, whyNot: `Not ${label}: ${error.message}.` }
    throw error
  }
}

/** Structured data as what it is, other text as text, the rest as bytes. */
export function bestForm({ payload, hint }: FullMessage): DetailForm {
  const decoded = decodePayload(payload, hint)
  if (decoded) return FORM_OF[decoded.encoding]
  return textOf(payload) !== undefined || isMostlyText(payload) ? 'text' : 'hex'
}
