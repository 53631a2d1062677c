import type { Extension } from '@codemirror/state'
import { parameterPlaceholder, TIMEOUT_PLACEHOLDER } from '@thingdeck/commands'
import { jsonWithPlaceholders } from '../../../shared/editor/placeholder-completion.ts'

/** JSON with the placeholders of commands. @see AWS IoT developer guide, "Create and manage commands", payload template */
export const templateExtension: Extension = jsonWithPlaceholders(() => [
  {
    label: parameterPlaceholder('…'),
    insert: parameterPlaceholder('|'),
    words:
      'The value of a parameter, which is given whenever the command is sent. As a whole text it becomes the value with its type: "${…}" → 20.',
  },
  {
    label: TIMEOUT_PLACEHOLDER,
    insert: `${TIMEOUT_PLACEHOLDER}|`,
    words: 'How many seconds the device has, as a number.',
  },
])
