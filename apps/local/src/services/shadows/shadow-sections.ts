import { isJsonObject, toPlain } from '@thingdeck/json'
import { ShadowError } from '@thingdeck/shadows'
import type { ShadowSections, ThingShadows } from '../registry/fleet-index/shadow-sections.ts'
import type { ShadowService } from './shadow-service.ts'
import type { ShadowId } from './shadow-table.ts'

/** A thing's shadows as the fleet index shows them. */
export function shadowsOfThing(service: ShadowService, thingName: string): ThingShadows {
  const named: Record<string, ShadowSections> = {}
  for (const shadowName of service.allNames(thingName)) {
    const sections = sectionsOf(service, { thingName, shadowName })
    if (sections) named[shadowName] = sections
  }
  return { classic: sectionsOf(service, { thingName }), named }
}

function sectionsOf(service: ShadowService, id: ShadowId): ShadowSections | undefined {
  try {
    const document = service.get(id)
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
