import { MergeView } from '@codemirror/merge'
import { useEffect, useRef } from 'react'
import { COLLAPSE_UNCHANGED, diffExtensions } from './diff-extensions.ts'
import './editor.css'

interface SideBySideViewProps {
  /** Accessible names of the two texts. */
  readonly labels: readonly [before: string, after: string]
  readonly before: string
  readonly after: string
}

/**
 * Two texts beside each other, equal lines at the same height, and what differs marked in both. As wide as what is
 * around it, and as high as the texts. Load it lazily, as `DiffView`.
 */
export default function SideBySideView({ labels: [labelBefore, labelAfter], before, after }: SideBySideViewProps) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!host.current) return
    // In a shadow tree, as every editor: see `openEditor`.
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' })
    const view = new MergeView({
      root,
      parent: root,
      a: { doc: before, extensions: diffExtensions(labelBefore) },
      b: { doc: after, extensions: diffExtensions(labelAfter) },
      gutter: true,
      collapseUnchanged: COLLAPSE_UNCHANGED,
    })
    return () => view.destroy()
  }, [labelBefore, labelAfter, before, after])
  return <div ref={host} className="td-diff-view" />
}
