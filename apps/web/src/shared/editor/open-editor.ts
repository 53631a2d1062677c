import { EditorState, type EditorStateConfig } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { type RefObject, useEffect } from 'react'

/**
 * An editor that fills `host`; whoever opens it destroys it. It lives in a shadow tree, where CodeMirror puts its
 * styles into constructed sheets: in the document itself it would add `<style>` elements, which the content security
 * policy forbids.
 */
export function openEditor(host: HTMLElement, config: EditorStateConfig): EditorView {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  return new EditorView({ root, parent: root, state: EditorState.create(config) })
}

interface EditorRefs {
  /** The element that the editor fills. */
  readonly host: RefObject<HTMLElement | null>
  /** Null before the element is there, and after. */
  readonly view: RefObject<EditorView | null>
}

/** An editor as long as the component is there. `config` is asked for once, and again when `anew` changes. */
export function useEditorView({ host, view }: EditorRefs, config: () => EditorStateConfig, anew?: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes later is dispatched
  useEffect(() => {
    if (!host.current) return
    const editor = openEditor(host.current, config())
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
    }
  }, [anew])
}
