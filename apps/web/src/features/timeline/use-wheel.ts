import { type RefObject, useEffect, useRef } from 'react'

/** The wheel moves the axis once one is in it, or with Ctrl; before that it scrolls the page, as everywhere. */
export function useWheel(ref: RefObject<HTMLElement | null>, onWheel: (event: WheelEvent) => void): void {
  const latest = useRef(onWheel)
  useEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const listener = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return
      event.preventDefault()
      latest.current(event)
    }
    // React's own listeners are passive: they cannot keep the page from scrolling.
    element.addEventListener('wheel', listener, { passive: false })
    return () => element.removeEventListener('wheel', listener)
  }, [ref])
}
