import type { Extension } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import { type PolicyHome, policyCompletions, policyMeaning } from '@thingdeck/policies'
import { jsonCompletion } from '../editor/json-completion.ts'
import { jsonExtension } from '../editor/json-extension.ts'

/** JSON with what policies have in it: completion, and what a word means where the pointer rests on it. */
export function policyExtension(home: PolicyHome): Extension {
  return [
    jsonExtension,
    jsonCompletion((text, offset) => policyCompletions(text, offset, home)),
    hoverTooltip((view, offset) => {
      const meaning = policyMeaning(view.state.doc.toString(), offset)
      if (!meaning) return null
      const { from: pos, to: end, title, words } = meaning
      return { pos, end, above: true, create: () => ({ dom: meaningElement(title, words) }) }
    }),
  ]
}

function meaningElement(title: string, words: string): HTMLElement {
  const element = document.createElement('div')
  const name = document.createElement('strong')
  name.textContent = title
  element.append(name, document.createElement('br'), words)
  return element
}
