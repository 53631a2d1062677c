import { useState } from 'react'
import { useShortcut } from '../../../../shared/shortcuts/shortcuts.tsx'
import { BarButton } from '../bar-button.tsx'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { ClearDialog } from './clear-dialog.tsx'

/** So few a click on the button clears without a question. A key, which may be pressed by mistake, always asks. */
const ASKED_FROM_MESSAGES = 100

interface ClearButtonProps {
  readonly stream: string
  readonly feed: WindowFeed
  readonly onClear: () => void
}

/** Removes everything kept. It can be undone for a moment only, so it asks first where there is much to lose. */
export function ClearButton({ stream, feed, onClear }: ClearButtonProps) {
  const [isAsking, setIsAsking] = useState(false)
  const kept = () => feed.view()?.counters.kept ?? 0
  const ask = () => {
    if (kept() < ASKED_FROM_MESSAGES) onClear()
    else setIsAsking(true)
  }
  useShortcut('C', 'Clear the stream, after a question', () => {
    if (kept() > 0) setIsAsking(true)
  })
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
