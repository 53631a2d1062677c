import { type RefObject, useEffect, useState } from 'react'

export interface ElementSize {
  readonly widthPx: number
  readonly heightPx: number
}

/** How large the element is inside, as it changes; `before` until it is known. */
export function useElementSize(ref: RefObject<HTMLElement | null>, before: ElementSize): ElementSize {
  const [size, setSize] = useState(before)
  useEffect(() => {
    const element = ref.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setSize({ widthPx: element.clientWidth, heightPx: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}
