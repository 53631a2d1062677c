import { type RefObject, useLayoutEffect } from 'react'

/** The padding of the frame below its content: with less, the page would scroll by what is missing. */
const BOTTOM_MARGIN_PX = 24
const LEAST_PX = 360

/** Makes an element as tall as what is left of the window below its top, so that it scrolls and not the page. */
export function useFillHeight(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const fit = () => {
      const element = ref.current
      if (!element) return
      const topPx = element.getBoundingClientRect().top + scrollY
      // What is fixed over the bottom of the window has its room below the page.
      const coveredPx = Number.parseFloat(getComputedStyle(document.body).paddingBlockEnd) || 0
      element.style.height = `${Math.max(LEAST_PX, innerHeight - topPx - BOTTOM_MARGIN_PX - coveredPx)}px`
    }
    fit()
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(fit)
    // A message in the flashbar moves the top, a bar over the bottom takes room below the page.
    observer?.observe(document.body, { box: 'border-box' })
    addEventListener('resize', fit)
    return () => {
      observer?.disconnect()
      removeEventListener('resize', fit)
    }
  }, [ref])
}
