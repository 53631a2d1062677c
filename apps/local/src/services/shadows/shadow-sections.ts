import { isJsonObject, toPlain } from '@thingdeck/json'
import { getDocument, ShadowError, type StoredShadow } from '@thingdeck/shadows'
import type { ShadowSections, ThingShadows } from '../../foundation/fleet-sources.ts'
import type { ShadowTable } from './shadow-table.ts'

/** A thing's shadows as the fleet index shows them. */
export function shadowsOfThing(table: ShadowTable, thingName: string): ThingShadows {
  const named = new Map<string, ShadowSections>()
  for (const shadowName of table.names(thingName, '', Number.MAX_SAFE_INTEGER)) {
    const sections = sectionsOf(table.find({ thingName, shadowName }))
    if (sections) named.set(shadowName, sections)
  }
  return { classic: sectionsOf(table.find({ thingName })), named }
}

/** Undefined for a shadow that is not there. */
export function sectionsOf(shadow: StoredShadow | undefined): ShadowSections | undefined {
  try {
    // Of whom the document is, and when it was asked for, is not in its sections.
    const document = getDocument(shadow, { thingName: '', nowSeconds: 0 })
    const state = document.get('state')
    const metadata = document.get('metadata')
    const version = document.get('version')
    return {
      ...(isJsonObject(state) ? Object.fromEntries([...state].map(([name, value]) => [name, toPlain(value)])) : {}),
      ...(metadata === undefined ? {} : { metadata: toPlain(metadata) }),
      ...(version === undefined ? {} : { version: Number(toPlain(version)) }),
    }
  } catch (error) {
    if (error instanceof ShadowError && error.code === 404) return undefined
    throw error
  }
}
