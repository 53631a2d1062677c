/** Where a draft is kept; a browser that forbids storage keeps none. */
export interface DraftStore {
  read(): string | null
  /** Undefined removes it. */
  write(text: string | undefined): void
}

/**
 * A draft of this tab, and of one person: another who signs in here sees nothing of it. `kind` says of what it is, as
 * in `shadow`; `subject` of which.
 */
export function sessionDraftStore(kind: string, personId: string, subject: string): DraftStore {
  const key = `thingdeck.${kind}-draft.${personId}.${subject}`
  return {
    read() {
      try {
        return sessionStorage.getItem(key)
      } catch {
        return null
      }
    },
    write(text) {
      try {
        if (text === undefined) sessionStorage.removeItem(key)
        else sessionStorage.setItem(key, text)
      } catch {
        // Full or forbidden: the draft is still in the page.
      }
    },
  }
}
