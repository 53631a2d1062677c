import { useCallback, useMemo } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { formatBytes, formatCount } from '../../../../shared/format.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import { saveFile } from '../../../../shared/save-file.ts'
import { useSession } from '../../../../shared/session/session.tsx'
import { holdWork, isHeld, releaseWork } from '../../../../shared/unsaved/unsaved-work.ts'
import { useLiveClient } from '../client.ts'

const keyOf = (stream: string) => `recording:${stream}`

export interface RecordingControl {
  readonly start: () => void
  /** Ends it and hands the file to the browser. */
  readonly save: () => Promise<void>
  /** It is not wanted any more. */
  readonly discard: () => void
  /** Whether there is one that nobody has saved yet. */
  readonly isRunning: () => boolean
}

/**
 * Records a stream in the worker. While it does, the browser asks before the page is closed: what it has is kept then,
 * but it ends there.
 */
export function useRecording(stream: string): RecordingControl {
  const client = useLiveClient()
  const { flash } = useFlash()
  const owner = useSession().person.id
  const save = useCallback(async () => {
    try {
      const file = await client.call('live.stopRecording', { stream })
      releaseWork(keyOf(stream))
      if (!file) return
      saveFile(file.blob, file.fileName)
      const gaps = file.gaps > 0 ? `; ${formatCount(file.gaps)} gaps are marked in it` : ''
      flash({
        id: 'recording',
        type: 'success',
        header: `Recorded ${formatCount(file.messages)} ${file.messages === 1 ? 'message' : 'messages'}`,
        content: `${file.fileName}, ${formatBytes(file.blob.size)}${gaps}`,
      })
    } catch (error) {
      flash({
        id: 'recording',
        type: 'error',
        header: 'The recording was not saved',
        content: messageOf(error),
      })
    }
  }, [client, flash, stream])
  return useMemo(
    () => ({
      start: () => {
        holdWork(keyOf(stream), 'the rest of the recording that is under way')
        void client.call('live.startRecording', { stream, owner })
      },
      save,
      discard: () => {
        releaseWork(keyOf(stream))
        void client.call('live.discardRecording', { stream })
      },
      isRunning: () => isHeld(keyOf(stream)),
    }),
    [client, owner, save, stream],
  )
}
