import './page-focus.css'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

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

/** Where the keyboard goes on when another page is there: at its beginning, if what had the focus is gone with the page before. */
export function useFocusOfPage(): void {
  const { pathname } = useLocation()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    const active = document.activeElement
    if (active === null || active === document.body) focusContent()
  }, [pathname])
}
