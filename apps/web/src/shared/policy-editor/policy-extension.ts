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
import { hoverTooltip, keymap } from '@codemirror/view'
import { type PolicyCompletion, type PolicyHome, policyCompletions, policyMeaning } from '@thingdeck/policies'
import { jsonExtension } from '../editor/json-extension.ts'

/** JSON with what policies have in it: completion, and what a word means where the pointer rests on it. */
export function policyExtension(home: PolicyHome): Extension {
  return [
    jsonExtension,
    closeBrackets(),
    keymap.of(closeBracketsKeymap),
    autocompletion({ override: [(context) => completionsAt(context, home)], icons: false }),
    hoverTooltip((view, offset) => {
      const meaning = policyMeaning(view.state.doc.toString(), offset)
      if (!meaning) return null
      const { from: pos, to: end, title, words } = meaning
      return { pos, end, above: true, create: () => ({ dom: meaningElement(title, words) }) }
    }),
  ]
}

function completionsAt({ state, pos, explicit }: CompletionContext, home: PolicyHome): CompletionResult | null {
  const found = policyCompletions(state.doc.toString(), pos, home)
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

const toCompletion = ({ label, insert, words, kind }: PolicyCompletion, behind: number): Completion => ({
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

function meaningElement(title: string, words: string): HTMLElement {
  const element = document.createElement('div')
  const name = document.createElement('strong')
  name.textContent = title
  element.append(name, document.createElement('br'), words)
  return element
}
