import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { afterScroll, isScaled, scaleOf, toScrollTop } from './scroll-scale.ts'

/** How long after the last movement the scroll bar of a very long list is set right. */
const SCROLL_REST_MS = 200

interface ListScrollOptions {
  readonly scroller: RefObject<HTMLElement | null>
  readonly rowPx: number
  readonly viewPx: number
  /** Positions of the first row and behind the last. */
  readonly first: number
  readonly end: number
  /** The end stays in view. */
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
}

export interface ListScroll {
  /** Height of the area that is scrolled. */
  readonly spacePx: number
  /** Position of the topmost row in view. Without meaning while the end is followed. */
  readonly topPosition: number
  /** Where the row of a position stands in the area. */
  readonly placeOf: (position: number) => number
  readonly onScroll: () => void
  /** Scrolls as little as brings the row into view. */
  readonly reveal: (position: number) => void
  readonly scrollToFirst: () => void
  readonly scrollBy: (px: number) => void
}

/**
 * Scrolling of a list whose rows come at the end and age out at the beginning. Following shows the end; otherwise what
 * is read stays where it is. Lists longer than a browser can lay out are scrolled in an area that stands for them.
 */
export function useListScroll(options: ListScrollOptions): ListScroll {
  const { scroller, rowPx, viewPx, first, end, follow, onFollow } = options
  const scale = scaleOf(end - first, rowPx, viewPx)
  /** In pixels of the whole list and of the bar, as they are now; the state is what was drawn. */
  const now = useRef({ topPx: 0, scrollTop: 0, first: 0 })
  const [drawn, setDrawn] = useState({ topPx: 0, scrollTop: 0 })
  const draw = () => setDrawn({ topPx: now.current.topPx, scrollTop: now.current.scrollTop })

  // Before the paint, so that nothing is seen to jump.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const place = now.current
    if (follow) {
      element.scrollTop = element.scrollHeight
      place.topPx = Math.max(0, scale.fullPx - scale.viewPx)
    } else if (first !== place.first) {
      place.topPx = Math.max(0, place.topPx - (first - place.first) * rowPx)
      if (!isScaled(scale)) element.scrollTop = place.topPx
    }
    place.scrollTop = element.scrollTop
    if (!follow && first !== place.first) setDrawn({ topPx: place.topPx, scrollTop: place.scrollTop })
    place.first = first
  })

  // The bar of a very long list stands for more pixels than it has, so it drifts while the wheel turns.
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(rest.current), [])
  const settle = () => {
    const element = scroller.current
    if (!element) return
    element.scrollTop = toScrollTop(scale, now.current.topPx)
    now.current.scrollTop = element.scrollTop
    draw()
  }

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const place = now.current
    const before = place.scrollTop
    place.scrollTop = element.scrollTop
    place.topPx = afterScroll(scale, place.topPx, before, place.scrollTop)
    const isAtEnd = place.topPx + scale.viewPx >= scale.fullPx - rowPx
    if (follow && place.scrollTop < before - 1) onFollow(false)
    else if (!follow && isAtEnd && place.scrollTop > before) onFollow(true)
    draw()
    clearTimeout(rest.current)
    if (isScaled(scale) && !follow) rest.current = setTimeout(settle, SCROLL_REST_MS)
  }

  const scrollTo = (px: number) => {
    const element = scroller.current
    if (!element) return
    now.current.topPx = Math.min(Math.max(px, 0), Math.max(0, scale.fullPx - scale.viewPx))
    element.scrollTop = toScrollTop(scale, now.current.topPx)
    now.current.scrollTop = element.scrollTop
    draw()
  }
  const shiftPx = follow ? scale.fullPx - scale.spacePx : isScaled(scale) ? drawn.topPx - drawn.scrollTop : 0
  return {
    spacePx: scale.spacePx,
    topPosition: first + Math.floor(drawn.topPx / rowPx),
    placeOf: (position) => (position - first) * rowPx - shiftPx,
    onScroll,
    reveal: (position) => {
      const rowTopPx = (position - first) * rowPx
      const { topPx } = now.current
      if (rowTopPx < topPx) scrollTo(rowTopPx)
      else if (rowTopPx + rowPx > topPx + viewPx) scrollTo(rowTopPx + rowPx - viewPx)
    },
    scrollToFirst: () => scrollTo(0),
    scrollBy: (px) => scrollTo(now.current.topPx + px),
  }
}
