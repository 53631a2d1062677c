import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { BASE_THEME, openEditor } from '../../../../shared/ui/code-mirror.ts'

const THEME = EditorView.theme({
  '&': { backgroundColor: 'var(--td-surface-raised)', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--td-accent)', outlineOffset: '-1px' },
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

/** What changed from one payload to the next, removed lines above those that took their place. */
export default function PayloadDiff({ before, after }: PayloadDiffProps) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current) return
    const view = openEditor(host.current, {
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
        BASE_THEME,
      ],
    })
    return () => view.destroy()
  }, [before, after])
  return <div ref={host} className="td-diff" />
}
