import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  pickedCompletion,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { keymap } from '@codemirror/view'
import { jsonExtension } from './json-extension.ts'

/** A placeholder that AWS replaces, as it stands in a document. */
export interface Placeholder {
  readonly label: string
  /** What is put in; `|` is where the cursor goes. */
  readonly insert: string
  readonly words: string
}

/**
 * JSON with placeholders, offered as soon as `$` is typed.
 * @param placeholders asked for whenever they are offered
 */
export const jsonWithPlaceholders = (placeholders: () => readonly Placeholder[]): Extension => [
  jsonExtension,
  closeBrackets(),
  keymap.of(closeBracketsKeymap),
  autocompletion({ override: [placeholdersAt(placeholders)], icons: false }),
]

const placeholdersAt =
  (placeholders: () => readonly Placeholder[]) =>
  (context: CompletionContext): CompletionResult | null => {
    const begun = context.matchBefore(/\$\{?[\w:.-]*/)
    if (!begun && !context.explicit) return null
    return {
      from: begun?.from ?? context.pos,
      options: placeholders().map(({ label, insert, words }, index) => ({
        label,
        info: words,
        type: 'variable',
        boost: -index,
        apply: (view, completion, start, end) => {
          const cursor = insert.indexOf('|')
          // The editor has closed what was opened: that brace is a part of what is put in.
          const to = view.state.sliceDoc(end, end + 1) === '}' ? end + 1 : end
          view.dispatch({
            changes: { from: start, to, insert: insert.replace('|', '') },
            selection: { anchor: start + cursor },
            annotations: pickedCompletion.of(completion),
            userEvent: 'input.complete',
          })
        },
      })),
    }
  }
