import { EditorState, type EditorStateConfig } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** What every editor of the console looks like; each adds its own theme after it. */
export const BASE_THEME = EditorView.theme({
  '&': { color: 'var(--td-text)', backgroundColor: 'var(--td-surface)', fontSize: '12px' },
  '.cm-scroller': { fontFamily: 'var(--td-mono)', lineHeight: '18px', overflow: 'auto' },
  '.cm-gutters': {
    backgroundColor: 'var(--td-surface-raised)',
    color: 'var(--td-text-weak)',
    borderRight: '1px solid var(--td-line)',
  },
})

/**
 * An editor that fills `host`; whoever opens it destroys it. It lives in a shadow tree, where CodeMirror puts its styles
 * into constructed sheets: in the document itself it would add `<style>` elements, which the content security policy
 * forbids.
 */
export function openEditor(host: HTMLElement, config: EditorStateConfig): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  return new EditorView({ root, parent: root, state: EditorState.create(config) })
}
