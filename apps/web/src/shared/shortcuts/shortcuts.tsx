import { createContext, type ReactNode, use, useLayoutEffect, useMemo, useRef, useState } from 'react'

/**
 * Keys in a row, e.g. `g t` or `?`, and what they do in words. `Mod k` is ⌘ K on a Mac and Ctrl K elsewhere, and counts
 * while writing too, as `F1` does. While a dialog is open the others do not count: they are the page's below it.
 */
export interface Shortcut {
  readonly keys: string
  readonly does: string
}

export interface Registered extends Shortcut {
  readonly run: () => void
}

interface Shortcuts {
  readonly add: (shortcut: Registered) => () => void
  readonly list: () => readonly Registered[]
}

const ShortcutContext = createContext<Shortcuts | undefined>(undefined)

/** How long `g` waits for its second key. */
const SEQUENCE_MS = 1_000

/** Hears the keys of what is in it. Effects of layout, here and below: what is seen can be pressed. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const [shortcuts] = useState(createShortcuts)
  useLayoutEffect(() => shortcuts.listen(document), [shortcuts])
  return <ShortcutContext value={shortcuts}>{children}</ShortcutContext>
}

/** While the component is there, `keys` run `run`. Of two for the same keys the later one counts. */
export function useShortcut(keys: string, does: string, run: () => void): void {
  const shortcuts = use(ShortcutContext)
  const latest = useRef(run)
  useLayoutEffect(() => {
    latest.current = run
  })
  const registered = useMemo(() => ({ keys, does, run: () => latest.current() }), [keys, does])
  useLayoutEffect(() => shortcuts?.add(registered), [shortcuts, registered])
}

/** What can be pressed now, and run. */
export function useShortcutList(): () => readonly Registered[] {
  const shortcuts = use(ShortcutContext)
  return () => shortcuts?.list() ?? []
}

export function createShortcuts(nowMs: () => number = () => performance.now()) {
  const registered: Registered[] = []
  let before: { key: string; atMs: number } | undefined

  const find = (keys: string) => registered.findLast((each) => each.keys === keys)
  const onKeyDown = (event: KeyboardEvent) => {
    if (isMod(event)) {
      const shortcut = find(`Mod ${event.key.toLowerCase()}`)
      if (!shortcut || event.defaultPrevented) return
      event.preventDefault()
      shortcut.run()
      return
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (!isFunctionKey(event) && (isTyping(event) || isDialogOpen())) return
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

const isMac = () => /mac|iphone|ipad/i.test(navigator.platform)

const isMod = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean =>
  !altKey && !shiftKey && (isMac() ? metaKey && !ctrlKey : ctrlKey && !metaKey)

/** The keys as they are written on the keyboard, `Mod k` → `['Ctrl', 'K']`. */
export function keyCaps(keys: string): readonly string[] {
  const parts = keys.split(' ')
  if (parts[0] !== 'Mod') return parts
  return [isMac() ? '⌘' : 'Ctrl', ...parts.slice(1).map((key) => key.toUpperCase())]
}

/** They write nothing. */
const isFunctionKey = ({ key }: KeyboardEvent): boolean => /^F\d+$/.test(key)

/** A dialog that is closed may stay in the page, unseen. */
const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('[role="dialog"], dialog')].some((dialog) => dialog.getClientRects().length > 0)

/** Keys belong to whoever is writing. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0] // inside a shadow tree too, where an editor may live
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}
