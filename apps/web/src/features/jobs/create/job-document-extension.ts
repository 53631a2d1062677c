import type { Extension } from '@codemirror/state'
import { jsonWithPlaceholders } from '../../../shared/editor/placeholder-completion.ts'
import { PLACEHOLDERS } from './document-problems.ts'

/** JSON with the placeholders of jobs. */
export const jobDocumentExtension: Extension = jsonWithPlaceholders(PLACEHOLDERS)
