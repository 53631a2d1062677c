import { isJsonObject, JsonObject, parseJson, stringifyJson } from '@thingdeck/json'
import { formatState, SECTIONS, type ShadowState } from '@thingdeck/shadows'
import type { Draft } from './editor-draft.ts'
import { readSectionText } from './section-text.ts'

/** A draft as one text, for the browser to keep over a reload or a new sign-in. */
export function formatDraft({ base, texts, mergedKeys }: Draft): string {
  const { desired, reported } = texts
  return JSON.stringify({
    base: stringifyJson(formatState(base)),
    desired: desired.text,
    reported: reported.text,
    mergedKeys,
  })
}

/** Reads what {@link formatDraft} wrote; undefined for anything else. */
export function parseDraft(text: string | null): Draft | undefined {
  if (text === null) return undefined
  try {
    const stored: unknown = JSON.parse(text)
    if (typeof stored !== 'object' || stored === null) return undefined
    const { base, desired, reported, mergedKeys } = stored as Record<string, unknown>
    if (typeof base !== 'string' || typeof desired !== 'string' || typeof reported !== 'string') return undefined
    return {
      base: readState(base),
      texts: { desired: readSectionText(desired), reported: readSectionText(reported) },
      conflicts: [],
      mergedKeys: typeof mergedKeys === 'number' ? mergedKeys : 0,
    }
  } catch {
    return undefined
  }
}

function readState(text: string): ShadowState {
  const state = parseJson(text)
  const sections = isJsonObject(state) ? state : JsonObject.EMPTY
  return Object.fromEntries(
    SECTIONS.flatMap((name) => {
      const section = sections.get(name)
      return isJsonObject(section) && section.size > 0 ? [[name, section]] : []
    }),
  )
}

/** Where drafts are kept; a browser that forbids storage keeps none. */
export interface DraftStore {
  read(): string | null
  /** Undefined removes it. */
  write(text: string | undefined): void
}

/** Of this tab, and of one person: another who signs in here sees nothing of it. */
export function sessionDraftStore(personId: string, shadow: string): DraftStore {
  const key = `thingdeck.shadow-draft.${personId}.${shadow}`
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
