import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { afterScroll, isScaled, scaleOf, toScrollTop } from './scroll-scale.ts'

/** How long after the last movement the scroll bar of a very long list is set right. */
const SCROLL_REST_MS = 200
/** While the end is followed, how often the area grows and the bar moves: each time costs a layout. */
const GROW_EVERY_MS = 250

/** Seen before and after a row that is brought into view. The number of new messages stands over the last of them. */
const ROWS_AROUND = 2

/** By which somebody scrolls; of a bar that is dragged only the press is told. A pointer that merely passes is no hand. */
const HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
/** A list goes on moving after the hand for so long at most. */
const HAND_MS = 2_000

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
  /** Somebody moved the list: not it itself, to keep something in its place. */
  readonly onMoved: () => void
}

export interface ListScroll {
  /** Height of the area that is scrolled. */
  readonly spacePx: number
  /** Position of the topmost row in view. Without meaning while the end is followed. */
  readonly topPosition: number
  /** Where the row of a position stands in the area. */
  readonly placeOf: (position: number) => number
  readonly onScroll: () => void
  /** Scrolls as little as brings the row into view, with a few around it. */
  readonly reveal: (position: number) => void
  /** Scrolls so that the row stands in the middle. */
  readonly centre: (position: number) => void
  /** Puts a row so far below the upper edge, which is no movement: it is what was there before. */
  readonly show: (position: number, fromTopPx: number) => void
  /** How far below the upper edge a row begins. */
  readonly fromTopPx: (position: number) => number
  readonly scrollToFirst: () => void
  readonly scrollBy: (px: number) => void
}

/**
 * Scrolling of a list whose rows come at the end and age out at the beginning. Following shows the end: rows are placed
 * from the bottom of the area up, so that they stay where they are and only what they show changes. Otherwise what is
 * read stays where it is. Lists longer than a browser can lay out are scrolled in an area that stands for them.
 */
export function useListScroll(options: ListScrollOptions): ListScroll {
  const { scroller, rowPx, viewPx, first, end, follow, onFollow, onMoved } = options
  const scale = scaleOf(end - first, rowPx, viewPx)
  const mostPx = Math.max(0, scale.fullPx - viewPx)
  /** As things are now; the state is what was drawn. `topPx` is in pixels of the whole list, `scrollTop` of the bar. */
  const now = useRef({
    topPx: 0,
    scrollTop: 0,
    touchedAtMs: Number.NEGATIVE_INFINITY,
    first: 0,
    spacePx: 0,
    viewPx: 0,
    followed: false,
    grewAtMs: 0,
  })
  const [drawn, setDrawn] = useState({ topPx: 0, scrollTop: 0 })
  const [grownPx, setGrownPx] = useState(0)
  const isGrown = grownPx >= viewPx && grownPx <= scale.spacePx
  const spacePx = follow && isGrown ? grownPx : scale.spacePx

  const moveBar = useCallback((element: HTMLElement, scrollTop: number) => {
    element.scrollTop = scrollTop
    now.current.scrollTop = element.scrollTop
  }, [])
  const draw = () => setDrawn({ topPx: now.current.topPx, scrollTop: now.current.scrollTop })

  // Before the paint, so that nothing is seen to jump.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const place = now.current
    if (follow) {
      const isOff = !place.followed || place.spacePx !== spacePx || place.viewPx !== viewPx
      if (isOff) moveBar(element, spacePx)
      place.topPx = mostPx
      if (grownPx !== scale.spacePx && performance.now() - place.grewAtMs > GROW_EVERY_MS) {
        place.grewAtMs = performance.now()
        setGrownPx(scale.spacePx)
      }
    } else if (place.followed || first !== place.first || place.topPx > mostPx) {
      // Another filter's list has other positions, lower ones too: what was the top may be far below its end.
      // Moved before the browser does it, whose scroll event would look like somebody's.
      place.topPx = Math.min(mostPx, Math.max(0, place.topPx - (first - place.first) * rowPx))
      if (place.followed || !isScaled(scale)) moveBar(element, toScrollTop(scale, place.topPx))
      draw()
    }
    Object.assign(place, { first, spacePx, viewPx, followed: follow })
  })

  // Who scrolls has a hand at the list: other movements of the bar are the browser's, when a list becomes shorter or its
  // frame higher, and may be told when it is neither any more.
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const touched = () => {
      now.current.touchedAtMs = performance.now()
    }
    for (const input of HAND) element.addEventListener(input, touched, { passive: true })
    return () => {
      for (const input of HAND) element.removeEventListener(input, touched)
    }
  }, [scroller])

  // The bar of a very long list stands for more pixels than it has, so it drifts while the wheel turns.
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(rest.current), [])
  const settle = () => {
    if (!scroller.current) return
    moveBar(scroller.current, toScrollTop(scale, now.current.topPx))
    draw()
  }

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const place = now.current
    const before = place.scrollTop
    const moved = element.scrollTop - before
    if (moved === 0) return
    place.scrollTop = element.scrollTop
    if (follow) {
      // At the end still: the list became shorter or its frame higher, and the browser moved the bar.
      if (moved > -1 || place.scrollTop >= element.scrollHeight - element.clientHeight - 1) return
      if (performance.now() - place.touchedAtMs > HAND_MS) return moveBar(element, element.scrollHeight)
      place.topPx = Math.max(0, mostPx + moved)
      onFollow(false)
      return
    }
    onMoved()
    place.topPx = afterScroll(scale, place.topPx, before, place.scrollTop)
    if (moved > 0 && place.topPx >= mostPx - rowPx) onFollow(true)
    draw()
    clearTimeout(rest.current)
    if (isScaled(scale)) rest.current = setTimeout(settle, SCROLL_REST_MS)
  }

  const scrollTo = (px: number) => {
    if (!scroller.current) return
    now.current.topPx = Math.min(Math.max(px, 0), mostPx)
    moveBar(scroller.current, toScrollTop(scale, now.current.topPx))
    draw()
  }
  const moveTo = (px: number) => {
    onMoved()
    scrollTo(px)
  }
  const shiftPx = isScaled(scale) ? drawn.topPx - drawn.scrollTop : 0
  return {
    spacePx,
    topPosition: first + Math.floor(Math.min(drawn.topPx, mostPx) / rowPx),
    placeOf: (position) =>
      follow && scale.fullPx > viewPx ? spacePx - (end - position) * rowPx : (position - first) * rowPx - shiftPx,
    onScroll,
    reveal: (position) => {
      const rowTopPx = (position - first) * rowPx
      const { topPx } = now.current
      const aroundPx = Math.min(ROWS_AROUND * rowPx, (viewPx - rowPx) / 2)
      if (rowTopPx < topPx + aroundPx) moveTo(rowTopPx - aroundPx)
      else if (rowTopPx + rowPx + aroundPx > topPx + viewPx) moveTo(rowTopPx + rowPx + aroundPx - viewPx)
    },
    centre: (position) => moveTo((position - first) * rowPx - (viewPx - rowPx) / 2),
    show: (position, fromTopPx) => scrollTo((position - first) * rowPx - fromTopPx),
    fromTopPx: (position) => (position - first) * rowPx - now.current.topPx,
    scrollToFirst: () => moveTo(0),
    scrollBy: (px) => moveTo(now.current.topPx + px),
  }
}
