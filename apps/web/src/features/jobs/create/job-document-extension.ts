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
import { jsonExtension } from '../../../shared/editor/json-extension.ts'
import { PLACEHOLDERS, type Placeholder } from './placeholders.ts'

/**
 * JSON with the placeholders of jobs, offered as soon as `$` is typed.
 * @param known those that are of this job alone, which are offered first
 */
export const jobDocumentExtension = (known: () => readonly Placeholder[]): Extension => [
  jsonExtension,
  closeBrackets(),
  keymap.of(closeBracketsKeymap),
  autocompletion({ override: [(context) => placeholdersAt(context, known())], icons: false }),
]

function placeholdersAt(context: CompletionContext, known: readonly Placeholder[]): CompletionResult | null {
  const begun = context.matchBefore(/\$\{?[\w:.-]*/)
  if (!begun && !context.explicit) return null
  return {
    from: begun?.from ?? context.pos,
    options: [...known, ...PLACEHOLDERS].map(({ label, insert, words }, index) => ({
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
