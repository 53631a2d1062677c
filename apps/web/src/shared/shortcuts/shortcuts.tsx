import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react'

/** Keys in a row, e.g. `g t` or `?`, and what they do in words. */
export interface Shortcut {
  readonly keys: string
  readonly does: string
}

interface Registered extends Shortcut {
  readonly run: () => void
}

interface Shortcuts {
  readonly add: (shortcut: Registered) => () => void
  readonly list: () => readonly Shortcut[]
}

const ShortcutContext = createContext<Shortcuts | undefined>(undefined)

/** How long `g` waits for its second key. */
const SEQUENCE_MS = 1_000

export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const [shortcuts] = useState(createShortcuts)
  useEffect(() => shortcuts.listen(document), [shortcuts])
  return <ShortcutContext value={shortcuts}>{children}</ShortcutContext>
}

/** While the component is there, `keys` run `run`. Of two for the same keys the later one counts. */
export function useShortcut(keys: string, does: string, run: () => void): void {
  const shortcuts = use(ShortcutContext)
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const registered = useMemo(() => ({ keys, does, run: () => latest.current() }), [keys, does])
  useEffect(() => shortcuts?.add(registered), [shortcuts, registered])
}

/** What can be pressed now. */
export function useShortcutList(): () => readonly Shortcut[] {
  const shortcuts = use(ShortcutContext)
  return () => shortcuts?.list() ?? []
}

export function createShortcuts(nowMs: () => number = () => performance.now()) {
  const registered: Registered[] = []
  let before: { key: string; atMs: number } | undefined

  const find = (keys: string) => registered.findLast((each) => each.keys === keys)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return
    const sequence = before && nowMs() - before.atMs < SEQUENCE_MS ? `${before.key} ${event.key}` : undefined
    before = { key: event.key, atMs: nowMs() }
    const shortcut = (sequence !== undefined ? find(sequence) : undefined) ?? find(event.key)
    if (!shortcut) return
    before = undefined
    event.preventDefault()
    shortcut.run()
  }
  return {
    add(shortcut: Registered) {
      registered.push(shortcut)
      return () => {
        registered.splice(registered.indexOf(shortcut), 1)
      }
    },
    list: () => [...new Map(registered.map((each) => [each.keys, each])).values()],
    listen(target: Document) {
      target.addEventListener('keydown', onKeyDown)
      return () => target.removeEventListener('keydown', onKeyDown)
    },
  }
}

/** Keys belong to whoever is writing. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0] // inside a shadow tree too, where an editor may live
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}
