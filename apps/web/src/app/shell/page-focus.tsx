import './page-focus.css'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isFocusLost } from '../../shared/focus-lost.ts'

/** Of what a page shows, without the frame. */
export const CONTENT_ID = 'content'

/** The keyboard goes on at the beginning of the page. */
export const focusContent = () => document.getElementById(CONTENT_ID)?.focus({ preventScroll: true })

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
 * before. That is known once the other is shown: until then the one before is, with the link that was pressed.
 */
export function useFocusOfPage(): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged && isFocusLost()) focusContent()
      }),
    [router],
  )
}
