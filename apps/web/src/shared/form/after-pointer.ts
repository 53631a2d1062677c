let isPressed = false

const listen = (events: readonly string[], hear: () => void, options: AddEventListenerOptions) => {
  for (const event of events) window.addEventListener(event, hear, options)
}
listen(['pointerdown'], () => (isPressed = true), { capture: true })
listen(['pointerup', 'pointercancel'], () => (isPressed = false), { capture: true })

/**
 * Does something at once, or, while a button of the pointer is held, when it was let go and its click has arrived: what a
 * page says because a field was left must not move what is being clicked from under the pointer.
 */
export function afterPointer(act: () => void): void {
  if (!isPressed) {
    act()
    return
  }
  const once = new AbortController()
  const released = () => {
    once.abort()
    setTimeout(act) // the click comes with the release, before anything that waits
  }
  listen(['pointerup', 'pointercancel'], released, { capture: true, signal: once.signal })
}
