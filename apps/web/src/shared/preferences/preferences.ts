import { useSyncExternalStore } from 'react'
import { personalName } from '../session/page-person.ts'

/** A choice of this browser, kept in local storage. Another tab's change arrives here too. */
export interface Preference<T> {
  get(): T
  set(value: T): void
  subscribe(listener: () => void): () => void
}

/** `parse` makes sense of what is stored, which may be of an older release or edited; it answers the default for it. */
export function createPreference<T>(name: string, parse: (stored: unknown) => T): Preference<T> {
  return preferenceOf(() => `thingdeck.${name}`, parse)
}

/**
 * The same of one person: the next at this browser has their own, and sees nothing of it. For what tells what somebody
 * looked at or wrote: drafts, saved views, recent pages. Only on pages of somebody who is signed in.
 */
export function createPersonalPreference<T>(name: string, parse: (stored: unknown) => T): Preference<T> {
  const ofNobody = `thingdeck.${name}` // where earlier releases kept it, whoever it was of
  return preferenceOf(() => {
    removeStorage(ofNobody)
    return `thingdeck.${personalName(name)}`
  }, parse)
}

function preferenceOf<T>(keyNow: () => string, parse: (stored: unknown) => T): Preference<T> {
  const listeners = new Set<() => void>()
  let text: string | null | undefined
  let value = parse(undefined)

  const get = () => {
    const stored = readStorage(keyNow())
    if (stored !== text) {
      text = stored
      value = parse(parseText(stored))
    }
    return value
  }
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const onStorage = (event: StorageEvent) => {
    if (event.key === keyNow()) tell()
  }
  return {
    get,
    set(next) {
      writeStorage(keyNow(), JSON.stringify(next))
      tell()
    },
    subscribe(listener) {
      if (listeners.size === 0) addEventListener('storage', onStorage)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) removeEventListener('storage', onStorage)
      }
    },
  }
}

export function usePreference<T>(preference: Preference<T>): readonly [T, (value: T) => void] {
  return [useSyncExternalStore(preference.subscribe, preference.get), preference.set]
}

// Storage may be forbidden (private windows, policies): then a choice lasts as long as the page.
const fallback = new Map<string, string>()

function readStorage(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? fallback.get(key) ?? null
  } catch {
    return fallback.get(key) ?? null
  }
}

function writeStorage(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    fallback.set(key, text)
  }
}

function removeStorage(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Forbidden: then there is nothing.
  }
}

function parseText(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
