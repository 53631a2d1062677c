import { useUndoFlash } from '../../../../shared/flash/use-undo-flash.tsx'
import { formatCount } from '../../../../shared/format.ts'
import { UNDO_CLEAR_MS } from '../../protocol/stream.ts'
import { useLiveClient } from '../client.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'

const CLEARED = 'live-cleared'
const GONE = 'What was cleared is kept for a minute, and only as long as little comes meanwhile.'

/** Clears a stream, and offers to undo that. @param onClear what the page then forgets of it */
export function useClear(stream: string, feed: WindowFeed, onClear: () => void): () => void {
  const client = useLiveClient()
  const offerUndo = useUndoFlash()
  return () => {
    const messages = feed.view()?.counters.kept ?? 0
    void client.call('live.clear', { stream })
    onClear()
    if (messages === 0) return
    offerUndo({
      id: CLEARED,
      done: messages === 1 ? '1 message was cleared' : `${formatCount(messages)} messages were cleared`,
      undo: async () => {
        if (!(await client.call('live.undoClear', { stream }))) throw new Error(GONE)
      },
      failure: 'They could not be brought back',
      onChange: () => {},
      forMs: UNDO_CLEAR_MS,
    })
  }
}
