import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  pickedCompletion,
} from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { keymap } from '@codemirror/view'
import type { JsonCompletion, JsonCompletions } from '@thingdeck/json'

/** What could be written at a place of a text. */
export type JsonCompleter = (text: string, offset: number) => JsonCompletions | undefined

/** Completion for documents of JSON, with the quotes and brackets that close themselves. */
export const jsonCompletion = (complete: JsonCompleter): Extension => [
  closeBrackets(),
  keymap.of(closeBracketsKeymap),
  autocompletion({ override: [(context) => completionsAt(context, complete)], icons: false }),
]

function completionsAt({ state, pos, explicit }: CompletionContext, complete: JsonCompleter): CompletionResult | null {
  const found = complete(state.doc.toString(), pos)
  // Where nothing is written yet, a list that opens by itself would stand in the way.
  if (!found || (!explicit && found.from === pos && state.sliceDoc(pos - 1, pos) !== '"')) return null
  // What follows the cursor, as a closing quote, would be taken for typed: it is replaced with the choice.
  const behind = found.to - pos
  // Of what fits alike, in the order of the package: what is needed most comes first.
  return {
    from: found.from,
    options: found.options.map((option, index) => ({ ...toCompletion(option, behind), boost: -index })),
  }
}

const toCompletion = ({ label, insert, words, kind }: JsonCompletion, behind: number): Completion => ({
  label,
  info: words,
  type: kind,
  apply: (view, completion, from, to) =>
    view.dispatch({
      changes: { from, to: to + behind, insert },
      selection: { anchor: from + insert.length },
      annotations: pickedCompletion.of(completion),
      userEvent: 'input.complete',
    }),
})
