/**
 * What would be lost with this page, by a key of whoever holds it, each in words that go on with "loses". While there is
 * any, the browser asks before the page is closed or left for another site.
 */
const held = new Map<string, string>()

export function holdWork(key: string, what: string): void {
  if (held.size === 0) addEventListener('beforeunload', ask)
  held.set(key, what)
}

export function releaseWork(key: string): void {
  if (held.delete(key) && held.size === 0) removeEventListener('beforeunload', ask)
}

/** A person agreed that it goes. */
export function releaseAllWork(): void {
  for (const key of [...held.keys()]) releaseWork(key)
}

export const isHeld = (key: string): boolean => held.has(key)

export const unsavedWork = (): readonly string[] => [...held.values()]

/** The browser has words of its own for it. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
