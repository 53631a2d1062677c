import Button from '@cloudscape-design/components/button'
import { useCallback } from 'react'
import { messageOf } from '../message-of.ts'
import { useFlash } from './flash.tsx'

interface Undoable {
  /** A message with the id of one that is shown takes its place. */
  readonly id: string
  /** What was done: 'The tags of pump were changed'. */
  readonly done: string
  /** Puts back what was before. */
  readonly undo: () => Promise<unknown>
  /** 'The tags of pump could not be put back' */
  readonly failure: string
  /** It is other than it was. */
  readonly onChange: () => void
  /** How long it can be undone; left out: for as long as it is shown. */
  readonly forMs?: number
}

/** Says what was done, and offers to put back what was before. */
export function useUndoFlash(): (undoable: Undoable) => void {
  const { flash } = useFlash()
  return useCallback(
    ({ id, done, undo, failure, onChange, forMs }) => {
      const putBack = async () => {
        flash({ id, type: 'in-progress', header: 'It is being undone' })
        try {
          await undo()
          flash({ id, type: 'info', header: `Undone: ${done}` })
        } catch (error) {
          flash({ id, type: 'error', header: failure, content: messageOf(error) })
        }
        onChange()
      }
      flash({
        id,
        type: 'success',
        header: done,
        action: <Button onClick={() => void putBack()}>Undo</Button>,
        ...(forMs !== undefined && { lastsMs: forMs }),
      })
    },
    [flash],
  )
}
