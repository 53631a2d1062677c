import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useLiveClient } from './client.ts'
import type { WindowView } from './engine/protocol.ts'
import { WindowFeed } from './window-feed.ts'

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

/** The feed of a stream, for the components that show parts of it. */
export function useWindowFeed(stream: string): WindowFeed {
  const client = useLiveClient()
  return useMemo(() => new WindowFeed(client, stream, nextFrame), [client, stream])
}

/** The newest view, with every frame: for the rows only. */
export function useWindowView(feed: WindowFeed): WindowView | undefined {
  return useSyncExternalStore(feed.subscribe, feed.view)
}

/** The newest view at most every `everyMs`: for what people read rather than watch. The last one always arrives. */
export function useSampledView(feed: WindowFeed, everyMs: number): WindowView | undefined {
  const [view, setView] = useState(feed.view)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let lastMs = Number.NEGATIVE_INFINITY
    const update = () => {
      timer = undefined
      lastMs = performance.now()
      setView(feed.view())
    }
    const listener = () => {
      const waitMs = lastMs + everyMs - performance.now()
      if (waitMs <= 0) update()
      else timer ??= setTimeout(update, waitMs)
    }
    setView(feed.view())
    const stop = feed.subscribe(listener)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [feed, everyMs])
  return view
}

/** One value of the view; the component is drawn again only when that changes. */
export function useWindowValue<T>(feed: WindowFeed, select: (view: WindowView | undefined) => T): T {
  return useSyncExternalStore(feed.subscribe, () => select(feed.view()))
}
