import { type RefObject, useLayoutEffect } from 'react'

const LEAST_PX = 360

/**
 * What all around an element leave free below it: the frame its margin, a tab its padding, the page the room of what is fixed
 * over the bottom of the window. With less, the page would scroll by what is missing.
 */
function roomBelowPx(element: HTMLElement): number {
  let roomPx = 0
  for (let around = element.parentElement; around; around = around.parentElement) {
    const { paddingBlockEnd, marginBlockEnd } = getComputedStyle(around)
    roomPx += (Number.parseFloat(paddingBlockEnd) || 0) + (Number.parseFloat(marginBlockEnd) || 0)
  }
  return roomPx
}

/** Makes an element as tall as what is left of the window below its top, so that it scrolls and not the page. */
export function useFillHeight(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const fit = () => {
      const element = ref.current
      if (!element) return
      const topPx = element.getBoundingClientRect().top + scrollY
      element.style.height = `${Math.max(LEAST_PX, innerHeight - topPx - roomBelowPx(element))}px`
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
