import { useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import { useShortcut } from '../../../../shared/shortcuts/shortcuts.tsx'
import { BarButton } from '../bar-button.tsx'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { ClearDialog } from './clear-dialog.tsx'

/** So few are cleared without a question: they are soon there again, or were read. */
const ASKED_FROM_MESSAGES = 100

interface ClearButtonProps {
  readonly stream: string
  readonly feed: WindowFeed
  readonly onClear: () => void
}

/** Removes everything kept. It cannot be undone, so it asks first where there is much to lose. */
export function ClearButton({ stream, feed, onClear }: ClearButtonProps) {
  const [isAsking, setIsAsking] = useState(false)
  const ask = () => {
    if ((feed.view()?.counters.kept ?? 0) < ASKED_FROM_MESSAGES) onClear()
    else setIsAsking(true)
  }
  useShortcut('C', `Clear the stream: asked first from ${formatCount(ASKED_FROM_MESSAGES)} messages on`, ask)
  return (
    <>
      <BarButton icon="remove" words="Clear" onClick={ask} />
      {isAsking && (
        <ClearDialog
          stream={stream}
          feed={feed}
          onClear={() => {
            setIsAsking(false)
            onClear()
          }}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  )
}
