import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'

const THEME = EditorView.theme({
  '&': { color: 'var(--td-text)', backgroundColor: 'var(--td-surface-raised)', fontSize: '12px', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--td-accent)', outlineOffset: '-1px' },
  '.cm-scroller': { fontFamily: 'var(--td-mono)', lineHeight: '18px', overflow: 'auto' },
  '.cm-gutters': {
    backgroundColor: 'var(--td-surface-raised)',
    color: 'var(--td-text-weak)',
    borderRight: '1px solid var(--td-line)',
  },
  '.cm-changedLine': { backgroundColor: 'var(--td-diff-added)' },
  '.cm-deletedChunk': { backgroundColor: 'var(--td-diff-removed)' },
  '.cm-changedText': { background: 'var(--td-diff-added-text)' },
  '.cm-deletedChunk .cm-deletedText': { background: 'var(--td-diff-removed-text)' },
  '.cm-collapsedLines': { background: 'var(--td-surface)', color: 'var(--td-text-weak)' },
})

interface PayloadDiffProps {
  readonly before: string
  readonly after: string
}

/**
 * What changed from one payload to the next, removed lines above those that took their place. It lives in a shadow
 * tree, where CodeMirror puts its styles into constructed sheets: the content security policy forbids `<style>`.
 */
export default function PayloadDiff({ before, after }: PayloadDiffProps) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current) return
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' })
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(),
          EditorState.readOnly.of(true),
          EditorView.editable.of(false),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Changes since the previous message', tabindex: '0' }),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            gutter: true,
            collapseUnchanged: { margin: 2, minSize: 6 },
          }),
          THEME,
        ],
      }),
    })
    return () => view.destroy()
  }, [before, after])
  return <div ref={host} className="td-diff" />
}
