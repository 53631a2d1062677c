import { type RefObject, useEffect, useRef } from 'react'

/** Whether what had the focus is gone: the keyboard would begin anew at the top of the page. */
export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body

/** Of what a page shows, without the frame. */
export const CONTENT_ID = 'content'

/** The keyboard goes on at the beginning of the page. */
export const focusContent = () => document.getElementById(CONTENT_ID)?.focus({ preventScroll: true })

/** Whether no part of the page has the focus: nothing has it, or the page as a whole. */
export const isFocusNowhere = (): boolean => isFocusLost() || document.activeElement?.id === CONTENT_ID

/**
 * Where one part of a page takes the place of another, as a form that of what it changes, and the button that was pressed
 * is gone with it: the keyboard goes on at what both stand in.
 * @param shown which of them is there
 * @returns for an element around both, with `tabIndex={-1}`
 */
export function useFocusKept<T extends HTMLElement>(shown: unknown): RefObject<T | null> {
  const around = useRef<T>(null)
  const before = useRef(shown)
  useEffect(() => {
    if (before.current === shown) return
    before.current = shown
    if (isFocusLost()) around.current?.focus({ preventScroll: true })
  }, [shown])
  return around
}
