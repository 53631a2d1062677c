import type { ReactNode } from 'react'
import type { DataTree } from '../../../../shared/decode/data-tree.ts'
import { readingNotes } from '../../../../shared/decode/reading-notes.ts'
import type { OpenState } from './data-rows.ts'
import { DataTreeView } from './data-tree-view.tsx'

interface DecodedPayloadProps {
  readonly payload: Uint8Array
  readonly tree: DataTree
  readonly open: OpenState
  readonly onOpen: (open: OpenState) => void
  readonly onCopy: (text: string, what: string) => void
  readonly onChart: ((path: string) => void) | undefined
  /** Stands above it. */
  readonly lead?: ReactNode
}

/** Structured data as a tree, and above it what must be known to read it right. */
export function DecodedPayload({ payload, tree, lead, ...rest }: DecodedPayloadProps) {
  const notes = readingNotes(payload, tree)
  return (
    <>
      {lead}
      {notes.map((note) => (
        <p key={note} className="td-reading-note">
          {note}
        </p>
      ))}
      <DataTreeView value={tree} {...rest} />
    </>
  )
}
