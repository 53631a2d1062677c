import { useMemo } from 'react'
import type { WindowRequest, WindowView } from '../../protocol/stream.ts'
import { useLiveClient } from '../client.ts'
import { Feed } from './feed.ts'
import { paceOfRows } from './pace-of-rows.ts'

/** What of a stream is on screen: rows, counters and subscriptions. */
export type WindowFeed = Feed<WindowRange, WindowView>
type WindowRange = Omit<WindowRequest, 'stream' | 'knownRevision'>

/** The feed of a stream, for the components that show parts of it: one question a frame at most, see {@link paceOfRows}. */
export function useWindowFeed(stream: string): WindowFeed {
  const client = useLiveClient()
  return useMemo(
    () =>
      new Feed<WindowRange, WindowView>(
        (request) => client.call('live.window', { ...request, stream }),
        { from: 'end', count: 0 },
        paceOfRows,
      ),
    [client, stream],
  )
}
