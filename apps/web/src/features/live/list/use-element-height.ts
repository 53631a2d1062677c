import { type RefObject, useEffect, useState } from 'react'

/** How tall the element is, as it changes. px; `before` until it is known. */
export function useElementHeight(ref: RefObject<HTMLElement | null>, before: number): number {
  const [heightPx, setHeightPx] = useState(before)
  useEffect(() => {
    const element = ref.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setHeightPx(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return heightPx
}
