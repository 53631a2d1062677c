import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useRef } from 'react'
import { EDITOR_THEME } from './editor-theme.ts'
import { useEditorView } from './open-editor.ts'
import { visibleCharacters } from './visible-characters.ts'
import './editor.css'

interface DiffViewProps {
  /** Accessible name. */
  readonly label: string
  readonly before: string
  readonly after: string
}

const FILLING = EditorView.theme({ '&': { backgroundColor: 'var(--td-surface-raised)', height: '100%' } })

/**
 * What changed from one text to the next, removed lines above those that took their place. It fills what is around it.
 * Load it lazily: `lazy(() => import('…/shared/editor/diff-view.tsx'))`.
 */
export default function DiffView({ label, before, after }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  useEditorView(
    { host, view },
    () => ({
      doc: after,
      extensions: [
        lineNumbers(),
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        visibleCharacters,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          gutter: true,
          collapseUnchanged: { margin: 2, minSize: 6 },
        }),
        FILLING,
        EDITOR_THEME,
      ],
    }),
    JSON.stringify([label, before, after]),
  )
  return <div ref={host} className="td-diff-view" />
}
