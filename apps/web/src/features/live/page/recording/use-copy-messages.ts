import { useCallback } from 'react'
import { BRIEFLY_MS, useFlash } from '../../../../shared/flash/flash.tsx'
import { formatCount } from '../../../../shared/format.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import { useLiveClient } from '../client.ts'

/** Puts messages on the clipboard as JSON Lines, as an export writes them. */
export function useCopyMessages(stream: string): (sequences: readonly number[]) => Promise<void> {
  const client = useLiveClient()
  const { flash } = useFlash()
  return useCallback(
    async (sequences) => {
      try {
        const { blob, messages } = await client.call('live.export', {
          task: `copy-${crypto.randomUUID()}`,
          stream,
          scope: { kind: 'sequences', sequences },
          format: 'jsonl',
        })
        await navigator.clipboard.writeText((await blob.text()).trimEnd())
        flash({
          id: 'copy',
          type: 'success',
          header: `Copied ${formatCount(messages)} ${messages === 1 ? 'message' : 'messages'} as JSON Lines`,
          lastsMs: BRIEFLY_MS,
        })
      } catch (error) {
        flash({ id: 'copy', type: 'error', header: 'The messages were not copied', content: messageOf(error) })
      }
    },
    [client, flash, stream],
  )
}
