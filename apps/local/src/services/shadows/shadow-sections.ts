import { isJsonObject, toPlain } from '@thingdeck/json'
import { getDocument, ShadowError } from '@thingdeck/shadows'
import type { ShadowSections, ThingShadows } from '../../foundation/fleet-sources.ts'
import type { ShadowId, ShadowTable } from './shadow-table.ts'

/** A thing's shadows as the fleet index shows them. */
export function shadowsOfThing(table: ShadowTable, thingName: string, nowSeconds: number): ThingShadows {
  const named = new Map<string, ShadowSections>()
  for (const shadowName of table.names(thingName, '', Number.MAX_SAFE_INTEGER)) {
    const sections = sectionsOf(table, { thingName, shadowName }, nowSeconds)
    if (sections) named.set(shadowName, sections)
  }
  return { classic: sectionsOf(table, { thingName }, nowSeconds), named }
}

function sectionsOf(table: ShadowTable, id: ShadowId, nowSeconds: number): ShadowSections | undefined {
  try {
    const document = getDocument(table.find(id), { ...id, nowSeconds })
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
