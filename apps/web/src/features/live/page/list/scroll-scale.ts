/** A scroll area that stands for a longer list: browsers lay out nothing beyond some tens of millions of pixels. */
export interface ScrollScale {
  /** Height that all rows would have. */
  readonly fullPx: number
  /** Height that the area has: that of the rows, or the most a browser takes. */
  readonly spacePx: number
  readonly viewPx: number
}

/** Firefox lays out 17.8 million pixels, Chromium 33 million. */
const MAX_SPACE_PX = 15_000_000

export function scaleOf(rows: number, rowPx: number, viewPx: number, maxSpacePx = MAX_SPACE_PX): ScrollScale {
  const fullPx = rows * rowPx
  return { fullPx, spacePx: Math.min(fullPx, maxSpacePx), viewPx }
}

export const isScaled = ({ fullPx, spacePx }: ScrollScale): boolean => fullPx > spacePx

/** Where in the whole list the scroll bar's position points to. Both ends are the ends of the list. */
export function toListPx({ fullPx, spacePx, viewPx }: ScrollScale, scrollTop: number): number {
  if (fullPx <= spacePx) return scrollTop
  const share = clamp(scrollTop / (spacePx - viewPx), 0, 1)
  return share * (fullPx - viewPx)
}

/** Where the scroll bar stands for a place in the list. */
export function toScrollTop({ fullPx, spacePx, viewPx }: ScrollScale, listPx: number): number {
  if (fullPx <= spacePx) return listPx
  return clamp(listPx / (fullPx - viewPx), 0, 1) * (spacePx - viewPx)
}

/**
 * The place in the list after a move of the scroll bar. A short move is a turn of the wheel, which scrolls by pixels;
 * a long one is a drag, which points to a place. At the ends of the bar the ends of the list are reached either way.
 */
export function afterScroll(scale: ScrollScale, beforePx: number, fromTop: number, toTop: number): number {
  if (!isScaled(scale)) return toTop
  const moved = toTop - fromTop
  if (Math.abs(moved) > 2 * scale.viewPx) return toListPx(scale, toTop)
  return clamp(beforePx + moved, 0, scale.fullPx - scale.viewPx)
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most))
}
