import { useEffect, useRef, useState } from 'react'

/**
 * The value, but as long as a pointer is pressed as it was then: what an answer takes away under the pointer could not be
 * chosen by the release.
 */
export function useHeldWhilePressed<T>(value: T): T {
  const [isPressed, setPressed] = useState(false)
  const held = useRef(value)
  useEffect(() => {
    const press = () => setPressed(true)
    // What hears the release chooses first.
    const release = () => setTimeout(() => setPressed(false))
    window.addEventListener('pointerdown', press, { capture: true })
    window.addEventListener('pointerup', release, { capture: true })
    window.addEventListener('pointercancel', release, { capture: true })
    return () => {
      window.removeEventListener('pointerdown', press, { capture: true })
      window.removeEventListener('pointerup', release, { capture: true })
      window.removeEventListener('pointercancel', release, { capture: true })
    }
  }, [])
  useEffect(() => {
    if (!isPressed) held.current = value
  })
  return isPressed ? held.current : value
}
