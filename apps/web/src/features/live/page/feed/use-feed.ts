import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
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
  return useSampledValue(feed, everyMs, itself)
}

const itself = <T>(view: T): T => view

/** A part of {@link useSampledView}: the component is drawn again only when that part is another. */
export function useSampledValue<Request extends object, View extends Revised, T>(
  feed: Feed<Request, View>,
  everyMs: number,
  select: (view: View | undefined) => T,
): T {
  const [value, setValue] = useState(() => select(feed.view()))
  const latest = useRef(select)
  useEffect(() => {
    latest.current = select
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let lastMs = Number.NEGATIVE_INFINITY
    const update = () => {
      timer = undefined
      lastMs = performance.now()
      setValue(latest.current(feed.view()))
    }
    const listener = () => {
      const waitMs = lastMs + everyMs - performance.now()
      if (waitMs <= 0) update()
      else timer ??= setTimeout(update, waitMs)
    }
    setValue(latest.current(feed.view()))
    const stop = feed.subscribe(listener)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [feed, everyMs])
  return value
}

/** One value of the view; the component is drawn again only when that changes. */
export function useFeedValue<Request extends object, View extends Revised, T>(
  feed: Feed<Request, View>,
  select: (view: View | undefined) => T,
): T {
  return useSyncExternalStore(feed.subscribe, () => select(feed.view()))
}
