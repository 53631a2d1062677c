import './page-focus.css'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { CONTENT_ID, focusContent, isFocusLost } from '../../shared/focus-lost.ts'

/** The first stop of the keyboard: past the bar and the navigation (WCAG 2.4.1). */
export function SkipLink() {
  return (
    <a
      className="td-skip-link"
      href={`#${CONTENT_ID}`}
      onClick={(event) => {
        event.preventDefault() // the address is the page's: it keeps what it had
        focusContent()
      }}
    >
      Skip to the content
    </a>
  )
}

/**
 * Where the keyboard goes on when another page is there: at its beginning, if what had the focus is gone with the page
 * before. That is known once the other is shown: until then the one before is, with the link that was pressed. Some pages
 * differ by the address's parameters alone; where these say only what a page shows, nothing is taken from who had no focus.
 */
export function useFocusOfPage(): void {
  const router = useRouter()
  useEffect(() => {
    let hadFocus = false
    const stops = [
      router.subscribe('onBeforeNavigate', () => {
        // Of two that follow each other at once, the second finds what the first has already taken away.
        hadFocus ||= !isFocusLost()
      }),
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && (pathChanged || hadFocus) && isFocusLost()) focusContent()
        hadFocus = false
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [router])
}
