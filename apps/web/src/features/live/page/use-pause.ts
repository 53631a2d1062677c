import { useCallback, useState } from 'react'
import { useLiveClient } from './client.ts'
import type { WindowFeed } from './feed/use-window-feed.ts'

export interface Pause {
  /** Rows from this sequence on are not shown; undefined: not paused. */
  readonly untilSequence: number | undefined
  readonly toggle: () => void
  /** While paused: shows one message more, and answers its sequence. */
  readonly step: () => Promise<number | undefined>
  readonly end: () => void
}

/** Holds the view still while messages go on being kept. */
export function usePause(stream: string, feed: WindowFeed): Pause {
  const client = useLiveClient()
  const [untilSequence, setUntilSequence] = useState<number>()
  const set = useCallback(
    (next: number | undefined) => {
      setUntilSequence(next)
      void client.call('live.setPaused', { stream, paused: next !== undefined })
    },
    [client, stream],
  )
  const toggle = useCallback(() => {
    if (untilSequence !== undefined) set(undefined)
    else {
      const next = feed.view()?.nextSequence
      if (next !== undefined) set(next)
    }
  }, [feed, set, untilSequence])
  const step = async () => {
    if (untilSequence === undefined) return undefined
    const place = await client.call('live.locate', { stream, sequence: untilSequence, direction: 'next' })
    if (place) setUntilSequence(place.sequence + 1)
    return place?.sequence
  }
  const end = () => {
    if (untilSequence !== undefined) set(undefined)
  }
  return { untilSequence, toggle, step, end }
}
