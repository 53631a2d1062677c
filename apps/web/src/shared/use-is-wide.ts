import { useSyncExternalStore } from 'react'

/** From this width on, a page's bars have room for each button with its words. */
const WIDE = '(min-width: 1400px)'

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Whether the window has room for all buttons of a page's bars, and for words beside their icons. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches)
}
