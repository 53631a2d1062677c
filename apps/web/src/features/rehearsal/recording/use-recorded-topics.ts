import { useCallback, useEffect, useRef, useState } from 'react'
import { messageOf } from '../../../shared/message-of.ts'
import { useMqtt } from '../../../shared/mqtt/mqtt-context.ts'
import { openRecordedTopics } from './open-recorded-topics.ts'
import { type RecordedTopics, topicsOfMessages } from './recorded-topics.ts'

/** Of what live messages kept, so many of the newest are taken of each filter. */
export const MOST_KEPT = 10_000

/** `#` leaves out what begins with `$` (MQTT 5.0, 4.7.2). */
const ALL_TOPICS = ['#', '$aws/#'] as const

export interface OpenTopics {
  /** `recording.jsonl.gz` */
  readonly name: string
  readonly recorded: RecordedTopics
}

export interface OpenedTopics {
  readonly open: OpenTopics | undefined
  /** What is being read. */
  readonly reading: string | undefined
  /** Why it could not be read. */
  readonly failure: string | undefined
  readonly readFile: (file: File) => void
  readonly takeKept: () => void
}

/** The topics of one recording, or of what live messages kept; what is opened next takes its place. */
export function useRecordedTopics(): OpenedTopics {
  const mqtt = useMqtt()
  const [open, setOpen] = useState<OpenTopics>()
  const [reading, setReading] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const under = useRef<AbortController>(undefined)
  useEffect(() => () => under.current?.abort(), [])
  const read = useCallback(async (name: string, task: (signal: AbortSignal) => Promise<RecordedTopics>) => {
    under.current?.abort()
    const controller = new AbortController()
    under.current = controller
    const { signal } = controller
    setReading(name)
    setFailure(undefined)
    try {
      const recorded = await task(signal)
      if (!signal.aborted) setOpen({ name, recorded })
    } catch (error) {
      if (!signal.aborted) setFailure(`${name}: ${messageOf(error)}`)
    }
    if (!signal.aborted) setReading(undefined)
  }, [])
  return {
    open,
    reading,
    failure,
    readFile: (file) => void read(file.name, (signal) => openRecordedTopics(file, signal)),
    takeKept: () =>
      void read('What Live kept', async () => {
        const kept = await Promise.all(ALL_TOPICS.map((filter) => mqtt.kept(filter, MOST_KEPT)))
        if (kept.flat().length === 0) throw new Error('nothing so far. Subscribe to topics on the live page first.')
        return topicsOfMessages(kept.flat())
      }),
  }
}
