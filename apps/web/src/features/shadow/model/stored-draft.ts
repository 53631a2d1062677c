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
