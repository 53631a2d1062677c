import { useEffect, useRef, useState } from 'react'

/**
 * The value, but as long as a pointer is pressed as it was then: what an answer takes away under the pointer could not be
 * chosen by the release.
 */
export function useHeldWhilePressed<T>(value: T): T {
  const [isPressed, setPressed] = useState(false)
  const held = useRef(value)
  useEffect(() => {
    const end = new AbortController()
    const listening = { capture: true, signal: end.signal }
    let releasing: ReturnType<typeof setTimeout> | undefined
    const press = () => {
      clearTimeout(releasing)
      setPressed(true)
    }
    // What hears the release chooses first.
    const release = () => {
      releasing = setTimeout(() => setPressed(false))
    }
    window.addEventListener('pointerdown', press, listening)
    window.addEventListener('pointerup', release, listening)
    window.addEventListener('pointercancel', release, listening)
    // Nobody may hear of a release over a menu of the browser, or over a scroll bar.
    window.addEventListener('pointermove', ({ buttons }) => buttons === 0 && setPressed(false), listening)
    return () => {
      end.abort()
      clearTimeout(releasing)
    }
  }, [])
  useEffect(() => {
    if (!isPressed) held.current = value
  })
  return isPressed ? held.current : value
}
