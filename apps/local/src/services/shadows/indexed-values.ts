import { isNumber } from '@thingdeck/fleet-query'
import type { StoredShadow } from '@thingdeck/shadows'
import { type ShadowValue, TIMES } from '../../foundation/fleet-sources.ts'
import { shadowFields } from '../../foundation/shadow-fields.ts'
import { sectionsOf } from './shadow-sections.ts'

/**
 * What an index holds of a shadow, by field: of a text of several words each of them, too, and of one that is a number
 * the number. Of the times in metadata, which change with every update, each once, of whatever it is.
 */
export function indexedValuesOf(shadow: StoredShadow): { field: string; value: ShadowValue }[] {
  const { metadata, ...sections } = sectionsOf(shadow) ?? {}
  if (sections.version === undefined) return []
  const ofState = [...shadowFields(sections)].flatMap(([field, values]) =>
    values.flatMap(forms).map((value) => ({ field, value })),
  )
  const times = metadata === undefined ? [] : [...shadowFields({ metadata }).values()].flat()
  const different = [...new Set(times.map(Number))]
  return [...ofState, ...different.map((value) => ({ field: TIMES, value }))]
}

function forms(value: string | number | boolean): ShadowValue[] {
  if (typeof value === 'number') return [value]
  const text = String(value).toLowerCase()
  const words = /\s/.test(text) ? text.split(/\s+/) : []
  return [text, ...words, ...(isNumber(text) ? [Number(text)] : [])]
}
