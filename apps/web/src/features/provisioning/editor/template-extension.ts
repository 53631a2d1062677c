import type { Extension } from '@codemirror/state'
import { type TemplateUse, templateCompletions } from '@thingdeck/provisioning'
import { jsonCompletion } from '../../../shared/editor/json-completion.ts'
import { jsonExtension } from '../../../shared/editor/json-extension.ts'

/** JSON with what templates of this use have in it. */
export const templateExtension = (use: TemplateUse): Extension => [
  jsonExtension,
  jsonCompletion((text, offset) => templateCompletions(text, offset, use)),
]
