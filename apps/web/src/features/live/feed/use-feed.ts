import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Feed, Revised } from './feed.ts'

/** The newest view, whenever there is one: for what is watched, like rows. */
export function useFeedView<Request extends object, View extends Revised>(feed: Feed<Request, View>): View | undefined {
  return useSyncExternalStore(feed.subscribe, feed.view)
}

/** The newest view at most every `everyMs`: for what people read rather than watch. The last one always arrives. */
export function useSampledView<Request extends object, View extends Revised>(
  feed: Feed<Request, View>,
  everyMs: number,
): View | undefined {
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
export function useFeedValue<Request extends object, View extends Revised, T>(
  feed: Feed<Request, View>,
  select: (view: View | undefined) => T,
): T {
  return useSyncExternalStore(feed.subscribe, () => select(feed.view()))
}
