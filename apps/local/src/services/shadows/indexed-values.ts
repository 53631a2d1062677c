import { isNumber } from '@thingdeck/fleet-query'
import type { StoredShadow } from '@thingdeck/shadows'
import type { ShadowValue } from '../../foundation/fleet-sources.ts'
import { shadowFields } from '../../foundation/shadow-fields.ts'
import { sectionsOf } from './shadow-sections.ts'

/**
 * What an index holds of a shadow, by field: of a text of several words each of them, too, and of one that is a number
 * the number. The times of metadata are left out: they change with every update.
 */
export function indexedValuesOf(shadow: StoredShadow): { field: string; value: ShadowValue }[] {
  const { metadata: _, ...sections } = sectionsOf(shadow) ?? {}
  if (sections.version === undefined) return []
  return [...shadowFields(sections)].flatMap(([field, values]) =>
    values.flatMap(forms).map((value) => ({ field, value })),
  )
}

function forms(value: string | number | boolean): ShadowValue[] {
  if (typeof value === 'number') return [value]
  const text = String(value).toLowerCase()
  const words = /\s/.test(text) ? text.split(/\s+/) : []
  return [text, ...words, ...(isNumber(text) ? [Number(text)] : [])]
}
