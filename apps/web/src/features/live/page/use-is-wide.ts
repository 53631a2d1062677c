import { useSyncExternalStore } from 'react'

/** From this width on, buttons of the page's bars have their words beside their icons. */
const WIDE = '(min-width: 1400px)'

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Whether the window has room for words beside icons. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches)
}
