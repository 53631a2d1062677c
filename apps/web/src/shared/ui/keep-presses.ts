/** What is pressed to do something. */
const PRESSABLE =
  'button, a[href], label, input, summary, [role="option"], [role="tab"], [role="radio"], [role="treeitem"], [role^="menuitem"]'
/** A hand that holds still moves by about so much, in CSS pixels. */
const STILL = 3

/**
 * Lets whatever was pressed be what is clicked, although it moved from under a pointer that held still, or what stands in
 * it was replaced meanwhile. A browser then clicks on what both places have around them, or on nothing: an answer that
 * arrives between press and release would take the click away. Who moves the pointer elsewhere still takes it back.
 */
export function keepPresses(): void {
  let pressed: { readonly element: Element; readonly x: number; readonly y: number } | undefined
  /** Waits for its click. */
  let released: Element | undefined

  listen('mousedown', ({ target, clientX: x, clientY: y }) => {
    const element = target instanceof Element ? target.closest(PRESSABLE) : null
    pressed = element === null ? undefined : { element, x, y }
  })
  listen('mouseup', (event) => {
    if (pressed === undefined) return
    const { element, x, y } = pressed
    pressed = undefined
    if (Math.hypot(event.clientX - x, event.clientY - y) > STILL || !canBeClicked(element)) return
    released = element
    // An option of a list is chosen by the release.
    if (!isWithin(event.target, element)) {
      event.stopPropagation()
      element.dispatchEvent(new MouseEvent('mouseup', event))
    }
    // The click comes with the release, before anything that waits.
    setTimeout(() => {
      if (released === element && canBeClicked(element)) element.dispatchEvent(new MouseEvent('click', event))
      released = undefined
    })
  })
  listen('click', (event) => {
    if (released === undefined) return
    if (isWithin(event.target, released)) released = undefined
    else event.stopPropagation() // what both places have around them was not meant
  })
}

/** Of what a hand does alone: what a page clicks by itself has its target. 0 is the button that clicks. */
function listen(type: 'mousedown' | 'mouseup' | 'click', hear: (event: MouseEvent) => void): void {
  const heard = (event: MouseEvent) => {
    if (event.isTrusted && event.button === 0) hear(event)
  }
  window.addEventListener(type, heard, { capture: true })
}

const isWithin = (target: EventTarget | null, element: Element) => target instanceof Node && element.contains(target)

const canBeClicked = (element: Element) => element.checkVisibility() && !element.matches(':disabled')
