import type { Extension } from '@codemirror/state'

/**
 * A language of the editor: JSON, SQL, policy documents. It is a value, so that an editor knows none; what CodeMirror
 * needs of it is loaded with the editor and not before.
 */
export interface EditorLanguage {
  /** Grammar and colours, see `treeColours`; completion where there is any. */
  readonly load: () => Promise<Extension>
}

export const JSON_LANGUAGE: EditorLanguage = { load: async () => (await import('./json-extension.ts')).jsonExtension }
