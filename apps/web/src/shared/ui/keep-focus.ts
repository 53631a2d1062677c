import { focusContent, isFocusLost } from '../focus-lost.ts'

/** What Tab stops at. */
const STOPS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex]:not([tabindex="-1"])'

/** Where something stood that was taken out of the page. */
interface Place {
  readonly parent: Node
  readonly before: Node | null
  readonly after: Node | null
}

/**
 * Where what has the focus goes out of the page, as a row that is removed, a token or a message whose time is over, the
 * keyboard goes on where it stood: with what has come in its place, else with its neighbour. A browser would leave it on
 * nothing: keys that a dialog or a list hears are not heard then, and who has the page read to them begins anew. Whoever
 * knows better moves the focus first. Only for who uses the keyboard: a pointer has its place, and who scrolls by wheel is
 * not brought back to where a row that is out of sight was taken away.
 * @param signal ends it
 */
export function keepFocus(signal?: AbortSignal): void {
  const listening = { capture: true, ...(signal && { signal }) }
  let byKeyboard = false
  /** A key that is still held was meant for what is gone: where the focus is now, it presses nothing. */
  let isMoved = false
  let focused: Element | undefined
  let place: Place | undefined

  // All that it stands in, and of each the direct children alone: what else happens in the page is not looked at.
  const observer = new MutationObserver((records) => {
    if (focused === undefined || focused.isConnected) return
    const wasPlace = place
    for (const { target, removedNodes, previousSibling, nextSibling } of records) {
      const inner = place?.parent ?? focused
      const isIts = [...removedNodes].some((node) => node.contains(inner))
      if (isIts) place = { parent: target, before: previousSibling, after: nextSibling }
    }
    if (wasPlace === undefined && place !== undefined) onceDrawn(goOn)
  })
  const forget = () => {
    observer.disconnect()
    focused = undefined
    place = undefined
  }
  const goOn = () => {
    const from = place
    forget()
    if (from === undefined || !byKeyboard || !isFocusLost() || !document.hasFocus()) return
    isMoved = true
    goOnAt(from)
  }
  document.addEventListener(
    'focusin',
    ({ target }) => {
      forget()
      if (!(target instanceof Element)) return
      focused = target
      for (let { parentNode } = target; parentNode; { parentNode } = parentNode)
        observer.observe(parentNode, { childList: true })
    },
    listening,
  )
  document.addEventListener(
    'focusout',
    ({ target }) => {
      // A browser may say so of what it takes out, too: then it is out of the page by the end of the task.
      queueMicrotask(() => {
        if (target === focused && focused?.isConnected && isFocusLost()) forget()
      })
    },
    listening,
  )
  signal?.addEventListener('abort', forget)
  const onKeyDown = (event: KeyboardEvent) => {
    byKeyboard = true
    if (!event.repeat) isMoved = false
    else if (isMoved) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
  }
  window.addEventListener('keydown', onKeyDown, listening)
  for (const type of ['pointerdown', 'wheel'] as const)
    window.addEventListener(type, () => (byKeyboard = false), { ...listening, passive: true })
}

/** After the frame that shows the change: whoever moves the focus with it has done so. */
function onceDrawn(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run))
}

function goOnAt({ parent, before, after }: Place): void {
  // What is laid over the page stands beside it, and not at a place of it.
  const isThere = parent.isConnected && parent !== document.body
  const box = isThere ? between(parent, before, after).find((node) => isShown(node)) : undefined
  const neighbour = isThere && !box ? stopBeside(parent, before, after) : undefined
  if (box) focusBox(box)
  else if (neighbour) neighbour.focus()
  else focusContent()
}

/** What has come in the place: of a parent that was emptied, all that is there now. */
function between(parent: Node, before: Node | null, after: Node | null): readonly HTMLElement[] {
  const all = [...parent.childNodes]
  const from = before?.parentNode === parent ? all.indexOf(before as ChildNode) + 1 : 0
  const to = after?.parentNode === parent ? all.indexOf(after as ChildNode) : all.length
  return all.slice(from, to).filter((node) => node instanceof HTMLElement)
}

/** The nearest stop: after the place, else before it, else around that; within the dialog or the page that it stood in. */
function stopBeside(parent: Node, before: Node | null, after: Node | null): HTMLElement | undefined {
  for (let next = after; next?.parentNode === parent && next; next = next.nextSibling) {
    const stop = stopIn(next)
    if (stop) return stop
  }
  for (let previous = before; previous?.parentNode === parent && previous; previous = previous.previousSibling) {
    const stop = stopIn(previous)
    if (stop) return stop
  }
  const around = parent.parentNode
  if (!(parent instanceof Element) || around === null || parent.matches(ENDS)) return undefined
  return stopBeside(around, parent.previousSibling, parent.nextSibling)
}

/** What the keyboard is not led out of. */
const ENDS = '[role="dialog"], dialog, #content, body'

function stopIn(node: Node): HTMLElement | undefined {
  if (!(node instanceof HTMLElement)) return undefined
  if (node.matches(STOPS) && isShown(node)) return node
  return [...node.querySelectorAll<HTMLElement>(STOPS)].find((stop) => isShown(stop))
}

const isShown = (element: HTMLElement) => element.checkVisibility({ visibilityProperty: true })

/** It is read from its beginning, and Tab goes on within it; nothing in it is pressed by a key that is still held. */
function focusBox(box: HTMLElement): void {
  if (!box.matches(STOPS) && !box.hasAttribute('tabindex')) {
    box.tabIndex = -1
    const leave = () => {
      if (document.activeElement === box) return // who looks at another window comes back to it
      box.removeAttribute('tabindex')
      box.removeEventListener('blur', leave)
    }
    box.addEventListener('blur', leave)
  }
  box.focus({ preventScroll: true })
}
