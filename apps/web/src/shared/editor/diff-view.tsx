import { unifiedMergeView } from '@codemirror/merge'
import { EditorView } from '@codemirror/view'
import { useRef } from 'react'
import { COLLAPSE_UNCHANGED, diffExtensions } from './diff-extensions.ts'
import { useEditorView } from './open-editor.ts'
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
        unifiedMergeView({
          original: before,
          mergeControls: false,
          gutter: true,
          collapseUnchanged: COLLAPSE_UNCHANGED,
        }),
        FILLING,
        diffExtensions(label),
      ],
    }),
    JSON.stringify([label, before, after]),
  )
  return <div ref={host} className="td-diff-view" />
}
