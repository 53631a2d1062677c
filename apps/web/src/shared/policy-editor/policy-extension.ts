import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
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
  return { from: found.from, to: found.to, options: found.options.map(toCompletion) }
}

const toCompletion = ({ label, insert, words, kind }: PolicyCompletion): Completion => ({
  label,
  apply: insert,
  info: words,
  type: kind,
})

function meaningElement(title: string, words: string): HTMLElement {
  const element = document.createElement('div')
  const name = document.createElement('strong')
  name.textContent = title
  element.append(name, document.createElement('br'), words)
  return element
}
