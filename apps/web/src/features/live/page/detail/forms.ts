import { decodeAs, type Encoding, guessEncoding } from '../../../../shared/decode/encodings.ts'
import { textOf } from '../../../../shared/decode/text.ts'
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

/** Structured data as what it is, other text as text, the rest as bytes. */
export function bestForm({ payload, properties, topic }: FullMessage): DetailForm {
  const encoding = guessEncoding(payload, properties?.contentType, topic)
  if (encoding === 'json') return 'tree'
  if (encoding !== undefined) return encoding === 'cbor' ? 'cbor' : 'msgpack'
  return textOf(payload) === undefined ? 'hex' : 'text'
}
