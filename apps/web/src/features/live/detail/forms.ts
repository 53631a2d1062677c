import { textOf } from '../engine/preview.ts'
import type { FullMessage } from '../engine/protocol.ts'
import type { DetailForm } from '../search.ts'
import { jsonOf } from './payload.ts'

export interface FormChoice {
  readonly id: DetailForm
  readonly label: string
  /** Why the payload cannot be shown so. */
  readonly whyNot?: string
}

const NO_PREVIOUS = 'No earlier message on this topic is kept.'

/** Everything that a message can be looked at as. */
export function availableForms(message: FullMessage): readonly FormChoice[] {
  return [
    { id: 'tree', label: 'Tree', ...(jsonOf(message.payload) ? {} : { whyNot: 'The payload is not JSON.' }) },
    { id: 'text', label: 'Text' },
    { id: 'hex', label: 'Hex' },
    { id: 'base64', label: 'Base64' },
    {
      id: 'diff',
      label: 'Diff to previous',
      ...(message.previousOnTopic === undefined ? { whyNot: NO_PREVIOUS } : {}),
    },
    { id: 'properties', label: 'Properties' },
  ]
}

/** JSON as a tree, other text as text, the rest as bytes. */
export function bestForm(message: FullMessage): DetailForm {
  if (jsonOf(message.payload)) return 'tree'
  return textOf(message.payload) === undefined ? 'hex' : 'text'
}
