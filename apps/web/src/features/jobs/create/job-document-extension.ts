import type { Extension } from '@codemirror/state'
import { jsonWithPlaceholders, type Placeholder } from '../../../shared/editor/placeholder-completion.ts'
import { PLACEHOLDERS } from './placeholders.ts'

/**
 * JSON with the placeholders of jobs.
 * @param known those that are of this job alone, which are offered first
 */
export const jobDocumentExtension = (known: () => readonly Placeholder[]): Extension =>
  jsonWithPlaceholders(() => [...known(), ...PLACEHOLDERS])
