import { useCallback, useEffect, useRef, useState } from 'react'
import { messageOf } from '../../../shared/message-of.ts'
import type { ShadowKey } from '../model/shadow-key.ts'
import { openShadowRecording } from './open-shadow-recording.ts'
import type { ReadingProgress } from './shadow-recording.ts'
import type { OpenRecording } from './timeline.ts'

/** A recording on its way in. */
export interface Reading {
  readonly fileName: string
  readonly progress: ReadingProgress | undefined
}

export interface Recordings {
  readonly open: readonly OpenRecording[]
  readonly reading: Reading | undefined
  /** The file that could not be opened last, and why. */
  readonly failure: { readonly fileName: string; readonly message: string } | undefined
  /** Reads a file; one that is being read is given up. */
  readonly read: (file: File) => void
  readonly cancel: () => void
  readonly close: (key: string) => void
}

/** The recordings that somebody opened beside a shadow, for as long as its page is. */
export function useRecordings({ thingName, shadowName }: ShadowKey): Recordings {
  const [open, setOpen] = useState<readonly OpenRecording[]>([])
  const [reading, setReading] = useState<Reading>()
  const [failure, setFailure] = useState<Recordings['failure']>()
  const under = useRef<AbortController>(undefined)
  const count = useRef(0)

  const cancel = useCallback(() => {
    under.current?.abort()
    under.current = undefined
    setReading(undefined)
  }, [])
  useEffect(() => () => under.current?.abort(), [])

  const read = useCallback(
    async (file: File) => {
      under.current?.abort()
      const controller = new AbortController()
      under.current = controller
      const { signal } = controller
      const fileName = file.name
      setFailure(undefined)
      setReading({ fileName, progress: undefined })
      try {
        const onProgress = (progress: ReadingProgress) => setReading({ fileName, progress })
        const shadowKey = { thingName, shadowName }
        const recording = await openShadowRecording({ file, fileName, shadowKey }, { onProgress, signal })
        count.current += 1
        const key = `recording:${count.current}`
        setOpen((before) => [...before, { key, recording }])
      } catch (error) {
        if (signal.aborted) return
        setFailure({ fileName, message: messageOf(error) })
      }
      if (under.current === controller) setReading(undefined)
    },
    [thingName, shadowName],
  )
  const close = useCallback((key: string) => setOpen((before) => before.filter((each) => each.key !== key)), [])
  return { open, reading, failure, read, cancel, close }
}
