import { useCallback, useEffect, useState } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { messageOf } from '../../../../shared/message-of.ts'
import { useSession } from '../../../../shared/session/session.tsx'
import { fileNameFor } from '../../protocol/file-name.ts'
import type { StoredRecording } from '../../protocol/record.ts'
import { useLiveClient } from '../client.ts'

export interface Interrupted {
  /** Oldest first. Empty until they are known. */
  readonly recordings: readonly StoredRecording[]
  /** Undefined when it cannot be read, which is then said. */
  readonly read: (recording: StoredRecording) => Promise<File | undefined>
  readonly discard: (recording: StoredRecording) => Promise<void>
}

/** Recordings of this person in this browser that were not ended: their tab was closed, crashed or signed out. */
export function useInterrupted(): Interrupted {
  const client = useLiveClient()
  const { flash } = useFlash()
  const owner = useSession().person.id
  const [recordings, setRecordings] = useState<readonly StoredRecording[]>([])
  const look = useCallback(async () => {
    try {
      setRecordings(await client.call('live.interruptedRecordings', { owner }))
    } catch (error) {
      const content = messageOf(error)
      flash({ id: 'interrupted', type: 'warning', header: 'Recordings of before could not be looked for', content })
    }
  }, [client, flash, owner])
  useEffect(() => {
    // Another tab may have crashed meanwhile: who comes back to this one finds what that left.
    const lookAgain = () => {
      if (document.visibilityState === 'visible') void look()
    }
    void look()
    document.addEventListener('visibilitychange', lookAgain)
    return () => document.removeEventListener('visibilitychange', lookAgain)
  }, [look])

  const read = async (recording: StoredRecording) => {
    try {
      const blob = await client.call('live.readInterrupted', { owner, id: recording.id })
      return new File([blob], fileNameFor('recording', recording.startedAtMs), { type: 'application/gzip' })
    } catch (error) {
      const content = messageOf(error)
      flash({ id: recording.id, type: 'error', header: 'The recording could not be read', content })
      await look()
      return undefined
    }
  }
  const discard = async (recording: StoredRecording) => {
    try {
      await client.call('live.discardInterrupted', { owner, id: recording.id })
    } catch (error) {
      const content = messageOf(error)
      flash({ id: recording.id, type: 'error', header: 'The recording could not be discarded', content })
    }
    await look()
  }
  return { recordings, read, discard }
}
