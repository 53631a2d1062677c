import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { isFocusNowhere } from '../../../shared/focus-lost.ts'

/**
 * Escape, pressed within `area` or where no part of the page has the focus, does `leave`. What is open above it (a menu, a dialog)
 * takes the key for itself. Gives the listener for `area`.
 */
export function useEscape(
  isActive: boolean,
  leave: () => void,
  area: RefObject<HTMLElement | null>,
): (event: KeyboardEvent) => void {
  const latest = useRef(leave)
  useEffect(() => {
    latest.current = leave
  })
  useEffect(() => {
    if (!isActive) return
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && isFocusNowhere()) latest.current()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [isActive])
  return (event) => {
    if (!isActive || event.key !== 'Escape' || event.defaultPrevented || isMenuOpen(area.current)) return
    event.preventDefault()
    leave()
  }
}

const isMenuOpen = (area: HTMLElement | null): boolean =>
  area?.querySelector('[aria-expanded="true"][aria-haspopup]') != null
