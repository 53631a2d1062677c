import { useEffect, useState } from 'react'
import { useLiveClient } from './client.ts'
import type { WindowView } from './engine/protocol.ts'

export interface VisibleRange {
  /** Position of the first row, or the newest rows. */
  readonly from: number | 'end'
  readonly count: number
  /** Paused: rows from this sequence on are not shown. */
  readonly untilSequence?: number | undefined
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/**
 * What of a stream is on screen, kept up to date: one question under way at a time, answered by the worker when there
 * is news, and at most one a frame. A page in the background asks nothing.
 */
export function useLiveWindow(stream: string, { from, count, untilSequence }: VisibleRange): WindowView | undefined {
  const client = useLiveClient()
  const [view, setView] = useState<WindowView>()

  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      let known: { knownRevision?: number } = {}
      const until = untilSequence === undefined ? {} : { untilSequence }
      while (isCurrent) {
        const answer = await client.call('live.window', { stream, from, count, ...until, ...known })
        if (!isCurrent || answer === undefined) return // a later question took its place
        known = { knownRevision: answer.revision }
        setView(answer)
        await nextFrame()
      }
    }
    ask().catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, stream, from, count, untilSequence])

  return view
}
